// Known devices: each belongs to one account, and is gone when it is forgotten or its time is over.
#include "core/ports/store_safety.hpp"
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class DeviceStoreTest : public StoreSuite {
 protected:
  ports::KnownDevice new_device(const AccountId& account, const std::string& digest, int seen = 0) {
    ports::KnownDevice device{DeviceId::make(at(0)), account, digest,   "A browser",
                              "198.51.100.0/24",     at(0),   at(seen), at(seen + 100)};
    EXPECT_TRUE(write([&](auto& t) { return t.devices().insert(device); }));
    return device;
  }
  std::size_t count(const AccountId& account) {
    return read([&](auto& t) { return t.devices().list(account); })->size();
  }
};
CASEBRIDGE_ON_BOTH_ENGINES(DeviceStoreTest);

TEST_P(DeviceStoreTest, GivesBackWhatWasInsertedToItsAccountOnly) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto device = new_device(ana.id, "digest");
  const auto found = read([&](auto& t) { return t.devices().find(ana.id, "digest"); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->id, device.id);
  EXPECT_EQ((*found)->name, "A browser");
  EXPECT_EQ((*found)->address, "198.51.100.0/24");
  EXPECT_EQ((*found)->expires_at, at(100));
  EXPECT_FALSE(*read([&](auto& t) { return t.devices().find(ben.id, "digest"); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.devices().find(ana.id, "other"); }));
}

TEST_P(DeviceStoreTest, OneTokenMayBelongToSeveralAccountsAndOnceToEach) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto device = new_device(ana.id, "digest");
  new_device(ben.id, "digest");
  ports::KnownDevice again = device;
  again.id = DeviceId::make(at(1));
  const auto refused = write([&](auto& t) { return t.devices().insert(again); });
  EXPECT_EQ(refused.error().code, TroubleCode::version_conflict);
}

TEST_P(DeviceStoreTest, ListsTheLastUsedFirst) {
  const auto ana = new_account("ana");
  const auto older = new_device(ana.id, "one", 5);
  const auto newer = new_device(ana.id, "two", 9);
  ports::KnownDevice seen = older;
  seen.last_seen_at = at(20);
  ASSERT_TRUE(write([&](auto& t) { return t.devices().see(seen); }));
  const auto listed = read([&](auto& t) { return t.devices().list(ana.id); });
  ASSERT_EQ(listed->size(), 2U);
  EXPECT_EQ((*listed)[0].id, older.id);
  EXPECT_EQ((*listed)[1].id, newer.id);
}

TEST_P(DeviceStoreTest, IsForgottenByItsOwnAccountOnly) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto device = new_device(ana.id, "one");
  EXPECT_FALSE(*write([&](auto& t) { return t.devices().forget(ben.id, device.id); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.devices().forget(ana.id, device.id); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.devices().forget(ana.id, device.id); }));
}

TEST_P(DeviceStoreTest, AllButOneAreForgotten) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto kept = new_device(ana.id, "one");
  new_device(ana.id, "two");
  new_device(ben.id, "three");
  EXPECT_EQ(*write([&](auto& t) { return t.devices().forget_all_but(ana.id, std::optional(kept.id)); }), 1);
  EXPECT_EQ(count(ana.id), 1U);
  EXPECT_EQ(*write([&](auto& t) { return t.devices().forget_all_but(ana.id, std::nullopt); }), 1);
  EXPECT_EQ(count(ana.id), 0U);
  EXPECT_EQ(count(ben.id), 1U);
}

TEST_P(DeviceStoreTest, IsPurgedWhenItsTimeIsOver) {
  const auto ana = new_account("ana");
  new_device(ana.id, "one", 0);
  new_device(ana.id, "two", 50);
  EXPECT_EQ(*write([&](auto& t) { return t.devices().purge(at(120)); }), 1);
  EXPECT_EQ(count(ana.id), 1U);
}

}  // namespace
}  // namespace casebridge::storage
