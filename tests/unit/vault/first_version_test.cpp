// A record as the first version made it still opens, with its files alone, and becomes one of today when
// wrapped anew.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "core/base/crypto.hpp"
#include "core/vault/record_vault.hpp"
#include "core/vault/sealed_record.hpp"
#include "tests/unit/vault/key_directory.hpp"

namespace casebridge::vault {
namespace {

// Made by the release that knew version 1 alone, from the keys below.
constexpr std::string_view first_record =
    "AQEJc2VhbC0wMDAx6bZBaxPUaqMHHIiV_hEnEY4eTh-2I2oAz6_N6u_CccOpT3sAGcKCa9pqedvqdz44cXYpQitmH7wSfxr0"
    "ojHidRvwcWDifdDxMvF_Olt0eCWsws9R0i8_OqSKLnHX7pcsZpo4smFFh6ZVtvI4";
constexpr std::string_view first_fingerprint =
    "1476a2ee02e9656b90e66253d1016c5ee411c433a3fb29fb648a40341db2c3a0";
const ports::SealedPlace place{"state-credential", "acc_1", "lnk_1", "tx-icop", 3};

class FirstVersion : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(::mkdir(directory_.keys().c_str(), 0700), 0);
    write("root.key", 0);
    write("seal-0001.key", 32);
  }
  // 32 octets that count up from `begin`.
  void write(const std::string& name, int begin) {
    const auto file = directory_.keys() / name;
    std::string octets;
    for (int i = 0; i < 32; ++i) octets += static_cast<char>(begin + i);
    std::ofstream(file, std::ios::binary) << octets;
    ASSERT_EQ(::chmod(file.c_str(), 0400), 0);
  }
  RecordVault load() { return RecordVault(KeyFiles::load(directory_.keys()).value()); }
  testing::KeyDirectory directory_;
};

TEST_F(FirstVersion, OpensInItsPlaceAndNowhereElse) {
  const RecordVault vault = load();
  const auto opened = vault.open(first_record, place);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->reveal(), "user=parent;pin=0000");
  EXPECT_FALSE(vault.open(first_record, {"state-credential", "acc_1", "lnk_1", "tx-icop", 4}));
  EXPECT_FALSE(vault.open(first_record, {"state-session", "acc_1", "lnk_1", "tx-icop", 3}));
}

TEST_F(FirstVersion, EveryFlippedBitIsNoticed) {
  const RecordVault vault = load();
  const std::string octets = *crypto::from_base64url(first_record);
  for (std::size_t bit = 0; bit < octets.size() * 8; ++bit) {
    std::string changed = octets;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(vault.open(crypto::base64url(std::string_view(changed)), place)) << bit;
  }
}

TEST_F(FirstVersion, BeginsAsTheSearchForItsKeyExpects) {
  EXPECT_TRUE(first_record.starts_with(text_beginning(record_version_first, "seal-0001")));
  EXPECT_EQ(key_named_by(first_record), "seal-0001");
}

TEST_F(FirstVersion, BecomesOneOfTodayOnlyWhereItsPlaceIsKnown) {
  const RecordVault vault = load();
  EXPECT_FALSE(*vault.rewrap(first_record, std::nullopt));
  const auto anew = vault.rewrap(first_record, place);
  ASSERT_TRUE(anew && *anew);
  EXPECT_EQ(read_record(*crypto::from_base64url(**anew))->version, record_version);
  EXPECT_EQ(vault.open(**anew, place)->reveal(), "user=parent;pin=0000");
  EXPECT_FALSE(
      vault.rewrap(first_record, ports::SealedPlace{"state-session", "acc_1", "lnk_1", "tx-icop", 3}));
}

TEST_F(FirstVersion, FingerprintsAreWhatTheyWere) {
  EXPECT_EQ(load().fingerprint("credential", "tx-icop parent"), first_fingerprint);
}

}  // namespace
}  // namespace casebridge::vault
