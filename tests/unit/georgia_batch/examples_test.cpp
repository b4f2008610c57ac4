// The interface document's example files: read to the last octet, and written likewise.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "plugins/georgia_batch/bank_file.hpp"
#include "plugins/georgia_batch/extract.hpp"
#include "plugins/georgia_batch/manifest_file.hpp"
#include "plugins/georgia_batch/requests.hpp"
#include "plugins/georgia_batch/small_files.hpp"
#include "tests/support/places.hpp"

namespace casebridge::georgia_batch {
namespace {

std::string example(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(casebridge::tests::in_source("tests/simulators/data/ga/" + name), std::ios::binary)
              .rdbuf();
  return text.str();
}

class EveryCase final : public ExtractSink {
 public:
  bool wants(std::string_view) override { return true; }
  sdk::Answer<sdk::Done> take(Row fields) override {
    types += std::string(fields[0]) + " ";
    return sdk::Done{};
  }
  sdk::Answer<sdk::Done> end_case() override {
    types += "| ";
    return sdk::Done{};
  }
  std::string types;
};

class OneCase final : public BankSink {
 public:
  bool wants(std::string_view case_number) override { return case_number == "700123456"; }
  void take(const BankEntry& entry) override { entries.push_back(entry); }
  std::vector<BankEntry> entries;
};

TEST(GeorgiaExamples, ManifestAgreesWithItsFiles) {
  const auto manifest = parse_manifest(example("GA_MANI_20260317_01.json"), *RunId::parse("20260317-01"));
  ASSERT_TRUE(manifest);
  ASSERT_EQ(manifest->files.size(), 4U);
  for (const ListedFile& file : manifest->files) {
    const std::string content = example(file.name);
    TextPieces pieces(content, 100);
    CountedPieces counted(pieces);
    std::string piece;
    do {
      ASSERT_TRUE(counted.next(piece));
    } while (!piece.empty());
    EXPECT_EQ(counted.size(), file.size) << file.name;
    EXPECT_EQ(counted.lines(), file.lines) << file.name;
    EXPECT_EQ(counted.sha256(), file.sha256) << file.name;
  }
}

TEST(GeorgiaExamples, ExtractIsReadInPiecesOfAnySize) {
  const std::string content = example("GA_EXTR_20260317_01.csv");
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{64}, content.size()}) {
    TextPieces pieces(content, piece);
    EveryCase sink;
    const auto counts = read_extract(pieces, {"20260317-01", "2026-03-16"}, sink);
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->records, 18);
    EXPECT_EQ(counts->cases, 1);
    EXPECT_EQ(counts->payments, 3);
    EXPECT_EQ(sink.types, "CAS PAR PAR PAR ORD OBL BAL BAL BAL PAY PAY PAY DIS ENF EVT CON | ");
  }
}

TEST(GeorgiaExamples, BankFileIsReadWithAndWithoutLineEnds) {
  std::string lines = example("GA_ACH_20260317_01.ach");
  std::string one_line = lines;
  std::erase_if(one_line, [](char c) { return c == '\r' || c == '\n'; });
  for (const std::string& content : {lines, one_line, one_line + "\r\n"}) {
    TextPieces pieces(content, 61);
    OneCase sink;
    const auto counts = read_bank_file(pieces, sink);
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->entries, 2);
    EXPECT_EQ(counts->skipped, 1);
    ASSERT_EQ(sink.entries.size(), 1U);
    EXPECT_EQ(sink.entries[0].trace, "990010010000001");
    EXPECT_EQ(sink.entries[0].effective, "2026-03-16");
    EXPECT_EQ(sink.entries[0].cents, 25000);
    EXPECT_EQ(sink.entries[0].deduction.collected, "2026-03-13");
    EXPECT_EQ(sink.entries[0].deduction.application, "CS");
  }
}

TEST(GeorgiaExamples, PinsAndAcknowledgementsAreRead) {
  const std::string pins = example("GA_PINS_20260317_01.csv"), acks = example("GA_ACK_20260317_01.csv");
  TextPieces pin_pieces(pins), ack_pieces(acks);
  std::vector<std::string> seen;
  ASSERT_TRUE(read_pins(pin_pieces, "20260317-01", [&](const PinRow& row) {
    seen.push_back(std::string(row.case_number) + " " + std::string(row.person) + " " +
                   std::string(row.status));
  }));
  ASSERT_TRUE(read_acknowledgements(ack_pieces, [&](const AckRow& row) {
    seen.push_back(std::string(row.result) + " " + std::string(row.code));
  }));
  EXPECT_EQ(seen, (std::vector<std::string>{"700123456 02 ACTIVE", "ACCEPTED 000", "RECEIVED 001",
                                            "ACCEPTED 010"}));
  TextPieces other_run(pins);
  EXPECT_FALSE(read_pins(other_run, "20260318-01", [](const PinRow&) {}));
}

TEST(GeorgiaExamples, GA_06_request_file_is_written_octet_for_octet) {
  const std::vector<Request> requests{
      {"3f0c1d7a-52b1-4c0e-9f63-1a2b3c4d5e01",
       "ADDR",
       "700123456",
       "02",
       "2026-03-16T14:05:00Z",
       {"81 CHATTAHOOCHEE TEST RD", "APT \"B\", REAR", "ATLANTA", "GA", "30305", "4045550155", ""}},
      {"3f0c1d7a-52b1-4c0e-9f63-1a2b3c4d5e02",
       "REVIEW",
       "700123456",
       "02",
       "2026-03-16T14:06:00Z",
       {"INCOME"}},
      {"3f0c1d7a-52b1-4c0e-9f63-1a2b3c4d5e03",
       "ENROL",
       "700123456",
       "",
       "2026-03-16T14:07:00Z",
       {"Delacroix-Obi", "Corinne", "1984-10-21", "8854"}}};
  EXPECT_EQ(request_file(requests), example("GW_REQ_20260316_01.csv"));
}

TEST(GeorgiaExamples, UuidsAreOfVersionFourAndDiffer) {
  const std::string one = new_uuid(), two = new_uuid();
  EXPECT_EQ(one.size(), 36U);
  EXPECT_EQ(one[14], '4');
  EXPECT_NE(one, two);
}

}  // namespace
}  // namespace casebridge::georgia_batch
