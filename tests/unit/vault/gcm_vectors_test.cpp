// What seals records computes what NIST says AES-256-GCM computes.
#include "tests/unit/vault/gcm_vectors.hpp"

#include <gtest/gtest.h>

#include "core/base/crypto.hpp"

namespace casebridge::vault {
namespace {

using testing::GcmVector;

std::string octets_of(std::string_view hex) {
  std::string octets;
  for (std::size_t at = 0; at < hex.size(); at += 2)
    octets += static_cast<char>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
  return octets;
}

Result<SecretBytes> opened(const GcmVector& vector, std::string tag) {
  return crypto::open(SecretBytes::copy_of(octets_of(vector.key)),
                      octets_of(vector.iv) + octets_of(vector.sealed) + tag, octets_of(vector.aad));
}

TEST(GcmVectors, GoodOnesOpen) {
  for (const GcmVector& vector : testing::gcm_good) {
    const auto plain = opened(vector, octets_of(vector.tag));
    ASSERT_TRUE(plain) << vector.key;
    EXPECT_EQ(plain->reveal(), octets_of(vector.plain)) << vector.key;
  }
}

TEST(GcmVectors, WrongOnesDoNot) {
  for (const GcmVector& vector : testing::gcm_wrong)
    EXPECT_FALSE(opened(vector, octets_of(vector.tag))) << vector.key;
}

TEST(GcmVectors, ACutTagIsRefusedAtEveryLength) {
  for (const GcmVector& vector : testing::gcm_good)
    for (std::size_t kept = 0; kept < 16; ++kept)
      EXPECT_FALSE(opened(vector, octets_of(vector.tag).substr(0, kept))) << vector.key << " " << kept;
}

}  // namespace
}  // namespace casebridge::vault
