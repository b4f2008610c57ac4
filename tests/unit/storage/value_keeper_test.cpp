// What adapters keep, on both engines: versions, the quota, and that the database shows nothing of it.
#include "core/switchboard/value_keeper.hpp"

#include "core/vault/record_vault.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

using switchboard::ValueKeeper;
constexpr std::int64_t any = CASEBRIDGE_KV_ANY_VERSION;

class ValueKeeperTest : public StoreSuite {
 protected:
  void SetUp() override {
    StoreSuite::SetUp();
    keys_ = casebridge::testing::new_temporary_folder("keys");
    ASSERT_TRUE(vault::KeyFiles::make(keys_ / "keys"));
    vault_ = std::make_unique<vault::RecordVault>(vault::KeyFiles::load(keys_ / "keys").value());
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(keys_, ignored);
    StoreSuite::TearDown();
  }
  ValueKeeper keeper(const std::string& system = "ga-batch", switchboard::ValueQuota quota = {}) {
    return ValueKeeper(system, quota, store(), *vault_);
  }
  static std::int32_t put(ValueKeeper& keeper, std::string_view key, std::string_view value,
                          std::int64_t expected = any) {
    std::int64_t version = 0;
    return keeper.put(key, value, expected, version);
  }
  static std::string value_of(const ValueKeeper& keeper, std::string_view key) {
    SecretBytes value;
    std::int64_t version = 0;
    const auto code = keeper.get(key, value, version);
    if (code != CASEBRIDGE_KV_OK) return "code " + std::to_string(code);
    return std::to_string(version) + ":" + std::string(value.reveal());
  }

  std::filesystem::path keys_;
  std::unique_ptr<vault::RecordVault> vault_;
};

TEST_P(ValueKeeperTest, KeepsValuesWithTheirVersions) {
  auto one = keeper();
  EXPECT_EQ(value_of(one, "pin/771"), "code " + std::to_string(CASEBRIDGE_KV_NOT_FOUND));
  EXPECT_EQ(put(one, "pin/771", "tries 1"), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "pin/771", "tries 2"), CASEBRIDGE_KV_OK);
  const auto another_machine = open();
  const ValueKeeper again("ga-batch", {}, *another_machine, *vault_);
  EXPECT_EQ(value_of(again, "pin/771"), "2:tries 2");
}

TEST_P(ValueKeeperTest, ReplacesOnlyTheVersionExpected) {
  auto one = keeper();
  EXPECT_EQ(put(one, "a", "1", 0), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "a", "x", 0), CASEBRIDGE_KV_CONFLICT);
  EXPECT_EQ(put(one, "a", "2", 1), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "a", "x", 1), CASEBRIDGE_KV_CONFLICT);
  EXPECT_EQ(one.remove("a", 1), CASEBRIDGE_KV_CONFLICT);
  EXPECT_EQ(value_of(one, "a"), "2:2");
  EXPECT_EQ(one.remove("a", 2), CASEBRIDGE_KV_OK);
  EXPECT_EQ(one.remove("a", any), CASEBRIDGE_KV_OK);
  EXPECT_EQ(value_of(one, "a"), "code " + std::to_string(CASEBRIDGE_KV_NOT_FOUND));
}

TEST_P(ValueKeeperTest, NeverGivesAVersionTwice) {
  auto one = keeper();
  ASSERT_EQ(put(one, "a", "before", 0), CASEBRIDGE_KV_OK);
  SecretBytes value;
  std::int64_t held = 0;
  ASSERT_EQ(one.get("a", value, held), CASEBRIDGE_KV_OK);
  ASSERT_EQ(one.remove("a", held), CASEBRIDGE_KV_OK);
  ASSERT_EQ(put(one, "a", "after", 0), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "a", "late", held), CASEBRIDGE_KV_CONFLICT);
  EXPECT_EQ(one.remove("a", held), CASEBRIDGE_KV_CONFLICT);
  EXPECT_EQ(value_of(one, "a"), "2:after");
}

TEST_P(ValueKeeperTest, ListsKeysInOrder) {
  auto one = keeper();
  for (const char* key : {"run/2", "case/9", "run/1", "run/10"}) put(one, key, "x");
  std::vector<std::string> keys;
  EXPECT_EQ(one.list("run/", keys), CASEBRIDGE_KV_OK);
  EXPECT_EQ(keys, (std::vector<std::string>{"run/1", "run/10", "run/2"}));
  EXPECT_EQ(one.list("", keys), CASEBRIDGE_KV_OK);
  EXPECT_EQ(keys.size(), 4U);
}

