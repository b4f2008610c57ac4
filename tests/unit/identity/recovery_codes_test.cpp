// Recovery codes: their form, how they are typed, and that looking for one costs one hash.
#include "core/identity/recovery_codes.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "core/base/crypto.hpp"

namespace casebridge::identity {
namespace {

class RecoveryCodesTest : public testing::Test {
 protected:
  std::vector<ports::RecoveryCode> stored(const RecoverySet& set) const {
    std::vector<ports::RecoveryCode> codes;
    for (const std::string& hash : set.hashes)
      codes.push_back({account_, static_cast<int>(codes.size()) + 1, hash, {}});
    return codes;
  }
  int found(const std::vector<ports::RecoveryCode>& unused, std::string_view typed) {
    const auto code = find_recovery_code(hasher_, place_, unused, SecretBytes::copy_of(typed));
    EXPECT_TRUE(code);
    return *code ? (*code)->number : 0;
  }

  ManualClock clock_{*parse_instant("2026-03-16T12:00:00Z")};
  AccountId account_ = AccountId::make(clock_.now());
  PasswordHasher hasher_{crypto::random_secret(32),
                         {.cost = {.memory_kib = 64}, .code_cost = {.memory_kib = 64}, .threads = 1},
                         clock_};
  PasswordHasher::Place place_ = std::move(hasher_.admit()).value();
};

TEST_F(RecoveryCodesTest, TenOfEightyBitsInGroups) {
  const auto set = make_recovery_codes(hasher_, place_);
  ASSERT_TRUE(set);
  ASSERT_EQ(set->codes.size(), 10U);
  std::set<std::string> seen;
  const std::regex form("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}");
  for (const SecretBytes& code : set->codes) {
    EXPECT_TRUE(std::regex_match(std::string(code.reveal()), form));
    seen.emplace(code.reveal());
  }
  EXPECT_EQ(seen.size(), 10U);
}

TEST_F(RecoveryCodesTest, OneHashFindsACodeAmongAll) {
  const auto set = make_recovery_codes(hasher_, place_);
  const auto codes = stored(*set);
  const auto before = hasher_.verifications();
  EXPECT_EQ(found(codes, set->codes[6].reveal()), 7);
  EXPECT_EQ(found(codes, "0000-0000-0000-0000"), 0);
  EXPECT_EQ(found({}, set->codes[6].reveal()), 0);
  EXPECT_EQ(hasher_.verifications() - before, 3);
}

TEST_F(RecoveryCodesTest, StoredCodesShareTheirSaltAndNothingMore) {
  const auto set = make_recovery_codes(hasher_, place_);
  const auto other = make_recovery_codes(hasher_, place_);
  const auto salt_of = [](const std::string& phc) { return phc.substr(0, phc.rfind('$')); };
  EXPECT_EQ(salt_of(set->hashes[0]), salt_of(set->hashes[9]));
  EXPECT_NE(salt_of(set->hashes[0]), salt_of(other->hashes[0]));
  EXPECT_EQ(std::set<std::string>(set->hashes.begin(), set->hashes.end()).size(), 10U);
}

TEST_F(RecoveryCodesTest, IsTakenAsPeopleTypeIt) {
  const auto normal = [](std::string_view typed) {
    return std::string(normal_recovery_code(SecretBytes::copy_of(typed)).reveal());
  };
  EXPECT_EQ(normal("abcd-0o1i-lxyz 2345"), "ABCD00111XYZ2345");
  const auto set = make_recovery_codes(hasher_, place_);
  std::string typed;
  for (const char c : set->codes[0].reveal()) {
    const char small = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (c != '-') typed.push_back(c == '0' ? 'o' : c == '1' ? 'l' : small);
  }
  EXPECT_EQ(found(stored(*set), typed), 1);
}

TEST_F(RecoveryCodesTest, APlantedHashIsNotFollowed) {
  const std::string planted = "$argon2id$v=19$m=4194304,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA";
  EXPECT_EQ(found({{account_, 1, planted, {}}}, "0000-0000-0000-0000"), 0);
}

}  // namespace
}  // namespace casebridge::identity
