// Documents travel in base64; what is not exactly that is refused.
#include "plugins/texas_smart/base64.hpp"

#include <gtest/gtest.h>

namespace casebridge::texas_smart {
namespace {

// RFC 4648 §10.
TEST(SmartBase64, DecodesTheTestVectors) {
  EXPECT_EQ(decode_base64(""), "");
  EXPECT_EQ(decode_base64("Zg=="), "f");
  EXPECT_EQ(decode_base64("Zm8="), "fo");
  EXPECT_EQ(decode_base64("Zm9v"), "foo");
  EXPECT_EQ(decode_base64("Zm9v\r\n YmFy"), "foobar");
  EXPECT_EQ(decode_base64("/+8="), "\xFF\xEF");
}

TEST(SmartBase64, RefusesOtherAlphabetsLengthsAndPadding) {
  for (const char* text : {"Zg", "Zg=", "Zm9v=", "_-8=", "Zm9!", "Zh==", "====", "Z=g="})
    EXPECT_FALSE(decode_base64(text)) << text;
}

}  // namespace
}  // namespace casebridge::texas_smart
