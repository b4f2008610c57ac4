// What anybody sends as the name of a device stays one harmless text.
#include "core/audit/plain_json.hpp"

#include <gtest/gtest.h>

#include <cstdint>

#include "core/model/json_document.hpp"

namespace casebridge::audit {
namespace {

TEST(PlainJsonTest, MembersAreSorted) {
  EXPECT_EQ(plain_json({{"system", "tx-icop"}, {"link", "lnk_1"}}), R"({"link":"lnk_1","system":"tx-icop"})");
  EXPECT_EQ(plain_json({}), "{}");
}

TEST(PlainJsonTest, WhatCouldMoveATerminalIsEscaped) {
  EXPECT_EQ(plain_json({{"d", "a\x1b[31m\r\n\x7f\"\\"}}), R"({"d":"a\u001b[31m\u000d\u000a\u007f\"\\"})");
  EXPECT_EQ(plain_json({{"d", "\xE2\x80\xAEx\xC3\xB1\xF0\x9F\x98\x80"}}),
            R"({"d":"\u202ex\u00f1\ud83d\ude00"})");
  EXPECT_EQ(plain_json({{"d", "a\xFF\xC0\x80z"}}), R"({"d":"a\ufffd\ufffd\ufffdz"})");
}

TEST(PlainJsonTest, LongTextsAreCutBetweenCharacters) {
  const std::string kept(value_octets_max - 1, 'a');
  EXPECT_EQ(plain_json({{"d", kept + "\xC3\xB1" + std::string(9000, 'b')}}), "{\"d\":\"" + kept + "\"}");
}

TEST(PlainJsonTest, AnyOctetsComeAsPrintableJson) {
  std::uint32_t random = 20260316;
  for (int round = 0; round < 2000; ++round) {
    std::string octets;
    for (int i = 0; i < 40; ++i)
      octets += static_cast<char>((random = random * 1664525U + 1013904223U) >> 24U);
    const std::string json = plain_json({{"d", octets}});
    for (const char c : json) ASSERT_TRUE(c >= 0x20 && c <= 0x7E) << round;
    ASSERT_TRUE(model::JsonDocument::parse(json)) << json;
  }
}

}  // namespace
}  // namespace casebridge::audit
