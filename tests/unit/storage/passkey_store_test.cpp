// Passkeys: a credential belongs to one account, and its counter moves on from what was read.
#include <atomic>
#include <thread>
#include <vector>

#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class PasskeyStoreTest : public StoreSuite {
 protected:
  static ports::Passkey sample_passkey(const AccountId& account, const std::string& credential) {
    return {.id = ports::PasskeyId::make(at(0)),
            .account = account,
            .credential_id = credential,
            .algorithm = -7,
            .public_key = "a2V5",
            .sign_count = 4'294'967'295,
            .backup_eligible = true,
            .transports = "internal hybrid",
            .name = "Phone",
            .created_at = at(0)};
  }
  ports::Passkey new_passkey(const AccountId& account, const std::string& credential) {
    auto passkey = sample_passkey(account, credential);
    EXPECT_TRUE(write([&](auto& t) { return t.passkeys().insert(passkey); }));
    return passkey;
  }
  std::vector<ports::Passkey> list(const AccountId& account) {
    return *read([&](auto& t) { return t.passkeys().list(account); });
  }
};
CASEBRIDGE_ON_BOTH_ENGINES(PasskeyStoreTest);

TEST_P(PasskeyStoreTest, GivesBackWhatWasKept) {
  const auto account = new_account("ana");
  const auto kept = new_passkey(account.id, "one");
  const auto found = read([&](auto& t) { return t.passkeys().find_by_credential("one"); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->id, kept.id);
  EXPECT_EQ((*found)->account, account.id);
  EXPECT_EQ((*found)->algorithm, -7);
  EXPECT_EQ((*found)->public_key, "a2V5");
  EXPECT_EQ((*found)->sign_count, 4'294'967'295);
  EXPECT_TRUE((*found)->backup_eligible);
  EXPECT_FALSE((*found)->backed_up);
  EXPECT_EQ((*found)->transports, "internal hybrid");
  EXPECT_EQ((*found)->name, "Phone");
  EXPECT_FALSE((*found)->last_used_at);
  EXPECT_FALSE(*read([&](auto& t) { return t.passkeys().find_by_credential("two"); }));
}

TEST_P(PasskeyStoreTest, ACredentialIsThereOnceInAll) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  new_passkey(ana.id, "one");
  const auto again = write([&](auto& t) { return t.passkeys().insert(sample_passkey(ben.id, "one")); });
  EXPECT_EQ(again.error().code, TroubleCode::version_conflict);
  EXPECT_TRUE(list(ben.id).empty());
}

TEST_P(PasskeyStoreTest, OnlyItsOwnerRenamesAndRemovesIt) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto passkey = new_passkey(ana.id, "one");
  EXPECT_FALSE(*write([&](auto& t) { return t.passkeys().rename(ben.id, passkey.id, "mine"); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.passkeys().remove(ben.id, passkey.id); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.passkeys().rename(ana.id, passkey.id, "Tablet"); }));
  EXPECT_EQ(list(ana.id).at(0).name, "Tablet");
  EXPECT_TRUE(*write([&](auto& t) { return t.passkeys().remove(ana.id, passkey.id); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.passkeys().remove(ana.id, passkey.id); }));
  EXPECT_TRUE(list(ana.id).empty());
}

TEST_P(PasskeyStoreTest, TheCounterMovesOnForOneCallerOnly) {
  const auto account = new_account("ana");
  auto before = sample_passkey(account.id, "one");
  before.sign_count = 7;
  ASSERT_TRUE(write([&](auto& t) { return t.passkeys().insert(before); }));
  const auto other = open();
  std::atomic<int> won{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      const auto noted = write_with(i % 2 == 0 ? store() : *other,
                                    [&](auto& t) { return t.passkeys().note_use(before, 8, true, at(5)); });
      EXPECT_TRUE(noted);
      if (noted && *noted) ++won;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won, 1);
  const auto used = list(account.id).at(0);
  EXPECT_EQ(used.sign_count, 8);
  EXPECT_TRUE(used.backed_up);
  EXPECT_EQ(used.last_used_at, at(5));
}

TEST_P(PasskeyStoreTest, AnOwnerKeepsTheFirstHandle) {
  const auto account = new_account("ana");
  EXPECT_FALSE(*read([&](auto& t) { return t.passkeys().find_user_handle(account.id); }));
  const auto settle = [&](const char* fresh) {
    return *write([&](auto& t) { return t.passkeys().settle_user_handle(account.id, fresh); });
  };
  EXPECT_EQ(settle("first"), "first");
  EXPECT_EQ(settle("second"), "first");
  EXPECT_EQ(*read([&](auto& t) { return t.passkeys().find_user_handle(account.id); }), "first");
}

TEST_P(PasskeyStoreTest, AnAppOrAPasskeyIsASecondFactor) {
  const auto account = new_account("ana");
  const auto has = [&] {
    return *glance([&](auto& t) { return t.factors().has_second_factor(account.id); });
  };
  EXPECT_FALSE(has());
  const auto passkey = new_passkey(account.id, "one");
  EXPECT_TRUE(has());
  ASSERT_TRUE(write([&](auto& t) { return t.passkeys().remove(account.id, passkey.id); }));
  EXPECT_FALSE(has());
  ASSERT_TRUE(write([&](auto& t) { return t.factors().set_totp({account.id, "sealed", 0, at(0)}); }));
  EXPECT_TRUE(has());
}

}  // namespace
}  // namespace casebridge::storage
