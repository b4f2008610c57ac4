// NACHA records and the DED segment: every control figure, every length.
#include "plugins/georgia_batch/bank_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace casebridge::georgia_batch {
namespace {

class Every final : public BankSink {
 public:
  bool wants(std::string_view) override { return true; }
  void take(const BankEntry& entry) override { entries.push_back(entry); }
  std::vector<BankEntry> entries;
};

using Lines = std::vector<std::string>;

std::string wide(std::string text, std::size_t size) {
  text.resize(size, ' ');
  return text;
}

std::string entry(const std::string& code, const std::string& cents, const std::string& trace) {
  return "6" + code + "990020022" + wide("GASDU0001", 17) + std::string(10 - cents.size(), '0') + cents +
         wide("E000000443", 15) + wide("GA FAMILY SUPP REG", 22) + "  1" + trace;
}

std::string addenda(const std::string& segment, const std::string& trace) {
  return "705" + wide(segment, 80) + "0001" + trace.substr(8);
}

// Two entries of one batch, padded to a block.
Lines good_file() {
  const std::string first = "990010010000001", second = "990010010000002";
  Lines lines{
      wide("101 990020022 9900100162603160530A094101GA TEST SDU BANK       TEST EMPLOYER BANK", 94),
      "5200" + wide("RED CLAY TEST MO", 36) + "1990010010CCDCHILDSUPP 260316260316   1990010010000001",
      entry("22", "25000", first),
      addenda("DED*CS*700123456*260313*25000*900447743*N*ABERNATLEO*1300000\\", first),
      entry("27", "1000", second),
      addenda("DED*IO*700123456*260313*1000*900447743*N*POE,IRA**Y\\", second),
      wide("8200000004019800400400000000100000000002500019900100100", 79) + "990010010000001",
      wide("9000001000001000000040198004004000000001000000000025000", 94)};
  while (lines.size() < 10) lines.emplace_back(94, '9');
  return lines;
}

std::string outcome_of(const Lines& lines, std::vector<BankEntry>* entries = nullptr) {
  std::string text;
  for (const std::string& line : lines) text += line + "\r\n";
  TextPieces pieces(text, 33);
  Every sink;
  const auto counts = read_bank_file(pieces, sink);
  if (entries != nullptr) *entries = sink.entries;
  return counts ? "read" : counts.refusal().detail;
}

TEST(BankFile, GoodOneIsRead) {
  for (const std::string& line : good_file()) ASSERT_EQ(line.size(), 94U) << line;
  std::vector<BankEntry> entries;
  ASSERT_EQ(outcome_of(good_file(), &entries), "read");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].cents, -1000);
  EXPECT_EQ(entries[1].deduction.application, "IO");
  EXPECT_TRUE(entries[1].deduction.employment_ended);
  EXPECT_FALSE(entries[0].deduction.employment_ended);
}

TEST(BankFile, EveryRecordCounts) {
  for (std::size_t gone = 0; gone < good_file().size(); ++gone) {
    Lines lines = good_file();
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(gone));
    EXPECT_NE(outcome_of(lines), "read") << gone;
  }
}

TEST(BankFile, PaddingMayBeMissingAltogether) {
  Lines lines = good_file();
  lines.resize(8);
  EXPECT_EQ(outcome_of(lines), "read");
}

TEST(BankFile, EveryDigitOfAControlFigureCounts) {
  for (const auto& [line, from, to] : {std::tuple{6, 5, 44}, std::tuple{6, 80, 94}, std::tuple{7, 2, 55}}) {
    for (int at = from; at <= to; ++at) {
      Lines lines = good_file();
      char& digit = lines[static_cast<std::size_t>(line)][static_cast<std::size_t>(at - 1)];
      digit = digit == '9' ? '8' : static_cast<char>(digit + 1);
      EXPECT_NE(outcome_of(lines), "read") << line << " " << at;
    }
  }
}

TEST(BankFile, AmountsOfEntryAndSegmentAgree) {
  Lines lines = good_file();
  lines[3] = addenda("DED*CS*700123456*260313*25001*900447743*N*ABERNATLEO*1300000\\", "990010010000001");
  EXPECT_EQ(outcome_of(lines), "ACH/amount");
}

TEST(BankFile, OtherKindsLengthsAndOctetsAreRefused) {
  const std::function<void(Lines&)> changes[] = {[](Lines& lines) { lines[2].pop_back(); },
                                                 [](Lines& lines) { lines[2] += ' '; },
                                                 [](Lines& lines) { lines[2][60] = '\x01'; },
                                                 [](Lines& lines) { lines[2].replace(1, 2, "32"); },
                                                 [](Lines& lines) { lines[2].replace(79, 8, "99001002"); },
                                                 [](Lines& lines) { lines[2][78] = '0'; },
                                                 [](Lines& lines) { lines[2][11] = '3'; },
                                                 [](Lines& lines) { lines[1].replace(50, 3, "CTX"); },
                                                 [](Lines& lines) { lines[1].replace(1, 3, "225"); },
                                                 [](Lines& lines) { lines[1].replace(69, 6, "261316"); },
                                                 [](Lines& lines) { lines[3].replace(87, 7, "0000009"); },
                                                 [](Lines& lines) { lines[3].replace(83, 4, "0002"); },
                                                 [](Lines& lines) { lines[0].replace(34, 3, "095"); },
                                                 [](Lines& lines) { lines[9][5] = '8'; }};
  for (const auto& change : changes) {
    Lines lines = good_file();
    change(lines);
    EXPECT_NE(outcome_of(lines), "read") << &change - changes;
  }
}

TEST(Deduction, FormOfTheSegmentIsExact) {
  const auto good = parse_deduction("DED*CS*0012345678*700101*0*900447743*W****Y\\");
  EXPECT_FALSE(good) << "eleven elements";
  const auto old = parse_deduction("DED*CS*0012345678*700101*0*900447743*W***Y\\    ");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->collected, "1970-01-01");
  EXPECT_EQ(old->cents, 0);
  EXPECT_TRUE(old->employment_ended);
  EXPECT_EQ(parse_deduction("DED*CS*1*690101*1*900447743*W\\")->collected, "2069-01-01");
  for (const char* segment :
       {"DED*CS*1*260313*100*900447743*N", "DED*CS*1*260313*100*900447743*N\\x",
        "DED*CS**260313*100*900447743*N\\", "DED*CS*1*261313*100*900447743*N\\",
        "DED*CS*1*260313*1.00*900447743*N\\", "DED*CS*1*260313*100*90044774*N\\",
        "DED*CS*1*260313*100*900447743*X\\", "DED*CS*1*260313*100*900447743*N*ABERNATLEONARD\\",
        "DED*CS*1*260313*100*900447743*N*ABERNATHY,LEO\\", "DED*CS*1*260313*100*900447743*N**130\\",
        "DED*CS*1*260313*100*900447743*N***N\\", "DEX*CS*1*260313*100*900447743*N\\",
        "DED*CSX*1*260313*100*900447743*N\\"})
    EXPECT_FALSE(parse_deduction(segment)) << segment;
}

}  // namespace
}  // namespace casebridge::georgia_batch
