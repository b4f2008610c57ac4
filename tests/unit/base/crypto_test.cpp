// Digests and keys against published vectors; sealed data against every kind of tampering.
#include "core/base/crypto.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

namespace casebridge::crypto {
namespace {

std::string bytes_of_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  return bytes;
}

TEST(Sha256, KnownValues) {
  // FIPS 180-4 examples.
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HmacSha256, KnownValues) {
  // RFC 4231 test cases 1, 2 and 6.
  const auto key = SecretBytes::copy_of(std::string(20, '\x0b'));
  EXPECT_EQ(hex(hmac_sha256(key, "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256(SecretBytes::copy_of(std::string_view("Jefe")), "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(SecretBytes::copy_of(std::string(131, '\xaa')),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, AnEmptyKeyIsAKey) {
  EXPECT_EQ(hex(hmac_sha256(SecretBytes(), "")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(DeriveKey, KnownValue) {
  // RFC 5869 test case 3: no salt. Its info is empty too.
  const auto key = SecretBytes::copy_of(std::string(22, '\x0b'));
  EXPECT_EQ(hex(derive_key(key, "", 42).bytes()),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(DeriveKey, PurposesGiveDifferentKeys) {
  const auto key = random_secret(32);
  EXPECT_TRUE(derive_key(key, "cookies", 32).equals(derive_key(key, "cookies", 32)));
  EXPECT_FALSE(derive_key(key, "cookies", 32).equals(derive_key(key, "cursors", 32)));
}

TEST(Random, TokensAreLongAndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(seen.insert(random_token()).second);
  for (const std::string& token : seen) {
    EXPECT_EQ(token.size(), 43U);
    EXPECT_EQ(from_base64url(token)->size(), 32U);
  }
}

TEST(Random, DigitsAreDigitsAndAllOccur) {
  EXPECT_EQ(random_digits(0), "");
  EXPECT_EQ(random_digits(6).size(), 6U);
  const std::string many = random_digits(4000);
  EXPECT_EQ(many.find_first_not_of("0123456789"), std::string::npos);
  // 400 are expected of each; a sound source misses 250 to 550 less than once in 10^12 runs.
  for (char digit = '0'; digit <= '9'; ++digit) {
    const auto count = std::count(many.begin(), many.end(), digit);
    EXPECT_GT(count, 250) << digit;
    EXPECT_LT(count, 550) << digit;
  }
}

TEST(Random, SecretsDiffer) { EXPECT_FALSE(random_secret(32).equals(random_secret(32))); }

TEST(Equal, ComparesWholeTexts) {
  EXPECT_TRUE(equal("", ""));
  EXPECT_TRUE(equal("same", "same"));
  EXPECT_FALSE(equal("same", "sama"));
  EXPECT_FALSE(equal("same", "samey"));
  EXPECT_FALSE(equal(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
}

class SealedData : public testing::Test {
 protected:
  SecretBytes key = random_secret(32);
  std::string sealed = *seal(key, "the account's words", "link/1");
};

TEST_F(SealedData, OpensWithTheSameKeyAndContext) {
  const auto opened = open(key, sealed, "link/1");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), "the account's words");
  EXPECT_EQ(sealed.size(), 12 + std::string_view("the account's words").size() + 16);
}

TEST_F(SealedData, EveryChangedOctetIsNoticed) {
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(open(key, changed, "link/1")) << i;
  }
}

TEST_F(SealedData, EveryCutIsNoticedAndSoIsMore) {
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(open(key, sealed.substr(0, size), "link/1")) << size;
  EXPECT_FALSE(open(key, sealed + '\0', "link/1"));
  EXPECT_FALSE(open(key, sealed + sealed, "link/1"));
}

TEST_F(SealedData, AnotherKeyOrContextDoesNotOpen) {
  EXPECT_FALSE(open(random_secret(32), sealed, "link/1"));
  EXPECT_FALSE(open(key, sealed, "link/2"));
  EXPECT_FALSE(open(key, sealed, ""));
}

TEST_F(SealedData, TheTroubleIsAlwaysTheSame) {
  const auto wrong_key = open(random_secret(32), sealed, "link/1");
  const auto short_key = open(random_secret(16), sealed, "link/1");
  const auto cut = open(key, "short", "link/1");
  for (const auto* result : {&wrong_key, &short_key, &cut}) {
    ASSERT_FALSE(*result);
    EXPECT_EQ(result->error().code, wrong_key.error().code);
    EXPECT_EQ(result->error().detail, wrong_key.error().detail);
  }
}

TEST_F(SealedData, IsDifferentEachTime) { EXPECT_NE(*seal(key, "x", "y"), *seal(key, "x", "y")); }

TEST_F(SealedData, NothingCanBeSealedToo) {
  const auto nothing = seal(key, "", "link/1");
  ASSERT_TRUE(nothing);
  const auto opened = open(key, *nothing, "link/1");
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->empty());
  EXPECT_FALSE(open(key, *nothing, "link/2"));
}

TEST_F(SealedData, AContextIsNotNeeded) {
  EXPECT_EQ(open(key, *seal(key, "alone", ""), "")->reveal(), "alone");
}

TEST(Seal, RefusesAKeyOfTheWrongSize) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{16}, std::size_t{31}, std::size_t{33}})
    EXPECT_FALSE(seal(SecretBytes(size), "x", "")) << size;
}

TEST(Seal, KnownValueOpens) {
  // McGrew and Viega's GCM test case 14: 256-bit key of zeros, iv of zeros, one block of zeros.
  const auto key = SecretBytes(32);
  const std::string sealed = std::string(12, '\0') + bytes_of_hex("cea7403d4d606b6e074ec5d3baf39d18") +
                             bytes_of_hex("d0d1c8a799996bf0265b98b5d48ab919");
  const auto opened = open(key, sealed, "");
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), std::string(16, '\0'));
}

TEST(Crypto, WorksFromManyThreadsAtOnce) {
  const auto key = random_secret(32);
  std::vector<std::thread> threads;
  std::atomic<int> opened{0};
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i)
        if (open(key, *seal(key, "text", "aad"), "aad") && hmac_sha256(key, "a") == hmac_sha256(key, "a"))
          ++opened;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(opened, 200);
}

}  // namespace
}  // namespace casebridge::crypto
