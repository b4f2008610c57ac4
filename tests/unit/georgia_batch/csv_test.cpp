// The dialect of the files: what is read, in pieces of any size, and what is refused.
#include "plugins/georgia_batch/csv.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>

namespace casebridge::georgia_batch {
namespace {

using namespace std::string_view_literals;

constexpr std::array columns{"a"sv, "b"sv};

// nullopt: refused.
std::optional<Rows> read_all(std::string_view text, std::size_t piece = 1) {
  CsvReader reader{Row(columns)};
  Rows rows;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    const bool good = reader.feed(text.substr(at, piece), [&](Row fields) {
      rows.emplace_back(fields.begin(), fields.end());
      return true;
    });
    if (!good) return std::nullopt;
  }
  return reader.ended_well() ? std::optional(rows) : std::nullopt;
}

TEST(Csv, RecordsAreTheSameInPiecesOfAnySize) {
  const std::string text =
      "\xEF\xBB\xBF"
      "a,b\r\n1,2\r\n,\r\n\"x, \"\"y\"\"\r\nz\",\xC3\x89\r\n";
  const Rows expected{{"1", "2"}, {"", ""}, {"x, \"y\"\r\nz", "\xC3\x89"}};
  for (std::size_t piece = 1; piece <= text.size(); ++piece) EXPECT_EQ(read_all(text, piece), expected);
}

TEST(Csv, MarkAndNeedlessQuotesAreLetPass) {
  EXPECT_EQ(read_all("a,b\r\n\"1\",\"\"\r\n"), (Rows{{"1", ""}}));
  EXPECT_EQ(read_all("\"a\",\"b\"\r\n"), Rows{});
}

TEST(Csv, OtherDialectsAreRefused) {
  for (const char* text : {"a,b\n1,2\n", "a,b\r\n1,2", "a,b\r\n1\r\n", "a,b\r\n1,2,3\r\n", "a,c\r\n1,2\r\n",
                           "a,b\r\n1\"x,2\r\n", "a,b\r\n\"1\"x,2\r\n", "a,b\r\n\"1,2\r\n", "a,b\r\n1\r,2\r\n",
                           "a,b\r\n\xC9,2\r\n", "a,b\r\n\x01,2\r\n", "a,b\r\n\n1,2\r\n", ""})
    EXPECT_EQ(read_all(text, 3), std::nullopt) << text;
}

TEST(Csv, RecordWithoutAnEndIsRefusedBeforeItFillsTheMemory) {
  CsvReader reader{Row(columns)};
  const std::string piece(8 * 1024, 'x');
  int pieces = 0;
  while (pieces < 100 && reader.feed(piece, [](Row) { return true; })) ++pieces;
  EXPECT_LT(pieces, 20);
}

TEST(Csv, WhatIsWrittenIsRead) {
  std::string text;
  write_record(text, {"plain", "with, comma", "with \"quotes\"", "two\r\nlines", ""});
  EXPECT_EQ(text, "plain,\"with, comma\",\"with \"\"quotes\"\"\",\"two\r\nlines\",\r\n");
  EXPECT_EQ(read_rows(text), (Rows{{"plain", "with, comma", "with \"quotes\"", "two\r\nlines", ""}}));
}

TEST(Csv, TabulatorThatCameInQuotesIsWrittenSoThatItIsReadAgain) {
  const auto rows = read_all("a,b\r\n\"RED\tCLAY\",2\r\n");
  ASSERT_EQ(rows, (Rows{{"RED\tCLAY", "2"}}));
  std::string text;
  write_record(text, {rows->at(0).at(0), rows->at(0).at(1)});
  EXPECT_EQ(try_rows(text), rows);
}

TEST(Csv, RecordsOfOurOwnThatWereHarmedAreToldFromGoodOnes) {
  EXPECT_EQ(try_rows("CAS,RED\tCLAY\r\n"), std::nullopt);
  EXPECT_EQ(try_rows("CAS,1"), std::nullopt);
  EXPECT_EQ(try_rows(""), Rows{});
}

}  // namespace
}  // namespace casebridge::georgia_batch
