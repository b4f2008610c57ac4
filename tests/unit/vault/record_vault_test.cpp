// Sealed records open in their own place, unchanged, and nowhere else.
#include "core/vault/record_vault.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <set>
#include <vector>

#include "core/base/crypto.hpp"
#include "core/vault/sealed_record.hpp"
#include "tests/unit/vault/key_directory.hpp"

namespace casebridge::vault {
namespace {

constexpr std::string_view plain_text = "user=parent;pin=0000";

class RecordVaultTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(KeyFiles::make(directory_.keys()));
    vault_ = load();
  }
  std::unique_ptr<RecordVault> load() {
    auto keys = KeyFiles::load(directory_.keys());
    EXPECT_TRUE(keys);
    return std::make_unique<RecordVault>(std::move(keys).value());
  }
  std::string seal(const ports::SealedPlace& place) {
    auto sealed = vault_->seal(SecretBytes::copy_of(plain_text), place);
    EXPECT_TRUE(sealed);
    return *sealed;
  }
  bool opens(std::string_view sealed, const ports::SealedPlace& place) const {
    return vault_->open(sealed, place).has_value();
  }
  const ports::SealedPlace place_{"state-credential", "acc_1", "lnk_1", "tx-icop", 3};
  testing::KeyDirectory directory_;
  std::unique_ptr<RecordVault> vault_;
};

TEST_F(RecordVaultTest, OpensInItsPlaceAlsoAfterARestart) {
  const std::string sealed = seal(place_);
  EXPECT_EQ(sealed.find(plain_text), std::string::npos);
  vault_ = load();
  const auto opened = vault_->open(sealed, place_);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), plain_text);
}

TEST_F(RecordVaultTest, NothingAndManyOctetsCanBeSealed) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{100'000}}) {
    const SecretBytes plain = crypto::random_secret(size);
    const auto sealed = vault_->seal(plain, place_);
    ASSERT_TRUE(sealed);
    const auto opened = vault_->open(*sealed, place_);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(opened->equals(plain));
  }
}

TEST_F(RecordVaultTest, EveryFlippedBitIsNoticed) {
  const auto octets = crypto::from_base64url(seal(place_));
  ASSERT_TRUE(octets);
  for (std::size_t bit = 0; bit < octets->size() * 8; ++bit) {
    std::string changed = *octets;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(opens(crypto::base64url(std::string_view(changed)), place_)) << "bit " << bit;
  }
}

TEST_F(RecordVaultTest, EveryTruncationIsNoticed) {
  const auto octets = crypto::from_base64url(seal(place_));
  ASSERT_TRUE(octets);
  for (std::size_t size = 0; size < octets->size(); ++size)
    EXPECT_FALSE(opens(crypto::base64url(std::string_view(*octets).substr(0, size)), place_)) << size;
}

TEST_F(RecordVaultTest, NoOtherPlaceOpensIt) {
  const std::string sealed = seal(place_);
  const std::vector<ports::SealedPlace> others{{"state-session", "acc_1", "lnk_1", "tx-icop", 3},
                                               {"state-credential", "acc_2", "lnk_1", "tx-icop", 3},
                                               {"state-credential", "acc_1", "lnk_2", "tx-icop", 3},
                                               {"state-credential", "acc_1", "lnk_1", "oh-x", 3},
                                               {"state-credential", "acc_1", "lnk_1", "tx-icop", 2},
                                               {"state-credentialacc_1", "", "lnk_1", "tx-icop", 3},
                                               {"state-credential", "acc_1l", "nk_1", "tx-icop", 3},
                                               {"state-credential", "acc_1", "lnk_1tx-icop", "", 3}};
  for (const auto& other : others) EXPECT_FALSE(opens(sealed, other)) << other.purpose << other.owner;
}

TEST_F(RecordVaultTest, PartsOfTwoRowsCannotBeSwapped) {
  std::vector<std::string> rows;
  for (int i = 0; i < 8; ++i)
    rows.push_back(*crypto::from_base64url(seal({"row", "acc", "lnk", "tx-icop", i})));
  for (std::size_t a = 0; a < rows.size(); ++a) {
    for (std::size_t b = 0; b < rows.size(); ++b) {
      const auto from_a = read_record(rows[a]);
      const auto from_b = read_record(rows[b]);
      ASSERT_TRUE(from_a && from_b);
      const std::string mixed = write_record({from_a->key_id, from_b->wrapped_key, from_a->sealed});
      const ports::SealedPlace place{"row", "acc", "lnk", "tx-icop", static_cast<std::int64_t>(a)};
      EXPECT_EQ(opens(crypto::base64url(std::string_view(mixed)), place), a == b);
      EXPECT_EQ(opens(crypto::base64url(std::string_view(rows[b])), place), a == b);
    }
  }
}

TEST_F(RecordVaultTest, TheSamePlainTextNeverLooksTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(seen.insert(seal(place_).substr(20)).second);
}

TEST_F(RecordVaultTest, ANewSealKeySealsAndTheOldOneStillOpens) {
  const std::string before = seal(place_);
  const auto added = directory_.keys() / "seal-0002.key";
  std::filesystem::copy_file(directory_.keys() / "root.key", added);
  vault_ = load();
  EXPECT_EQ(vault_->keys().current_seal_id(), "seal-0002");
  EXPECT_TRUE(opens(before, place_));
  const std::string after = seal(place_);
  std::filesystem::remove(added);
  vault_ = load();
  EXPECT_TRUE(opens(before, place_));
  EXPECT_FALSE(opens(after, place_));
}

TEST_F(RecordVaultTest, WhateverIsWrongTheTroubleIsTheSame) {
  const std::string sealed = seal(place_);
  const Trouble garbage = vault_->open("not base64 !", place_).error();
  const Trouble place = vault_->open(sealed, {"x", "", "", "", 0}).error();
  const Trouble empty = vault_->open("", place_).error();
  EXPECT_EQ(garbage.detail, place.detail);
  EXPECT_EQ(garbage.detail, empty.detail);
  EXPECT_EQ(garbage.code, place.code);
}

TEST_F(RecordVaultTest, FingerprintsAreKeyedAndKeptApartByPurpose) {
  const std::string one = vault_->fingerprint("credential", "tx-icop parent");
  EXPECT_EQ(one.size(), 64U);
  EXPECT_EQ(one, vault_->fingerprint("credential", "tx-icop parent"));
  EXPECT_NE(one, vault_->fingerprint("subject", "tx-icop parent"));
  EXPECT_NE(one, crypto::hex(crypto::sha256("tx-icop parent")));
}

}  // namespace
}  // namespace casebridge::vault
