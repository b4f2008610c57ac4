// Codes of authenticator apps: the vectors of RFC 6238, the window, and what an app is given.
#include "core/identity/totp.hpp"

#include <gtest/gtest.h>

namespace casebridge::identity {
namespace {

constexpr const char* rfc_secret = "12345678901234567890";

Instant at_second(std::int64_t second) { return Instant{std::chrono::seconds{second}}; }

SecretBytes of(std::string_view text) { return SecretBytes::copy_of(text); }

// RFC 6238, appendix B, SHA-1: its codes have eight digits, the last six of which are ours.
TEST(Totp, MakesTheCodesOfTheRfc) {
  const struct {
    std::int64_t second;
    const char* code;
  } vectors[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
                 {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& vector : vectors)
    EXPECT_EQ(totp_code(of(rfc_secret), totp_step_at(at_second(vector.second))).reveal(), vector.code);
}

TEST(Totp, TakesTheCodesOfOneStepAroundNow) {
  const Instant now = at_second(1111111111);
  const std::int64_t present = totp_step_at(now);
  for (std::int64_t step = present - 3; step <= present + 3; ++step) {
    const SecretBytes code = totp_code(of(rfc_secret), step);
    const auto found = totp_step_of(of(rfc_secret), code, now, 1);
    EXPECT_EQ(found.has_value(), std::abs(step - present) <= 1) << step - present;
    if (found) {
      EXPECT_EQ(*found, step);
    }
    EXPECT_EQ(totp_step_of(of(rfc_secret), code, now, 0).has_value(), step == present);
  }
}

TEST(Totp, TakesACodeAsAppsShowIt) {
  EXPECT_TRUE(totp_step_of(of(rfc_secret), of("287 082"), at_second(59), 1));
  for (const char* wrong : {"", "287083", "28708", "2870820", "287082x", "94287082"})
    EXPECT_FALSE(totp_step_of(of(rfc_secret), of(wrong), at_second(59), 1)) << wrong;
}

TEST(Totp, SecretsAreNewAndWrittenInBase32) {
  const SecretBytes one = new_totp_secret();
  EXPECT_EQ(one.size(), 20U);
  EXPECT_FALSE(one.equals(new_totp_secret()));
  EXPECT_EQ(totp_secret_text(of(rfc_secret)).reveal(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(Totp, TheAddressNamesTheAccountAndHoldsNothingElseOfIt) {
  EXPECT_EQ(totp_uri(of(rfc_secret), "ana+1@mail.example").reveal(),
            "otpauth://totp/Casebridge:ana%2B1%40mail.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
            "&issuer=Casebridge&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace casebridge::identity
