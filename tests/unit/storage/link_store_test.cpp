// Links: one live link for a person at a system, versions, secrets, attempts, and the guard's memory.
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class LinkStoreTest : public StoreSuite {};
CASEBRIDGE_ON_BOTH_ENGINES(LinkStoreTest);

ports::LinkAttempt sample_attempt(const AccountId& account) {
  ports::LinkAttempt attempt{LinkAttemptId::make(at(0)),
                             account,
                             {},
                             "tx-icop",
                             "create",
                             "vaulted",
                             "challenge",
                             1,
                             "chl_1",
                             "{}",
                             "cmVzdW1l",
                             "identity",
                             "credential",
                             "c2VhbGVk",
                             "",
                             "{}"};
  attempt.created_at = at(0);
  attempt.expires_at = at(900);
  return attempt;
}

TEST_P(LinkStoreTest, BelongsToItsAccount) {
  const auto ana = new_account("ana");
  const auto ben = new_account("ben");
  const auto link = new_link(ana.id, "person");
  const auto found = read([&](auto& t) { return t.links().find(ana.id, link.id); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->system, "tx-icop");
  EXPECT_EQ((*found)->subject_digest, "person");
  EXPECT_EQ((*found)->version, 1);
  EXPECT_FALSE(*read([&](auto& t) { return t.links().find(ben.id, link.id); }));
  EXPECT_EQ(write([&](auto& t) { return t.links().remove(ben.id, link.id); }).error().code,
            TroubleCode::not_found);
}

TEST_P(LinkStoreTest, RefusesASecondLiveLinkAndNamesTheFirst) {
  const auto ana = new_account("ana");
  const auto first = new_link(ana.id, "person");
  const auto second = write([&](auto& t) { return t.links().insert(sample_link(ana.id, "person")); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, TroubleCode::link_already_exists);
  EXPECT_EQ(second.error().reference, first.id.text());

  auto pending = new_link(ana.id, "");  // not known yet whose it is: any number may be
  new_link(ana.id, "");
  pending.subject_digest = "person";
  pending.version = 2;
  const auto became = write([&](auto& t) { return t.links().update(pending); });
  ASSERT_FALSE(became);
  EXPECT_EQ(became.error().code, TroubleCode::link_already_exists);
}

TEST_P(LinkStoreTest, ARevokedLinkMakesRoomAndIsNotListed) {
  const auto ana = new_account("ana");
  auto first = new_link(ana.id, "person");
  first.state = "revoked";
  first.version = 2;
  ASSERT_TRUE(write([&](auto& t) { return t.links().update(first); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.links().find_live(ana.id, "tx-icop", "person"); }));
  const auto second = new_link(ana.id, "person");
  EXPECT_EQ((*read([&](auto& t) { return t.links().find_live(ana.id, "tx-icop", "person"); }))->id,
            second.id);
  const auto list = read([&](auto& t) { return t.links().list(ana.id); });
  ASSERT_EQ(list->size(), 1U);
  EXPECT_EQ(list->front().id, second.id);
  EXPECT_TRUE(*read([&](auto& t) { return t.links().find(ana.id, first.id); }));
}

TEST_P(LinkStoreTest, ListsActiveLinksOfEverybodyThatNoJobOfAKindIsAbout) {
  const auto first = new_link(new_account("ana").id, "person");
  const auto second = new_link(new_account("ben").id, "person");
  auto gone = new_link(new_account("cleo").id, "person");
  gone.state = "revoked";
  gone.version = 2;
  ASSERT_TRUE(write([&](auto& t) { return t.links().update(gone); }));
  const auto without = [&](int most) {
    return read([&](auto& t) { return t.links().list_without_job("refresh_link", most); })->size();
  };
  EXPECT_EQ(without(10), 2U);
  EXPECT_EQ(without(1), 1U);
  ASSERT_TRUE(*write([&](auto& t) { return t.jobs().enqueue(sample_job("refresh_link", first.id.text())); }));
  ASSERT_TRUE(*write([&](auto& t) { return t.jobs().enqueue(sample_job("sync", second.id.text())); }));
  const auto left = read([&](auto& t) { return t.links().list_without_job("refresh_link", 10); });
  ASSERT_EQ(left->size(), 1U);
  EXPECT_EQ(left->front().id, second.id);
  EXPECT_EQ(left->front().account, second.account);
}

TEST_P(LinkStoreTest, ListsWhatIsInTroubleOldestFirstAndOfNobody) {
  const auto well = new_link(new_account("ana").id, "person");
  auto waiting = new_link(new_account("ben").id, "person");
  const auto failing = new_link(new_account("cleo").id, "person");
  waiting.state = "action_required";
  waiting.state_since = at(50);
  waiting.reason = "credentials_changed";
  waiting.version = 2;
  ASSERT_TRUE(write([&](auto& t) { return t.links().update(waiting); }));
  const auto reading = [](const LinkId& link, const char* dataset, const char* trouble, int verified_s) {
    return ports::DatasetState{link,           "key", dataset, "failed", {}, {},
                               at(verified_s), {},    1,       trouble,  {}, {}};
  };
  ASSERT_TRUE(write([&](auto& t) -> Result<void> {
    CASEBRIDGE_CHECK(t.snapshots().put_state(reading(well.id, "payments", "", 10)));
    CASEBRIDGE_CHECK(t.snapshots().put_state(reading(failing.id, "payments", "source_timeout", 20)));
    return t.snapshots().put_state(reading(failing.id, "orders", "source_timeout", 30));
  }));
  const auto list = read([&](auto& t) { return t.links().list_in_trouble(10); });
  ASSERT_EQ(list->size(), 2U) << "one line for each link and problem";
  EXPECT_EQ(list->at(0).problem, "source_timeout");
  EXPECT_EQ(list->at(0).state, "active");
  EXPECT_EQ(list->at(0).since, at(20));
  EXPECT_EQ(list->at(1).system, "tx-icop");
  EXPECT_EQ(list->at(1).problem, "credentials_changed");
  EXPECT_EQ(list->at(1).since, at(50));
  EXPECT_EQ(read([&](auto& t) { return t.links().list_in_trouble(1); })->size(), 1U);
}

TEST_P(LinkStoreTest, NobodyIsFoundByAnEmptyDigest) {
  const auto ana = new_account("ana");
  new_link(ana.id, "");
  EXPECT_FALSE(*read([&](auto& t) { return t.links().find_live(ana.id, "tx-icop", ""); }));
}

TEST_P(LinkStoreTest, IsChangedFromTheVersionThatWasReadOnly) {
  const auto ana = new_account("ana");
  auto link = new_link(ana.id, "person");
  link.reason = "session_ended";
  link.version = 2;
  ASSERT_TRUE(write([&](auto& t) { return t.links().update(link); }));
  link.reason = "something else";
  const auto stale = write([&](auto& t) { return t.links().update(link); });
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, TroubleCode::version_conflict);
  EXPECT_EQ((*read([&](auto& t) { return t.links().find(ana.id, link.id); }))->reason, "session_ended");
}

TEST_P(LinkStoreTest, EveryChangeRaisesTheAccountsVersion) {
  const auto ana = new_account("ana");
  EXPECT_EQ(version_of(ana.id), 0);
  auto link = new_link(ana.id, "person");
  EXPECT_EQ(version_of(ana.id), 1);
  link.version = 2;
  ASSERT_TRUE(write([&](auto& t) { return t.links().update(link); }));
  EXPECT_EQ(version_of(ana.id), 2);
  ASSERT_TRUE(write([&](auto& t) { return t.links().remove(ana.id, link.id); }));
  EXPECT_EQ(version_of(ana.id), 3);
}

TEST_P(LinkStoreTest, KeepsOneSecretOfAKindAndLosesThemWithTheLink) {
  const auto ana = new_account("ana");
  const auto link = new_link(ana.id, "person");
  ASSERT_TRUE(write([&](auto& t) {
    return t.link_secrets().put(link.id, {"session", "sealed 1", 1, at(60), {}});
  }));
  ASSERT_TRUE(write([&](auto& t) {
    return t.link_secrets().put(link.id, {"session", "sealed 2", 2, {}, at(90)});
  }));
  ASSERT_TRUE(write([&](auto& t) {
    return t.link_secrets().put(link.id, {"credential", "sealed", 1, {}, {}});
  }));
  const auto session = read([&](auto& t) { return t.link_secrets().get(link.id, "session"); });
  ASSERT_TRUE(session && *session);
  EXPECT_EQ((*session)->sealed, "sealed 2");
  EXPECT_EQ((*session)->version, 2);
  EXPECT_FALSE((*session)->idle_end);
  EXPECT_EQ((*session)->absolute_end, at(90));
  ASSERT_TRUE(write([&](auto& t) { return t.link_secrets().remove(link.id, "session"); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.link_secrets().get(link.id, "session"); }));
  ASSERT_TRUE(write([&](auto& t) { return t.links().remove(ana.id, link.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.link_secrets().get(link.id, "credential"); }));
}

TEST_P(LinkStoreTest, RemovesAllSecretsAtOnce) {
  const auto link = new_link(new_account("ana").id, "person");
  for (const char* kind : {"session", "credential"}) {
    ASSERT_TRUE(write([&](auto& t) { return t.link_secrets().put(link.id, {kind, "sealed", 1, {}, {}}); }));
  }
  ASSERT_TRUE(write([&](auto& t) { return t.link_secrets().remove_all(link.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.link_secrets().get(link.id, "session"); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.link_secrets().get(link.id, "credential"); }));
}

TEST_P(LinkStoreTest, AnAttemptMovesOnFromTheVersionThatWasRead) {
  const auto ana = new_account("ana");
  auto attempt = sample_attempt(ana.id);
  ASSERT_TRUE(write([&](auto& t) { return t.attempts().insert(attempt); }));
  auto found = read([&](auto& t) { return t.attempts().find(ana.id, attempt.id); });
  ASSERT_TRUE(found && *found);
  EXPECT_FALSE((*found)->link);
  EXPECT_EQ((*found)->sealed_resume, "cmVzdW1l");
  EXPECT_EQ((*found)->trouble_detail, "{}");

  attempt.link = LinkId::make(at(0));
  attempt.state = "succeeded";
  attempt.sealed_credential.clear();
  attempt.second_step_seen = true;
  attempt.version = 2;
  ASSERT_TRUE(write([&](auto& t) { return t.attempts().update(attempt); }));
  const auto stale = write([&](auto& t) { return t.attempts().update(attempt); });
  EXPECT_EQ(stale.error().code, TroubleCode::version_conflict);
  found = read([&](auto& t) { return t.attempts().find(ana.id, attempt.id); });
  EXPECT_EQ((*found)->link, attempt.link);
  EXPECT_TRUE((*found)->second_step_seen);
  EXPECT_EQ((*found)->sealed_credential, "");
}

TEST_P(LinkStoreTest, ListsOpenAttemptsAndPurgesExpiredOnes) {
  const auto ana = new_account("ana");
  auto done = sample_attempt(ana.id);
  done.state = "failed";
  auto waiting = sample_attempt(ana.id);
  waiting.state = "waiting";
  waiting.expires_at = at(2000);
  ASSERT_TRUE(write([&](auto& t) { return t.attempts().insert(done); }));
  ASSERT_TRUE(write([&](auto& t) { return t.attempts().insert(waiting); }));
  const auto open_ones = read([&](auto& t) { return t.attempts().list_open(ana.id); });
  ASSERT_EQ(open_ones->size(), 1U);
  EXPECT_EQ(open_ones->front().id, waiting.id);
  EXPECT_EQ(*write([&](auto& t) { return t.attempts().purge(at(901)); }), 1);
  EXPECT_TRUE(*read([&](auto& t) { return t.attempts().find(ana.id, waiting.id); }));
}

TEST_P(LinkStoreTest, TheGuardRemembersTriesOfEachSystemApart) {
  EXPECT_FALSE(read([&](auto& t) { return t.guard().read("tx-icop", "ana"); })->attempts_left);
  ASSERT_TRUE(write([&](auto& t) { return t.guard().write("tx-icop", "ana", {2, 1, at(5), at(60)}); }));
  const auto kept = read([&](auto& t) { return t.guard().read("tx-icop", "ana"); });
  EXPECT_EQ(kept->attempts_left, 2);
  EXPECT_EQ(kept->refused, 1);
  EXPECT_EQ(kept->window_start, at(5));
  EXPECT_EQ(kept->locked_until, at(60));
  EXPECT_EQ(read([&](auto& t) { return t.guard().read("oh-csenet", "ana"); })->refused, 0);
}

TEST_P(LinkStoreTest, TheGuardRemembersRefusedCredentials) {
  EXPECT_FALSE(*read([&](auto& t) { return t.guard().was_refused("tx-icop", "digest"); }));
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(write([&](auto& t) { return t.guard().remember_refused("tx-icop", "digest", at(i)); }));
  }
  EXPECT_TRUE(*read([&](auto& t) { return t.guard().was_refused("tx-icop", "digest"); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.guard().was_refused("tx-smart", "digest"); }));
}

}  // namespace
}  // namespace casebridge::storage
