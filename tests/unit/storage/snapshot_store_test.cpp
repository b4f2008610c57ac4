// Snapshots: versions, tombstones, kept ids, pages, and erasing.
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class SnapshotStoreTest : public StoreSuite {
 protected:
  void SetUp() override {
    StoreSuite::SetUp();
    if (IsSkipped()) return;
    account_ = new_account("ana").id;
    link_ = new_link(*account_, "person").id;
  }
  Result<ports::ChangeCounts> replace(const std::vector<ports::RecordVersion>& records, int second = 10) {
    return write(
        [&](auto& t) { return t.snapshots().replace(*link_, "C1", "payments", records, at(second)); });
  }
  std::vector<ports::RecordVersion> shown(ports::RecordQuery query) {
    const auto page = read([&](auto& t) { return t.snapshots().current(query); });
    EXPECT_TRUE(page);
    return page ? page->records : std::vector<ports::RecordVersion>{};
  }
  std::vector<ports::RecordVersion> shown() { return shown(ports::RecordQuery{*account_, {}, {}, {}}); }

  std::optional<AccountId> account_;
  std::optional<LinkId> link_;
};
CASEBRIDGE_ON_BOTH_ENGINES(SnapshotStoreTest);

void expect_counts(const Result<ports::ChangeCounts>& counts, int added, int changed, int removed,
                   int unchanged) {
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->added, added);
  EXPECT_EQ(counts->changed, changed);
  EXPECT_EQ(counts->removed, removed);
  EXPECT_EQ(counts->unchanged, unchanged);
}

TEST_P(SnapshotStoreTest, ShowsWhatTheFirstSyncBrought) {
  const auto record = sample_record("P1", "one");
  expect_counts(replace({record}), 1, 0, 0, 0);
  const auto records = shown();
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].link, *link_);
  EXPECT_EQ(records[0].case_key, "C1");
  EXPECT_EQ(records[0].dataset, "payments");
  EXPECT_EQ(records[0].record_id, record.record_id);
  EXPECT_EQ(records[0].version, 1);
  EXPECT_EQ(records[0].body, "one");
  EXPECT_EQ(records[0].projected, "shown one");
  EXPECT_EQ(records[0].as_of, "2026-03-15");
  EXPECT_EQ(records[0].retrieved_at, at(1));
  EXPECT_EQ(records[0].known_from, at(10));
}

TEST_P(SnapshotStoreTest, TellsAddedChangedRemovedAndUnchangedApart) {
  ASSERT_TRUE(
      replace({sample_record("same", "a"), sample_record("edited", "b"), sample_record("gone", "c")}));
  const auto before = shown();
  expect_counts(
      replace({sample_record("same", "a"), sample_record("edited", "B"), sample_record("new", "d")}, 20), 1,
      1, 1, 1);
  const auto after = shown();
  ASSERT_EQ(after.size(), 3U);  // by key, descending: same, new, edited
  EXPECT_EQ(after[0].version, 1);
  EXPECT_EQ(after[0].known_from, at(10));
  EXPECT_EQ(after[2].body, "B");
  EXPECT_EQ(after[2].version, 2);
  EXPECT_EQ(after[2].known_from, at(20));
  EXPECT_EQ(after[2].record_id, before[2].record_id);
}

TEST_P(SnapshotStoreTest, ARecordThatComesBackKeepsItsId) {
  ASSERT_TRUE(replace({sample_record("P1", "one")}));
  const std::string id = shown().at(0).record_id;
  expect_counts(replace({}, 20), 0, 0, 1, 0);
  EXPECT_TRUE(shown().empty());
  EXPECT_FALSE(*read([&](auto& t) { return t.snapshots().find(*account_, id); }));
  expect_counts(replace({}, 30), 0, 0, 0, 0);
  expect_counts(replace({sample_record("P1", "one")}, 40), 1, 0, 0, 0);
  EXPECT_EQ(shown().at(0).record_id, id);
  EXPECT_EQ(shown().at(0).version, 3);
}

TEST_P(SnapshotStoreTest, AProjectionThatChangedIsShownEvenIfTheRecordDidNotChange) {
  auto record = sample_record("P1", "one");
  ASSERT_TRUE(replace({record}));
  record.projected = "less";
  expect_counts(replace({record}, 20), 0, 1, 0, 0);
  EXPECT_EQ(shown().at(0).projected, "less");
}

