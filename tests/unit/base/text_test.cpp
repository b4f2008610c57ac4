// Text work at its corners: UTF-8, numbers, percent signs.
#include "core/base/text.hpp"

#include <gtest/gtest.h>

namespace casebridge::text {
namespace {

TEST(Trim, TakesBlanksOffBothEnds) {
  EXPECT_EQ(trim(" \t\r\na b\n "), "a b");
  EXPECT_EQ(trim(" \t\r\n"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim("\xc2\xa0x"), "\xc2\xa0x") << "only ASCII blanks";
}

TEST(Case, IsAsciiOnly) {
  EXPECT_EQ(lower_ascii("AbZ[É09"), "abz[É09");
  EXPECT_EQ(upper_ascii("aBz{é09"), "ABZ{é09");
  EXPECT_TRUE(equal_ignoring_case("Content-Type", "content-TYPE"));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
  EXPECT_FALSE(equal_ignoring_case("@", "`"));
  EXPECT_FALSE(equal_ignoring_case("É", "é"));
}

TEST(Split, KeepsEmptyParts) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(split("a,b", ','), (Parts{"a", "b"}));
  EXPECT_EQ(split(",a,,", ','), (Parts{"", "a", "", ""}));
  EXPECT_EQ(split("", ','), Parts{""});
  EXPECT_EQ(split("abc", ','), Parts{"abc"});
}

TEST(Utf8, TheEdgesOfEachLengthAreText) {
  for (const std::string_view text : {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
                                      "\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    EXPECT_TRUE(is_utf8(text)) << testing::PrintToString(text);
  EXPECT_TRUE(is_utf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, WhatLiesBeyondTheEdgesIsNot) {
  for (const std::string_view text : {"\x80",
                                      "\xbf",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xed\xa0\x80",
                                      "\xed\xbf\xbf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xff",
                                      "\xfe",
                                      "\xc2",
                                      "\xe2\x82",
                                      "\xf0\x9f\x98",
                                      "\xc2\x41",
                                      "\xe2\x82\x41",
                                      "\xe2\x41\x82",
                                      "ok\xc3",
                                      "\xc3\xa9\xa9"})
    EXPECT_FALSE(is_utf8(text)) << testing::PrintToString(text);
}

TEST(Utf8, IsJudgedAlikeWhereverItStandsInAText) {
  for (std::size_t before = 0; before < 20; ++before)
    for (std::size_t behind = 0; behind < 20; ++behind) {
      const auto among = [&](std::string_view octets) {
        return std::string(before, 'a').append(octets).append(behind, 'z');
      };
      EXPECT_TRUE(is_utf8(among("\xe2\x82\xac"))) << before << " before, " << behind << " behind";
      EXPECT_FALSE(is_utf8(among("\x80"))) << before << " before, " << behind << " behind";
      EXPECT_FALSE(is_utf8(among("\xe2\x82"))) << before << " before, " << behind << " behind";
    }
}

TEST(Utf8, SequenceSizes) {
  EXPECT_EQ(utf8_sequence_size("a\xff"), 1U);
  EXPECT_EQ(utf8_sequence_size("\xc3\xa9!"), 2U);
  EXPECT_EQ(utf8_sequence_size("\xe2\x82\xac"), 3U);
  EXPECT_EQ(utf8_sequence_size("\xf0\x9f\x98\x80"), 4U);
  EXPECT_EQ(utf8_sequence_size(""), 0U);
  EXPECT_EQ(utf8_sequence_size("\xff"), 0U);
}

TEST(Utf8, CodePointsAreCountedNotOctets) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("niño"), 4U);
  EXPECT_EQ(count_code_points("子😀"), 2U);
}

TEST(HasControl, FindsWhatAHeaderMayNotHold) {
  EXPECT_FALSE(has_control("plain text, é"));
  for (const char c : {'\n', '\r', '\t', '\x1b', '\x7f', '\0'})
    EXPECT_TRUE(has_control(std::string("a") + c + "b")) << static_cast<int>(c);
}

TEST(ParseInt, TakesTheWholeText) {
  EXPECT_EQ(parse_int("0"), 0);
  EXPECT_EQ(parse_int("-7"), -7);
  EXPECT_EQ(parse_int("007"), 7);
  EXPECT_EQ(parse_int("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(parse_int("-9223372036854775808"), INT64_MIN);
  for (const std::string_view text : {"", "-", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "--1", "1-", "١",
                                      "9223372036854775808", "-9223372036854775809"})
    EXPECT_EQ(parse_int(text), std::nullopt) << text;
}

TEST(AllDigits, NeedsOne) {
  EXPECT_TRUE(all_digits("0123456789"));
  EXPECT_FALSE(all_digits(""));
  EXPECT_FALSE(all_digits("12a"));
  EXPECT_FALSE(all_digits("-1"));
}

TEST(Percent, EncodesAllButTheUnreserved) {
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("a b/c?d=é&+%"), "a%20b%2Fc%3Fd%3D%C3%A9%26%2B%25");
}

TEST(Percent, DecodesWhatItEncoded) {
  std::string all;
  for (int octet = 0; octet < 256; ++octet) all += static_cast<char>(octet);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  EXPECT_EQ(percent_decode("%c3%A9+"), "é+") << "a plus is a plus";
}

TEST(Percent, RefusesHalfATriplet) {
  for (const std::string_view text : {"%", "%4", "a%", "%zz", "%4g", "%%41", "%-1", "% 1"})
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
}

}  // namespace
}  // namespace casebridge::text
