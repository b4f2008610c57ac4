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
  constexpr std::size_t rows_of_test = 50;
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < rows_of_test; ++i)
    rows.push_back(*crypto::from_base64url(seal({"row", "acc", "lnk", "tx-icop", std::int64_t(i)})));
  const auto text_of = [](const SealedRecord& record) {
    return crypto::base64url(std::string_view(write_record(record)));
  };
  for (std::size_t a = 0; a < rows.size(); ++a) {
    const ports::SealedPlace place{"row", "acc", "lnk", "tx-icop", static_cast<std::int64_t>(a)};
    const auto from_a = read_record(rows[a]);
    ASSERT_TRUE(from_a);
    EXPECT_TRUE(opens(text_of(*from_a), place));
    for (std::size_t b = 0; b < rows.size(); ++b) {
      if (a == b) continue;
      const auto from_b = read_record(rows[b]);
      SealedRecord other_key = *from_a, other_binding = *from_a, other_content = *from_a;
      other_key.wrapped_key = from_b->wrapped_key;
      other_binding.binding = from_b->binding;
      other_content.sealed = from_b->sealed;
      for (const SealedRecord& mixed : {other_key, other_binding, other_content, *from_b})
        ASSERT_FALSE(opens(text_of(mixed), place)) << a << " " << b;
    }
  }
}

TEST_F(RecordVaultTest, TenThousandRecordsOfOneTextHaveNothingInCommon) {
  constexpr std::size_t iv_octets = 12;
  std::set<std::string> ivs, wraps, contents;
  for (int i = 0; i < 10'000; ++i) {
    const auto octets = crypto::from_base64url(seal(place_));
    const auto record = read_record(*octets);
    ASSERT_TRUE(record);
    ivs.emplace(record->sealed.substr(0, iv_octets));
    ivs.emplace(record->wrapped_key.substr(0, iv_octets));
    wraps.emplace(record->wrapped_key.substr(iv_octets));
    contents.emplace(record->sealed.substr(iv_octets));
  }
  EXPECT_EQ(ivs.size(), 20'000U);
  EXPECT_EQ(wraps.size(), 10'000U);
  EXPECT_EQ(contents.size(), 10'000U);
}

TEST_F(RecordVaultTest, ANewSealKeySealsAndTheOldOneStillOpens) {
  const std::string before = seal(place_);
  ASSERT_TRUE(KeyFiles::add(directory_.keys(), "seal-0002"));
  vault_ = load();
  EXPECT_EQ(vault_->ring().current(), "seal-0002");
  EXPECT_TRUE(opens(before, place_));
  const std::string after = seal(place_);
  ASSERT_TRUE(KeyFiles::remove(directory_.keys(), "seal-0002"));
  vault_ = load();
  EXPECT_TRUE(opens(before, place_));
  EXPECT_FALSE(opens(after, place_));
}

TEST_F(RecordVaultTest, WrappedAnewItHasTheSameContentUnderTheNewKey) {
  const std::string before = seal(place_);
  ASSERT_FALSE(*vault_->rewrap(before, std::nullopt)) << "it is wrapped by the newest key";
  ASSERT_TRUE(KeyFiles::add(directory_.keys(), "seal-0002"));
  vault_ = load();
  const auto after = vault_->rewrap(before, std::nullopt);
  ASSERT_TRUE(after && *after);
  EXPECT_EQ(key_named_by(before), "seal-0001");
  EXPECT_EQ(key_named_by(**after), "seal-0002");
  EXPECT_EQ(vault_->open(**after, place_)->reveal(), plain_text);
  EXPECT_FALSE(opens(**after, {"state-credential", "acc_1", "lnk_1", "tx-icop", 4}));
}

TEST_F(RecordVaultTest, TheTextOfEveryRecordOfAKeyBeginsAlike) {
  const std::string beginning = text_beginning(record_version, "seal-0001");
  EXPECT_EQ(beginning.size(), 16U);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(seal(place_).starts_with(beginning));
  EXPECT_NE(text_beginning(record_version, "seal-000"),
            text_beginning(record_version, "seal-0001").substr(0, 16));
  EXPECT_NE(text_beginning(record_version, "hsm-1"), text_beginning(record_version, "hsm-2"));
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

TEST_F(RecordVaultTest, AMissingKeyLooksLikeAWrongOne) {
  const std::string sealed = seal(place_);
  const Trouble wrong = vault_->open(sealed, {"x", "", "", "", 0}).error();
  std::filesystem::remove_all(directory_.keys());
  ASSERT_TRUE(KeyFiles::make(directory_.keys()));
  EXPECT_EQ(load()->open(sealed, place_).error().detail, wrong.detail);
  ASSERT_TRUE(KeyFiles::add(directory_.keys(), "seal-0002"));
  ASSERT_TRUE(KeyFiles::remove(directory_.keys(), "seal-0001"));
  const auto missing = load()->open(sealed, place_);
  EXPECT_EQ(missing.error().detail, wrong.detail);
  EXPECT_EQ(missing.error().code, wrong.code);
}

TEST_F(RecordVaultTest, OtherVersionsAndAlgorithmsAreRefused) {
  const auto octets = crypto::from_base64url(seal(place_));
  for (int value = 0; value < 256; ++value) {
    std::string version = *octets, algorithm = *octets;
    version[0] = static_cast<char>(value);
    algorithm[1] = static_cast<char>(value);
    EXPECT_EQ(opens(crypto::base64url(std::string_view(version)), place_), value == 2) << value;
    EXPECT_EQ(opens(crypto::base64url(std::string_view(algorithm)), place_), value == 1) << value;
  }
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
