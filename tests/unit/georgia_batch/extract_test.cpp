// What an extract must be like; every change of the example below is refused, whatever was read before it.
#include "plugins/georgia_batch/extract.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace casebridge::georgia_batch {
namespace {

class NoCase final : public ExtractSink {
 public:
  bool wants(std::string_view) override { return false; }
  sdk::Answer<sdk::Done> take(Row) override { throw std::logic_error("nothing was wanted"); }
  sdk::Answer<sdk::Done> end_case() override { throw std::logic_error("nothing was wanted"); }
};

class EndsAtOnce final : public ExtractSink {
 public:
  bool wants(std::string_view) override { return true; }
  sdk::Answer<sdk::Done> take(Row) override { return sdk::refuse(model::Outcome::timeout, "call_over"); }
  sdk::Answer<sdk::Done> end_case() override { return sdk::Done{}; }
};

std::string padded(std::string record) {
  const auto commas = std::count(record.begin(), record.end(), ',');
  record.append(static_cast<std::size_t>(19 - commas), ',');
  return record + "\r\n";
}

std::vector<std::string> good_records() {
  return {"rec_type,case_no,f03,f04,f05,f06,f07,f08,f09,f10,f11,f12,f13,f14,f15,f16,f17,f18,f19,f20",
          "HDR,,20260317-01,2026-03-17T06:00:00Z,2026-03-16,GA1,FULL",
          "CAS,700000001,never_assistance,open,2015-06-01,,,1312100,collection",
          "BAL,700000001,arrears_family,-50.00,family,,,2026-03-15,N",
          "PAY,700000001,P1,250.00,2026-02-27,2026-03-02,direct,applied",
          "XTR,700000001,new",
          "CAS,700000002,,open,,,,,,Y",
          "TRL,,20260317-01,7,2,1,-50.00,250.00,1400000003"};
}

std::string file_of(const std::vector<std::string>& records) {
  std::string text;
  for (const std::string& one : records) text += padded(one);
  return text;
}

std::string outcome_of(const std::vector<std::string>& records) {
  const std::string text = file_of(records);
  TextPieces pieces(text, 50);
  NoCase sink;
  const auto counts = read_extract(pieces, {"20260317-01", "2026-03-16"}, sink);
  return counts ? "read" : counts.refusal().detail;
}

TEST(Extract, GoodOneIsRead) { EXPECT_EQ(outcome_of(good_records()), "read"); }

TEST(Extract, EveryRecordCounts) {
  for (std::size_t gone = 0; gone < good_records().size(); ++gone) {
    auto records = good_records();
    records.erase(records.begin() + static_cast<std::ptrdiff_t>(gone));
    EXPECT_NE(outcome_of(records), "read") << gone;
  }
}

TEST(Extract, NeighboursMayNotChangePlaces) {
  for (std::size_t at = 0; at + 1 < good_records().size(); ++at) {
    auto records = good_records();
    std::swap(records[at], records[at + 1]);
    // Balance and payment have no order among themselves, and what nobody knows may stand anywhere.
    if (at >= 3 && at <= 5) continue;
    EXPECT_NE(outcome_of(records), "read") << at;
  }
}

TEST(Extract, FieldsHaveTheirForm) {
  const std::pair<std::size_t, const char*> changes[] = {
      {1, "HDR,,20260316-01,2026-03-17T06:00:00Z,2026-03-16,GA1,FULL"},
      {1, "HDR,,20260317-01,2026-03-17T06:00:00Z,2026-03-15,GA1,FULL"},
      {1, "HDR,,20260317-01,2026-03-17T06:00:00Z,2026-03-16,GA2,FULL"},
      {1, "HDR,,20260317-01,2026-03-17T06:00:00Z,2026-03-16,GA1,DELTA"},
      {2, "CAS,70000001,never_assistance,open,2015-06-01"},
      {2, "CAS,700000001,never_assistance,open,2015-06-31"},
      {3, "BAL,700000001,arrears_family,-50.0,family,,,2026-03-15,N"},
      {3, "BAL,700000001,arrears_family,-50.00,family,,,2026-03-15,X"},
      {3, "BAL,700000001,arrears_family,-50.01,family,,,2026-03-15,N"},
      {4, "PAY,700000009,P1,250.00,2026-02-27,2026-03-02,direct,applied"},
      {4, "PAY,700000001,,250.00,2026-02-27,2026-03-02,direct,applied"},
      {4, "PAY,700000001,P1,250.00,2026-02-27,2026-03-02,direct,applied,,,more"},
      {6, "CAS,700000001,,open,,,,,,Y"},
      {7, "TRL,,20260317-01,8,2,1,-50.00,250.00,1400000003"},
      {7, "TRL,,20260317-01,7,3,1,-50.00,250.00,1400000003"},
      {7, "TRL,,20260317-01,7,2,0,-50.00,250.00,1400000003"},
      {7, "TRL,,20260317-01,7,2,1,50.00,250.00,1400000003"},
      {7, "TRL,,20260317-01,7,2,1,-50.00,250.01,1400000003"},
      {7, "TRL,,20260317-01,7,2,1,-50.00,250.00,1400000004"},
      {7, "TRL,,20260316-01,7,2,1,-50.00,250.00,1400000003"}};
  for (const auto& [at, record] : changes) {
    auto records = good_records();
    records[at] = record;
    EXPECT_TRUE(outcome_of(records).starts_with("EXTR/")) << record;
  }
}

TEST(Extract, NothingComesAfterTheTrailer) {
  auto records = good_records();
  records.push_back("XTR,700000002");
  EXPECT_EQ(outcome_of(records), "EXTR/after TRL");
}

TEST(Extract, NoCaseHasTheHashZero) {
  EXPECT_EQ(outcome_of({good_records()[0], good_records()[1], "TRL,,20260317-01,2,0,0,0.00,0.00,0000000000"}),
            "read");
}

TEST(Extract, RefusalOfTheSinkEndsTheReading) {
  const std::string text = file_of(good_records());
  TextPieces pieces(text);
  EndsAtOnce sink;
  const auto counts = read_extract(pieces, {"20260317-01", "2026-03-16"}, sink);
  ASSERT_TRUE(counts.refused());
  EXPECT_EQ(counts.refusal().outcome, model::Outcome::timeout);
}

}  // namespace
}  // namespace casebridge::georgia_batch