TEST_P(SnapshotStoreTest, WhatIsWithheldIsKeptUpToDateWithoutTellingThatItChanged) {
  auto record = sample_record("P1", "one");
  ASSERT_TRUE(replace({record}));
  const auto version = version_of(*account_);
  const std::string shown_before = record.projected;
  record = sample_record("P1", "two");
  record.projected = shown_before;
  expect_counts(replace({record}, 20), 0, 0, 0, 1);
  EXPECT_EQ(version_of(*account_), version);
  const auto after = shown().at(0);
  EXPECT_EQ(after.body, "two");
  EXPECT_EQ(after.content_hash, record.content_hash);
  EXPECT_EQ(after.version, 1);
  EXPECT_EQ(after.known_from, at(10));
}

TEST_P(SnapshotStoreTest, TheVersionRisesOnlyWhenSomethingChanged) {
  ASSERT_TRUE(replace({sample_record("P1", "one"), sample_record("P2", "two")}));
  const auto version = version_of(*account_);
  ASSERT_TRUE(replace({sample_record("P1", "one"), sample_record("P2", "two")}, 20));
  EXPECT_EQ(version_of(*account_), version);
  ASSERT_TRUE(replace({}, 30));
  EXPECT_EQ(version_of(*account_), version + 1);
}

TEST_P(SnapshotStoreTest, RefusesTheSameKeyTwice) {
  const auto twice = replace({sample_record("P1", "one"), sample_record("P1", "two")});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().field, "upstream_key");
  EXPECT_TRUE(shown().empty());
}

TEST_P(SnapshotStoreTest, RefusesALinkThatIsNotThere) {
  const auto nowhere = LinkId::make(at(0));
  const auto counts = write([&](auto& t) {
    return t.snapshots().replace(nowhere, "C1", "payments", {sample_record("P1", "one")}, at(1));
  });
  EXPECT_FALSE(counts);
}

TEST_P(SnapshotStoreTest, CutsPagesByOctetsInDescendingOrder) {
  // A language would sort these otherwise: a before B, and _ nowhere.
  std::vector<ports::RecordVersion> records;
  for (const char* key : {"B", "a", "_", "Z", "é", "2026-01-02"}) records.push_back(sample_record(key, key));
  ASSERT_TRUE(replace(records));
  ports::RecordQuery query{*account_, {}, {}, {"payments"}};
  query.limit = 2;
  std::string order;
  for (bool more = true; more;) {
    const auto page = read([&](auto& t) { return t.snapshots().current(query); });
    ASSERT_TRUE(page);
    ASSERT_LE(page->records.size(), 2U);
    for (const auto& record : page->records) order += record.sort_key + " ";
    query.after_sort_key = page->records.back().sort_key;
    query.after_record_id = page->records.back().record_id;
    more = page->has_more;
  }
  EXPECT_EQ(order, "é a _ Z B 2026-01-02 ");
}

TEST_P(SnapshotStoreTest, EqualSortKeysAreOrderedByRecordId) {
  std::vector<ports::RecordVersion> records;
  for (int i = 0; i < 5; ++i) {
    records.push_back(sample_record("P" + std::to_string(i), "x"));
    records.back().sort_key = "same";
  }
  ASSERT_TRUE(replace(records));
  ports::RecordQuery query{*account_, {}, {}, {}};
  query.limit = 3;
  const auto first = read([&](auto& t) { return t.snapshots().current(query); });
  ASSERT_TRUE(first->has_more);
  query.after_sort_key = "same";
  query.after_record_id = first->records.back().record_id;
  const auto rest = read([&](auto& t) { return t.snapshots().current(query); });
  EXPECT_EQ(rest->records.size(), 2U);
  EXPECT_FALSE(rest->has_more);
  EXPECT_LT(rest->records.front().record_id, first->records.back().record_id);
}

