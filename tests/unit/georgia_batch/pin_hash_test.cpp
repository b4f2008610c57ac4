// How a PIN is held against what the state tells of it.
#include "plugins/georgia_batch/pin_hash.hpp"

#include <gtest/gtest.h>

namespace casebridge::georgia_batch {
namespace {

// PBKDF2 of 11112222, salt "second-parent-pin", a thousand rounds; made with another program.
constexpr const char* known =
    "pbkdf2-sha256$1000$c2Vjb25kLXBhcmVudC1waW4=$L88x4DlwNcnN0LEqsValGSz6WU9SxM+RqDPIBM4KqNU=";

TEST(PinHash, OnlyTheRightPinAgrees) {
  const auto hash = PinHash::parse(known);
  ASSERT_TRUE(hash);
  EXPECT_EQ(hash->iterations, 1000);
  EXPECT_TRUE(hash->agrees(SecretBytes::copy_of("11112222")));
  EXPECT_FALSE(hash->agrees(SecretBytes::copy_of("11112223")));
  EXPECT_FALSE(PinHash::of_nobody(1000).agrees(SecretBytes::copy_of("11112222")));
}

TEST(PinHash, OtherFormsAndCostsAreRefused) {
  const std::string salt = "c2Vjb25kLXBhcmVudC1waW4=", hash = "L88x4DlwNcnN0LEqsValGSz6WU9SxM+RqDPIBM4KqNU=";
  for (const std::string& text :
       {std::string(), "pbkdf2-sha1$1000$" + salt + "$" + hash, "pbkdf2-sha256$999$" + salt + "$" + hash,
        "pbkdf2-sha256$1000001$" + salt + "$" + hash, "pbkdf2-sha256$1000$$" + hash,
        "pbkdf2-sha256$1000$" + salt + "$" + salt, "pbkdf2-sha256$1000$" + salt,
        "pbkdf2-sha256$1000$" + salt + "$L88x4DlwNcnN0LEqsValGSz6WU9SxM-RqDPIBM4KqNU="})
    EXPECT_FALSE(PinHash::parse(text)) << text;
}

}  // namespace
}  // namespace casebridge::georgia_batch
