// base64url has one spelling per value; hexadecimal is lower case.
#include <gtest/gtest.h>

#include "core/base/crypto.hpp"

namespace casebridge::crypto {
namespace {

TEST(Base64url, KnownValues) {
  // RFC 4648 §10, without the padding.
  EXPECT_EQ(base64url(""), "");
  EXPECT_EQ(base64url("f"), "Zg");
  EXPECT_EQ(base64url("fo"), "Zm8");
  EXPECT_EQ(base64url("foo"), "Zm9v");
  EXPECT_EQ(base64url("foob"), "Zm9vYg");
  EXPECT_EQ(base64url("fooba"), "Zm9vYmE");
  EXPECT_EQ(base64url("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url("\xfb\xff\xfe"), "-__-");
}

TEST(Base64url, ComesBackForEveryLengthAndOctet) {
  std::string bytes;
  for (int octet = 0; octet < 256; ++octet) {
    EXPECT_EQ(*from_base64url(base64url(bytes)), bytes) << octet;
    bytes += static_cast<char>(octet);
  }
}

TEST(Base64url, IsStrict) {
  for (const std::string_view text :
       {"Zg==", "Zg=", "Z", "Zm9vY", "Zm9v\n", " Zm9v", "Zm 9v", "+_-_", "/_-_", "Zm9v.", "Zm\xc3\xa9v"}) {
    const auto bytes = from_base64url(text);
    ASSERT_FALSE(bytes) << text;
    EXPECT_EQ(bytes.error().code, TroubleCode::invalid_request);
    EXPECT_EQ(bytes.error().detail.find("Zm"), std::string::npos);
  }
  EXPECT_FALSE(from_base64url(std::string_view("Zm\0v", 4)));
}

TEST(Base64url, TheLastCharacterHasNoSpareBits) {
  EXPECT_TRUE(from_base64url("Zg"));
  for (const std::string_view text : {"Zh", "Zi", "Zj", "Zk", "Zv"})
    EXPECT_FALSE(from_base64url(text)) << text;
  EXPECT_TRUE(from_base64url("Zm8"));
  for (const std::string_view text : {"Zm9", "Zm-", "Zm_"}) EXPECT_FALSE(from_base64url(text)) << text;
}

TEST(Hex, IsLowerCase) {
  const std::array<std::uint8_t, 4> bytes{0x00, 0x0f, 0xA0, 0xff};
  EXPECT_EQ(hex(bytes), "000fa0ff");
  EXPECT_EQ(hex({}), "");
}

}  // namespace
}  // namespace casebridge::crypto
