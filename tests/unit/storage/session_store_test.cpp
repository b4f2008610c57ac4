// Sessions: found by digest, listed newest first, ended one by one, all at once or by age.
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class SessionStoreTest : public StoreSuite {};
CASEBRIDGE_ON_BOTH_ENGINES(SessionStoreTest);

TEST_P(SessionStoreTest, GivesBackWhatWasInserted) {
  const auto account = new_account("ana");
  const auto session = sample_session(account.id, "digest 1");
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(session); }));
  const auto found = read([&](auto& t) { return t.sessions().find_by_digest("digest 1"); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->session.id, session.id);
  EXPECT_EQ((*found)->session.account, account.id);
  EXPECT_EQ((*found)->session.transport, "cookie");
  EXPECT_EQ((*found)->session.csrf_digest, "csrf");
  EXPECT_EQ((*found)->session.assurance, model::Assurance::two_factor);
  EXPECT_EQ((*found)->session.absolute_end, at(3600));
  EXPECT_EQ((*found)->session.address, "192.0.2.0/24");
  EXPECT_EQ((*found)->session.locale, "es");
  EXPECT_FALSE(*read([&](auto& t) { return t.sessions().find_by_digest("digest 2"); }));
}

TEST_P(SessionStoreTest, ListsNewestFirst) {
  const auto account = new_account("ana");
  for (int i = 0; i < 3; ++i) {
    auto session = sample_session(account.id, "digest " + std::to_string(i));
    session.created_at = at(i);
    ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(session); }));
  }
  const auto list = read([&](auto& t) { return t.sessions().list(account.id); });
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 3U);
  EXPECT_EQ((*list)[0].token_digest, "digest 2");
  EXPECT_EQ((*list)[2].token_digest, "digest 0");
}

TEST_P(SessionStoreTest, IsFoundTogetherWithItsAccountsVersionInOneStatement) {
  const auto account = new_account("ana");
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(sample_session(account.id, "digest")); }));
  const auto version = [&] {
    return glance([&](auto& t) { return t.sessions().find_by_digest("digest"); }).value()->account_version;
  };
  const std::int64_t before = version();
  EXPECT_EQ(before, version_of(account.id));
  ASSERT_TRUE(write_with(*open(), [&](auto& t) { return t.raise_account_version(account.id); }));
  EXPECT_EQ(version(), before + 1);
}

TEST_P(SessionStoreTest, AnEndedSessionIsNotFoundByTheNextGlance) {
  const auto account = new_account("ana");
  const auto session = sample_session(account.id, "digest");
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(session); }));
  const auto found = [&] {
    return glance([&](auto& t) { return t.sessions().find_by_digest("digest"); }).value().has_value();
  };
  EXPECT_TRUE(found());
  ASSERT_TRUE(write_with(*open(), [&](auto& t) { return t.sessions().remove(account.id, session.id); }));
  EXPECT_FALSE(found());
}

TEST_P(SessionStoreTest, RemembersUseAndANewCsrfToken) {
  const auto account = new_account("ana");
  const auto session = sample_session(account.id, "digest");
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(session); }));
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().touch(session.id, at(50)); }));
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().set_csrf(session.id, "csrf 2"); }));
  const auto found = read([&](auto& t) { return t.sessions().find_by_digest("digest"); });
  EXPECT_EQ((*found)->session.last_seen_at, at(50));
  EXPECT_EQ((*found)->session.csrf_digest, "csrf 2");
  EXPECT_EQ((*found)->session.authenticated_at, at(0));
}

TEST_P(SessionStoreTest, IsRemovedByItsOwnerOnly) {
  const auto ana = new_account("ana");
  const auto ben = new_account("ben");
  const auto session = sample_session(ana.id, "digest");
  ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(session); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.sessions().remove(ben.id, session.id); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.sessions().remove(ana.id, session.id); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.sessions().remove(ana.id, session.id); }));
}

TEST_P(SessionStoreTest, RemovesAllButTheOneToKeep) {
  const auto ana = new_account("ana");
  const auto ben = new_account("ben");
  const auto kept = sample_session(ana.id, "kept");
  for (const auto& session : {kept, sample_session(ana.id, "other"), sample_session(ben.id, "of ben")}) {
    ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(session); }));
  }
  EXPECT_EQ(*write([&](auto& t) { return t.sessions().remove_all_but(ana.id, kept.id); }), 1);
  EXPECT_TRUE(*read([&](auto& t) { return t.sessions().find_by_digest("kept"); }));
  EXPECT_EQ(*write([&](auto& t) { return t.sessions().remove_all_but(ana.id, std::nullopt); }), 1);
  EXPECT_TRUE(*read([&](auto& t) { return t.sessions().find_by_digest("of ben"); }));
}

TEST_P(SessionStoreTest, RemovesWhatIsIdleOrAtItsEnd) {
  const auto account = new_account("ana");
  auto idle = sample_session(account.id, "idle");
  idle.last_seen_at = at(10);
  auto ended = sample_session(account.id, "ended");
  ended.last_seen_at = at(99);
  ended.absolute_end = at(100);
  auto good = sample_session(account.id, "good");
  good.last_seen_at = at(99);
  for (const auto& session : {idle, ended, good}) {
    ASSERT_TRUE(write([&](auto& t) { return t.sessions().insert(session); }));
  }
  EXPECT_EQ(*write([&](auto& t) { return t.sessions().remove_ended(at(11), at(100)); }), 2);
  EXPECT_TRUE(*read([&](auto& t) { return t.sessions().find_by_digest("good"); }));
}

TEST_P(SessionStoreTest, NeedsAnAccount) {
  const auto session = sample_session(AccountId::make(at(0)), "digest");
  const auto outcome = write([&](auto& t) { return t.sessions().insert(session); });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, TroubleCode::dependency_failed);
  EXPECT_NE(outcome.error().detail.find("constraint"), std::string::npos);
  EXPECT_EQ(outcome.error().detail.find("digest"), std::string::npos);
}

}  // namespace
}  // namespace casebridge::storage
