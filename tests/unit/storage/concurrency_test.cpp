// Several stores and threads on one database: nothing is counted twice, taken twice or lost.
#include <atomic>
#include <set>
#include <thread>

#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class ConcurrencyTest : public StoreSuite {
 protected:
  // Runs `task(store, number)` in so many threads at once, half of them on each of two stores.
  template <class Task>
  void together(int threads_count, Task task) {
    const auto second = open();
    std::vector<std::thread> threads;
    for (int i = 0; i < threads_count; ++i) {
      threads.emplace_back([&, i] { task(i % 2 == 0 ? store() : *second, i); });
    }
    for (std::thread& thread : threads) thread.join();
  }
};
CASEBRIDGE_ON_BOTH_ENGINES(ConcurrencyTest);

TEST_P(ConcurrencyTest, AThrottleCountsEveryTry) {
  constexpr int threads = 4, tries = 10;
  std::atomic<int> failed = 0;
  together(threads, [&](ports::Store& store, int) {
    for (int i = 0; i < tries; ++i) {
      const auto outcome = store.write([](ports::Transaction& t) -> Result<void> {
        CASEBRIDGE_TRY(auto state, t.throttles().read("sign_in:ana"));
        ++state.count;
        return t.throttles().write("sign_in:ana", state);
      });
      if (!outcome) ++failed;
    }
  });
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(read([](auto& t) { return t.throttles().read("sign_in:ana"); })->count, threads * tries);
}

TEST_P(ConcurrencyTest, ACodeIsConsumedByExactlyOne) {
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(write([](auto& t) {
      return t.codes().replace({"verify", "ana", "digest", 1, 3, at(0), at(60)});
    }));
    std::atomic<int> consumed = 0, failed = 0;
    together(4, [&](ports::Store& store, int) {
      const auto done =
          write_with(store, [](auto& t) { return t.codes().consume("verify", "ana", "digest"); });
      if (!done) ++failed;
      if (done && *done) ++consumed;
    });
    EXPECT_EQ(consumed, 1);
    EXPECT_EQ(failed, 0);
  }
}

TEST_P(ConcurrencyTest, AJobIsTakenByExactlyOne) {
  constexpr int jobs_count = 12;
  for (int i = 0; i < jobs_count; ++i) {
    ASSERT_TRUE(
        write([&](auto& t) { return t.jobs().enqueue(sample_job("sync", "syn_" + std::to_string(i))); }));
  }
  std::mutex mutex;
  std::multiset<std::string> taken;
  together(4, [&](ports::Store& store, int number) {
    for (int i = 0; i < jobs_count; ++i) {
      const auto jobs = write_with(store, [&](auto& t) {
        return t.jobs().take_due("owner " + std::to_string(number), at(1), at(60), 2);
      });
      ASSERT_TRUE(jobs);
      const std::scoped_lock lock(mutex);
      for (const auto& job : *jobs) taken.insert(job.subject);
    }
  });
  EXPECT_EQ(taken.size(), static_cast<std::size_t>(jobs_count));
  EXPECT_EQ(std::set<std::string>(taken.begin(), taken.end()).size(), static_cast<std::size_t>(jobs_count));
}

TEST_P(ConcurrencyTest, OneJobIsMadeForASubjectAndOneKeyReserved) {
  std::atomic<int> made = 0, reserved = 0, failed = 0;
  together(4, [&](ports::Store& store, int) {
    const auto job = write_with(store, [](auto& t) { return t.jobs().enqueue(sample_job("sync", "syn_1")); });
    const auto key = write_with(store, [](auto& t) {
      return t.idempotency().reserve("acc", "key", {"f", 0, "", at(0)});
    });
    if (!job || !key) {
      ++failed;
      return;
    }
    if (*job) ++made;
    if (!*key) ++reserved;
  });
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(reserved, 1);
}

TEST_P(ConcurrencyTest, OneOfManyLinksToTheSamePersonBecomesLive) {
  const auto account = new_account("ana");
  std::vector<ports::Link> links;
  for (int i = 0; i < 4; ++i) links.push_back(new_link(account.id, ""));
  std::atomic<int> live = 0, refused = 0;
  together(4, [&](ports::Store& store, int number) {
    auto link = links[static_cast<std::size_t>(number)];
    link.subject_digest = "person";
    link.version = 2;
    const auto outcome = write_with(store, [&](auto& t) { return t.links().update(link); });
    if (outcome) ++live;
    if (!outcome && outcome.error().code == TroubleCode::link_already_exists) ++refused;
  });
  EXPECT_EQ(live, 1);
  EXPECT_EQ(refused, 3);
}

TEST_P(ConcurrencyTest, OneAddressGetsOneAccount) {
  std::atomic<int> made = 0, refused = 0;
  together(4, [&](ports::Store& store, int) {
    const auto outcome =
        write_with(store, [](auto& t) { return t.accounts().insert(sample_account("ana")); });
    if (outcome) ++made;
    if (!outcome && outcome.error().code == TroubleCode::version_conflict) ++refused;
  });
  EXPECT_EQ(made, 1);
  EXPECT_EQ(refused, 3);
}

TEST_P(ConcurrencyTest, ReadersGoOnWhileSomebodyWrites) {
  const auto account = new_account("ana");
  const auto outcome = store().write([&](ports::Transaction& t) -> Result<void> {
    CASEBRIDGE_CHECK(t.accounts().set_password_hash_only(account.id, "new"));
    const auto seen = read([&](auto& other) { return other.accounts().find(account.id); });
    EXPECT_TRUE(seen && *seen);
    EXPECT_EQ((*seen)->password_hash, "$argon2id$sample");
    return {};
  });
  EXPECT_TRUE(outcome);
}

TEST_P(ConcurrencyTest, TwoThatReplaceTheSameDatasetLeaveOneOfTheTwo) {
  const auto account = new_account("ana");
  const auto link = new_link(account.id, "person");
  std::atomic<int> failed = 0;
  together(4, [&](ports::Store& store, int number) {
    const std::vector<ports::RecordVersion> records{sample_record("P1", std::to_string(number)),
                                                    sample_record("P2", std::to_string(number))};
    if (!write_with(
            store, [&](auto& t) { return t.snapshots().replace(link.id, "C1", "payments", records, at(5)); }))
      ++failed;
  });
  EXPECT_EQ(failed, 0);
  const auto page = read([&](auto& t) {
    return t.snapshots().current(ports::RecordQuery{account.id, {}, {}, {}});
  });
  ASSERT_TRUE(page);
  ASSERT_EQ(page->records.size(), 2U);
  EXPECT_EQ(page->records[0].body, page->records[1].body);
  EXPECT_EQ(page->records[0].version, 4);
}

}  // namespace
}  // namespace casebridge::storage
