// Accounts: unique addresses, changes of one field, and the purge of what was never verified.
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class AccountStoreTest : public StoreSuite {};
CASEBRIDGE_ON_BOTH_ENGINES(AccountStoreTest);

TEST_P(AccountStoreTest, GivesBackWhatWasInserted) {
  ports::Account account = sample_account("maría-☃");
  account.email_verified_at = at(5);
  account.credential_version = 9'000'000'000;
  account.locale = "es";
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().insert(account); }));

  const auto found = read([&](auto& t) { return t.accounts().find(account.id); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->id, account.id);
  EXPECT_EQ((*found)->email, "maría-☃@Example.com");
  EXPECT_EQ((*found)->email_canonical, "maría-☃@example.com");
  EXPECT_EQ((*found)->email_verified_at, at(5));
  EXPECT_EQ((*found)->password_hash, "$argon2id$sample");
  EXPECT_EQ((*found)->credential_version, 9'000'000'000);
  EXPECT_EQ((*found)->locale, "es");
  EXPECT_EQ((*found)->created_at, at(0));
}

TEST_P(AccountStoreTest, FindsByTheCanonicalAddressOnly) {
  const auto account = new_account("ana");
  const auto by_canonical = read([&](auto& t) { return t.accounts().find_by_email("ana@example.com"); });
  ASSERT_TRUE(by_canonical && *by_canonical);
  EXPECT_EQ((*by_canonical)->id, account.id);
  EXPECT_FALSE((*by_canonical)->email_verified_at);
  const auto as_typed = read([&](auto& t) { return t.accounts().find_by_email("ana@Example.com"); });
  ASSERT_TRUE(as_typed);
  EXPECT_FALSE(*as_typed);
}

TEST_P(AccountStoreTest, RefusesASecondAccountWithTheSameAddressAndGoesOn) {
  new_account("ana");
  const auto other = sample_account("ben");
  const auto outcome = store().write([&](ports::Transaction& t) -> Result<void> {
    const auto second = t.accounts().insert(sample_account("ana"));
    EXPECT_FALSE(second);
    EXPECT_EQ(second.error().code, TroubleCode::version_conflict);
    return t.accounts().insert(other);  // the transaction is still good
  });
  EXPECT_TRUE(outcome);
  const auto found = read([&](auto& t) { return t.accounts().find(other.id); });
  EXPECT_TRUE(found && *found);
}

TEST_P(AccountStoreTest, ChangesOnlyWhatItIsAskedToChange) {
  const auto account = new_account("ana");
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().set_email_verified(account.id, at(7)); }));
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().set_password(account.id, "hash 2", 2); }));
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().set_password_hash_only(account.id, "hash 3"); }));
  const auto found = read([&](auto& t) { return t.accounts().find(account.id); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->email_verified_at, at(7));
  EXPECT_EQ((*found)->password_hash, "hash 3");
  EXPECT_EQ((*found)->credential_version, 2);
}

TEST_P(AccountStoreTest, APasswordIsStoppedUntilThereIsANewOne) {
  const auto account = new_account("ana");
  const auto found = [&] { return *read([&](auto& t) { return t.accounts().find(account.id); }).value(); };
  EXPECT_FALSE(found().password_stopped);
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().stop_password(account.id, 2); }));
  EXPECT_TRUE(found().password_stopped);
  EXPECT_EQ(found().password_hash, account.password_hash);
  EXPECT_EQ(found().credential_version, 2);
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().set_password(account.id, "hash 2", 3); }));
  EXPECT_FALSE(found().password_stopped);
}

TEST_P(AccountStoreTest, HasARoleAndKnowsItsLastSignIn) {
  const auto account = new_account("ana");
  const auto found = [&] { return *read([&](auto& t) { return t.accounts().find(account.id); }).value(); };
  EXPECT_FALSE(found().is_operator());
  EXPECT_FALSE(found().signed_in_at);
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().set_role(account.id, "operator", at(5)); }));
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().note_sign_in(account.id, at(9)); }));
  EXPECT_TRUE(found().is_operator());
  EXPECT_EQ(found().role_since, at(5));
  EXPECT_EQ(found().signed_in_at, at(9));
  auto session = sample_session(account.id, "digest");
  session.role = "operator";
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(session); }));
  EXPECT_EQ((*read([&](auto& t) { return t.sessions().find_by_digest("digest"); }))->session.role,
            "operator");
}

TEST_P(AccountStoreTest, AnAddressIsFreedOfWhoNeverConfirmedItOnly) {
  const auto stale = new_account("stale"), verified = new_account("verified");
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().set_email_verified(verified.id, at(1)); }));
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(sample_session(stale.id, "digest")); }));
  const auto free = [&](const std::string& canonical) {
    return *write([&](auto& t) { return t.accounts().free_address(canonical); });
  };
  EXPECT_FALSE(free(verified.email_canonical));
  EXPECT_FALSE(free("nobody@example.com"));
  EXPECT_TRUE(free(stale.email_canonical));
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find(stale.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.sessions().find_by_digest("digest"); }));
  EXPECT_TRUE(*read([&](auto& t) { return t.accounts().find(verified.id); }));
}

TEST_P(AccountStoreTest, SaysWhenThereIsNoSuchAccount) {
  const auto nobody = AccountId::make(at(0));
  const auto changed = write([&](auto& t) { return t.accounts().set_email_verified(nobody, at(1)); });
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, TroubleCode::not_found);
}

TEST_P(AccountStoreTest, PurgesOldUnverifiedAccountsWithEverythingOfTheirs) {
  const auto stale = new_account("stale");
  const auto verified = new_account("verified");
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().set_email_verified(verified.id, at(1)); }));
  ports::Account fresh = sample_account("fresh");
  fresh.created_at = at(100);
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().insert(fresh); }));
  const auto link = new_link(stale.id, "person");
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(sample_session(stale.id, "digest")); }));
  ASSERT_TRUE(write([&](auto& t) {
    return t.codes().replace({"verify_email", stale.id.text(), "digest", 1, 3, at(0), at(60)});
  }));
  ASSERT_TRUE(write([&](auto& t) { return t.jobs().enqueue(sample_job("sync", link.id.text())); }));

  const auto purged = write([&](auto& t) { return t.accounts().purge_unverified(at(100)); });
  ASSERT_TRUE(purged);
  EXPECT_EQ(*purged, 1);
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find(stale.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.sessions().find_by_digest("digest"); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.codes().find("verify_email", stale.id.text()); }));
  EXPECT_TRUE(read([&](auto& t) { return t.links().list(stale.id); })->empty());
  EXPECT_TRUE(write([&](auto& t) { return t.jobs().take_due("me", at(999), at(1000), 9); })->empty());
  EXPECT_TRUE(*read([&](auto& t) { return t.accounts().find(verified.id); }));
  EXPECT_TRUE(*read([&](auto& t) { return t.accounts().find(fresh.id); }));
}

}  // namespace
}  // namespace casebridge::storage