TEST_P(ValueKeeperTest, KeepsSystemsApart) {
  auto georgia = keeper("ga-batch");
  auto kansas = keeper("ks-quick");
  put(georgia, "a", "georgia");
  EXPECT_EQ(value_of(kansas, "a"), "code " + std::to_string(CASEBRIDGE_KV_NOT_FOUND));
  std::vector<std::string> keys;
  EXPECT_EQ(kansas.list("", keys), CASEBRIDGE_KV_OK);
  EXPECT_TRUE(keys.empty());
}

TEST_P(ValueKeeperTest, HasAQuotaOfValues) {
  auto one = keeper("ga-batch", {.entries_max = 2});
  EXPECT_EQ(put(one, "a", "1"), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "b", "1"), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "c", "1"), CASEBRIDGE_KV_FULL);
  EXPECT_EQ(put(one, "b", "2"), CASEBRIDGE_KV_OK);
  EXPECT_EQ(one.remove("a", any), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "c", "1"), CASEBRIDGE_KV_OK);
}

TEST_P(ValueKeeperTest, HasAQuotaOfOctets) {
  auto one = keeper("ga-batch", {.bytes_max = 100});
  EXPECT_EQ(put(one, "a", std::string(99, 'x')), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "b", ""), CASEBRIDGE_KV_FULL);
  EXPECT_EQ(put(one, "a", std::string(100, 'x')), CASEBRIDGE_KV_FULL);
  EXPECT_EQ(value_of(one, "a"), "1:" + std::string(99, 'x'));
  EXPECT_EQ(put(one, "a", "short"), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, "b", std::string(90, 'x')), CASEBRIDGE_KV_OK);
  // A quota that was lowered still lets what is there become less.
  auto less = keeper("ga-batch", {.bytes_max = 10});
  EXPECT_EQ(put(less, "b", std::string(80, 'x')), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(less, "b", std::string(81, 'x')), CASEBRIDGE_KV_FULL);
}

TEST_P(ValueKeeperTest, RefusesKeysAndValuesThatCannotBe) {
  auto one = keeper();
  EXPECT_EQ(put(one, "", "x"), CASEBRIDGE_KV_NOT_ALLOWED);
  EXPECT_EQ(put(one, std::string(201, 'k'), "x"), CASEBRIDGE_KV_NOT_ALLOWED);
  EXPECT_EQ(put(one, "k", std::string(256 * 1024 + 1, 'x')), CASEBRIDGE_KV_NOT_ALLOWED);
  EXPECT_EQ(put(one, "k", "x", -2), CASEBRIDGE_KV_NOT_ALLOWED);
  EXPECT_EQ(put(one, std::string(200, 'k'), std::string(256 * 1024, 'x')), CASEBRIDGE_KV_OK);
  EXPECT_EQ(put(one, std::string("\0k", 2), std::string("\0v", 2)), CASEBRIDGE_KV_OK);
  EXPECT_EQ(value_of(one, std::string("\0k", 2)), "2:" + std::string("\0v", 2));
}

TEST_P(ValueKeeperTest, ShowsNothingInTheDatabaseAndBindsEachRowToItsPlace) {
  auto one = keeper();
  put(one, "case/700123456", "canary value");
  put(one, "case/other", "second");
  const std::string digest = vault_->fingerprint("adapter-value-key", "ga-batch\ncase/700123456");
  const std::string other = vault_->fingerprint("adapter-value-key", "ga-batch\ncase/other");
  auto row = read([&](auto& t) { return t.adapter_values().find("ga-batch", digest); });
  ASSERT_TRUE(row && *row);
  const std::string all = (*row)->key_digest + (*row)->sealed_key + (*row)->sealed;
  EXPECT_EQ(all.find("canary"), std::string::npos);
  EXPECT_EQ(all.find("700123456"), std::string::npos);
  // Moved to another address, or given another version, it does not open.
  (*row)->version = 7;
  ASSERT_TRUE(write([&](auto& t) { return t.adapter_values().put(**row); }));
  EXPECT_EQ(value_of(one, "case/700123456"), "code " + std::to_string(CASEBRIDGE_KV_FAILED));
  (*row)->version = 1;
  (*row)->key_digest = other;
  ASSERT_TRUE(write([&](auto& t) { return t.adapter_values().put(**row); }));
  EXPECT_EQ(value_of(one, "case/other"), "code " + std::to_string(CASEBRIDGE_KV_FAILED));
}

CASEBRIDGE_ON_BOTH_ENGINES(ValueKeeperTest);

}  // namespace
}  // namespace casebridge::storage