TEST_P(SnapshotStoreTest, AsksForALinkACaseAndDatasets) {
  ASSERT_TRUE(replace({sample_record("P1", "payment")}));
  ASSERT_TRUE(write([&](auto& t) {
    return t.snapshots().replace(*link_, "C2", "orders", {sample_record("O1", "order")}, at(10));
  }));
  ASSERT_TRUE(write([&](auto& t) {
    return t.snapshots().replace(*link_, "C2", "balances", {sample_record("B1", "balance")}, at(10));
  }));
  EXPECT_EQ(shown(ports::RecordQuery{*account_, {}, {}, {"orders", "balances"}}).size(), 2U);
  EXPECT_EQ(shown(ports::RecordQuery{*account_, *link_, "C2", {}}).size(), 2U);
  EXPECT_EQ(shown(ports::RecordQuery{*account_, *link_, "C1", {"orders"}}).size(), 0U);
  ports::RecordQuery all{*account_, *link_, {}, {}};
  all.limit = 0;
  EXPECT_EQ(shown(all).size(), 3U);
}

TEST_P(SnapshotStoreTest, ShowsNothingToOthersNorOfALinkThatEnded) {
  ASSERT_TRUE(replace({sample_record("P1", "one")}));
  const auto id = shown().at(0).record_id;
  const auto ben = new_account("ben").id;
  EXPECT_TRUE(shown(ports::RecordQuery{ben, {}, {}, {}}).empty());
  EXPECT_FALSE(*read([&](auto& t) { return t.snapshots().find(ben, id); }));
  EXPECT_TRUE(*read([&](auto& t) { return t.snapshots().find(*account_, id); }));

  auto link = **read([&](auto& t) { return t.links().find(*account_, *link_); });
  link.state = "closed";
  link.version = 2;
  ASSERT_TRUE(write([&](auto& t) { return t.links().update(link); }));
  EXPECT_TRUE(shown().empty());
  EXPECT_FALSE(*read([&](auto& t) { return t.snapshots().find(*account_, id); }));
}

TEST_P(SnapshotStoreTest, KeepsTheStateOfEachDataset) {
  ports::DatasetState state{*link_, "C1", "payments", "ok", "2026-03-15", at(1), at(2), at(3), 0, "", {}};
  ASSERT_TRUE(write([&](auto& t) { return t.snapshots().put_state(state); }));
  const auto version = version_of(*account_);
  state.sync = "failed";
  state.failures = 2;
  state.trouble = "source_timeout";
  state.retry_at = at(60);
  ASSERT_TRUE(write([&](auto& t) { return t.snapshots().put_state(state); }));
  EXPECT_EQ(version_of(*account_), version + 1);
  const auto states = read([&](auto& t) { return t.snapshots().states(*account_); });
  ASSERT_EQ(states->size(), 1U);
  EXPECT_EQ(states->front().sync, "failed");
  EXPECT_EQ(states->front().as_of, "2026-03-15");
  EXPECT_EQ(states->front().verified_at, at(2));
  EXPECT_EQ(states->front().failures, 2);
  EXPECT_EQ(states->front().trouble, "source_timeout");
  EXPECT_EQ(states->front().retry_at, at(60));
}

TEST_P(SnapshotStoreTest, EraseLeavesNothingOfALinkAndTellsSo) {
  ASSERT_TRUE(replace({sample_record("P1", "one")}));
  ASSERT_TRUE(replace({sample_record("P1", "two")}, 20));
  const auto other = new_link(*account_, "another person");
  ASSERT_TRUE(write([&](auto& t) {
    return t.snapshots().replace(other.id, "C9", "payments", {sample_record("P9", "stays")}, at(10));
  }));
  ASSERT_TRUE(write([&](auto& t) {
    return t.snapshots().put_state({*link_, "C1", "payments", "ok", {}, {}, {}, {}, 0, "", {}});
  }));
  const auto version = version_of(*account_);
  ASSERT_TRUE(write([&](auto& t) { return t.snapshots().erase(*link_); }));
  EXPECT_EQ(version_of(*account_), version + 1);
  ASSERT_EQ(shown().size(), 1U);
  EXPECT_EQ(shown().at(0).body, "stays");
  EXPECT_TRUE(read([&](auto& t) { return t.snapshots().states(*account_); })->empty());
  const auto again = sample_record("P1", "one");
  expect_counts(replace({again}, 40), 1, 0, 0, 0);
}

}  // namespace
}  // namespace casebridge::storage
