// Jobs and syncs: one open job for a subject, leases that run out, syncs that belong to an account.
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class JobStoreTest : public StoreSuite {};
CASEBRIDGE_ON_BOTH_ENGINES(JobStoreTest);

TEST_P(JobStoreTest, KeepsOneOpenJobForASubject) {
  const auto first = sample_job("sync", "syn_1");
  EXPECT_TRUE(*write([&](auto& t) { return t.jobs().enqueue(first); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.jobs().enqueue(sample_job("sync", "syn_1")); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.jobs().enqueue(sample_job("end_session", "syn_1")); }));
  ASSERT_TRUE(write([&](auto& t) { return t.jobs().finish(first.id); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.jobs().enqueue(sample_job("sync", "syn_1")); }));
}

TEST_P(JobStoreTest, IsTakenByOneOwnerUntilTheLeaseRunsOut) {
  const auto job = sample_job("sync", "syn_1");
  ASSERT_TRUE(write([&](auto& t) { return t.jobs().enqueue(job); }));
  const auto taken = write([&](auto& t) { return t.jobs().take_due("first", at(0), at(30), 5); });
  ASSERT_EQ(taken->size(), 1U);
  EXPECT_EQ(taken->front().id, job.id);
  EXPECT_EQ(taken->front().payload, "{}");
  EXPECT_TRUE(write([&](auto& t) { return t.jobs().take_due("second", at(29), at(60), 5); })->empty());
  EXPECT_EQ(write([&](auto& t) { return t.jobs().take_due("second", at(30), at(60), 5); })->size(), 1U);
  EXPECT_FALSE(*write([&](auto& t) { return t.jobs().extend(job.id, "first", at(90)); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.jobs().extend(job.id, "second", at(90)); }));
  EXPECT_TRUE(write([&](auto& t) { return t.jobs().take_due("third", at(89), at(99), 5); })->empty());
}

TEST_P(JobStoreTest, ARetryGivesTheLeaseBack) {
  const auto job = sample_job("sync", "syn_1");
  ASSERT_TRUE(write([&](auto& t) { return t.jobs().enqueue(job); }));
  ASSERT_TRUE(write([&](auto& t) { return t.jobs().take_due("first", at(0), at(300), 5); }));
  ASSERT_TRUE(write([&](auto& t) { return t.jobs().retry(job.id, at(50), 1, R"({"resume":"x"})"); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.jobs().extend(job.id, "first", at(90)); }));
  EXPECT_TRUE(write([&](auto& t) { return t.jobs().take_due("second", at(49), at(99), 5); })->empty());
  const auto taken = write([&](auto& t) { return t.jobs().take_due("second", at(50), at(99), 5); });
  ASSERT_EQ(taken->size(), 1U);
  EXPECT_EQ(taken->front().tries, 1);
  EXPECT_EQ(taken->front().payload, R"({"resume":"x"})");
}

TEST_P(JobStoreTest, TakesTheOldestFirstAndNoMoreThanAsked) {
  for (int i = 0; i < 4; ++i) {
    auto job = sample_job("sync", "syn_" + std::to_string(i));
    job.run_at = at(10 - i);
    ASSERT_TRUE(write([&](auto& t) { return t.jobs().enqueue(job); }));
  }
  const auto taken = write([&](auto& t) { return t.jobs().take_due("me", at(10), at(60), 3); });
  ASSERT_EQ(taken->size(), 3U);
  EXPECT_EQ(taken->front().subject, "syn_3");
  EXPECT_EQ(write([&](auto& t) { return t.jobs().take_due("me", at(10), at(60), 3); })->size(), 1U);
}

TEST_P(JobStoreTest, ASyncIsOpenUntilItEnds) {
  const auto ana = new_account("ana");
  const auto ben = new_account("ben");
  const auto link = new_link(ana.id, "person");
  ports::Sync sync{SyncId::make(at(0)), link.id, ana.id, "queued", "user", "[]", "", 0, 0, 0, at(0), {}};
  ASSERT_TRUE(write([&](auto& t) { return t.syncs().insert(sync); }));
  EXPECT_EQ((*read([&](auto& t) { return t.syncs().find_open(link.id); }))->id, sync.id);
  EXPECT_FALSE(*read([&](auto& t) { return t.syncs().find(ben.id, sync.id); }));

  sync.state = "partial";
  sync.added = 3;
  sync.finished_at = at(9);
  ASSERT_TRUE(write([&](auto& t) { return t.syncs().update(sync); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.syncs().find_open(link.id); }));
  const auto found = read([&](auto& t) { return t.syncs().find(ana.id, sync.id); });
  EXPECT_EQ((*found)->trigger, "user");
  EXPECT_EQ((*found)->state, "partial");
  EXPECT_EQ((*found)->added, 3);
  EXPECT_EQ((*found)->finished_at, at(9));

  ASSERT_TRUE(write([&](auto& t) { return t.links().remove(ana.id, link.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.syncs().find_by_id(sync.id); }));
  EXPECT_EQ(write([&](auto& t) { return t.syncs().update(sync); }).error().code, TroubleCode::not_found);
}

}  // namespace
}  // namespace casebridge::storage
