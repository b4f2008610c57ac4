// Whatever is changed in a log is found, at its place.
#include "core/audit/chain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "core/audit/canonical.hpp"
#include "core/audit/verdict.hpp"
#include "tests/unit/audit/sample_log.hpp"

namespace casebridge::audit {
namespace {

using Log = std::vector<ports::AuditEntry>;

Finding check(const Log& log, std::vector<Checkpoint> outside = {}) {
  StreamCheck check("accounts", std::move(outside));
  for (const ports::AuditEntry& entry : log)
    if (!check.take(entry)) break;
  return check.finding();
}

Checkpoint checkpoint_of(const Log& log, std::size_t size) {
  ChainCheck chain("accounts");
  for (std::size_t i = 0; i < size; ++i) EXPECT_TRUE(chain.take(log[i]));
  return {"casebridge/accounts", size, chain.tree().root()};
}

// Everything from there on is linked again, as somebody who can write the database would.
void link_again(Log& log, std::size_t from) {
  std::optional<ports::AuditHead> head;
  if (from > 0) head = ports::AuditHead{log[from - 1].seq, log[from - 1].hash};
  for (std::size_t i = from; i < log.size(); ++i) {
    log[i] = link(head, log[i].record);
    head = ports::AuditHead{log[i].seq, log[i].hash};
  }
}

TEST(ChainTest, ALogAsItWasWrittenIsGood) {
  const Log log = sample_log(100);
  EXPECT_EQ(check(log, {checkpoint_of(log, 0), checkpoint_of(log, 63), checkpoint_of(log, 100)}).verdict,
            Verdict::good);
}

TEST(ChainTest, AChangeOfAnyColumnIsFoundAtItsRow) {
  const std::vector<std::function<void(ports::AuditEntry&)>> changes = {
      [](auto& e) { e.record.id += "x"; },
      [](auto& e) { e.record.stream += "x"; },
      [](auto& e) { e.record.at -= std::chrono::seconds(1); },
      [](auto& e) { e.record.actor += "x"; },
      [](auto& e) { e.record.subject.clear(); },
      [](auto& e) { e.record.action = "did"; },
      [](auto& e) { e.record.outcome = "refused"; },
      [](auto& e) { e.record.request += "x"; },
      [](auto& e) { e.record.details = "{}"; },
      [](auto& e) { e.record.personal.clear(); },
      [](auto& e) { ++e.seq; },
      [](auto& e) { e.prev_hash[0] = e.prev_hash[0] == 'a' ? 'b' : 'a'; },
      [](auto& e) { e.hash[0] = e.hash[0] == 'a' ? 'b' : 'a'; },
  };
  ChainCheck before("accounts");
  for (const ports::AuditEntry& entry : sample_log(100)) {
    for (std::size_t column = 0; column < changes.size(); ++column) {
      ports::AuditEntry changed = entry;
      changes[column](changed);
      ChainCheck chain = before;
      ASSERT_FALSE(chain.take(changed)) << entry.seq << " " << column;
      ASSERT_EQ(chain.bad_seq(), entry.seq) << column;
    }
    ASSERT_TRUE(before.take(entry));
  }
}

TEST(ChainTest, ARowThatIsMissingInTheMiddleIsFound) {
  Log log = sample_log(20);
  log.erase(log.begin() + 7);
  EXPECT_EQ(check(log).verdict, Verdict::broken);
  EXPECT_EQ(check(log).seq, 8);
}

TEST(ChainTest, RowsThatChangedPlacesAreFound) {
  Log log = sample_log(20);
  std::swap(log[4], log[5]);
  EXPECT_EQ(check(log).seq, 5);
}

TEST(ChainTest, ARowThatIsThereTwiceIsFound) {
  Log log = sample_log(20);
  log.insert(log.begin() + 9, log[8]);
  EXPECT_EQ(check(log).seq, 10);
}

TEST(ChainTest, AnInsertedRowIsFound) {
  Log log = sample_log(20);
  log.insert(log.begin() + 9, link(ports::AuditHead{9, log[8].hash}, sample_record(99)));
  EXPECT_EQ(check(log).seq, 11);
}

TEST(ChainTest, OnlyACheckpointFindsAMissingTail) {
  const Log log = sample_log(100);
  const Checkpoint outside = checkpoint_of(log, 100);
  for (std::size_t missing = 1; missing <= 50; ++missing) {
    const Log shorter(log.begin(), log.end() - static_cast<std::ptrdiff_t>(missing));
    ASSERT_EQ(check(shorter).verdict, Verdict::good);
    const Finding found = check(shorter, {outside});
    ASSERT_EQ(found.verdict, Verdict::truncated) << missing;
    ASSERT_EQ(found.seq, static_cast<std::int64_t>(shorter.size()) + 1);
  }
}

TEST(ChainTest, OnlyACheckpointFindsALogThatWasWrittenAnew) {
  Log log = sample_log(40);
  const Checkpoint outside = checkpoint_of(log, 30);
  log[10].record.actor = "acc_somebody_else";
  link_again(log, 10);
  EXPECT_EQ(check(log).verdict, Verdict::good);
  EXPECT_EQ(check(log, {outside}).verdict, Verdict::rewritten);
}

TEST(ChainTest, WhatHappenedAfterTheCheckpointMayBeNew) {
  Log log = sample_log(40);
  const Checkpoint outside = checkpoint_of(log, 30);
  log[35].record.actor = "acc_somebody_else";
  link_again(log, 35);
  EXPECT_EQ(check(log, {outside}).verdict, Verdict::good);
}

TEST(ChainTest, EveryTwoOfTwentyCheckpointsAgree) {
  const Log log = sample_log(200);
  std::vector<Checkpoint> twenty;
  for (std::size_t i = 1; i <= 20; ++i) twenty.push_back(checkpoint_of(log, i * 10));
  EXPECT_EQ(check(log, twenty).verdict, Verdict::good);
  for (std::size_t wrong = 0; wrong < twenty.size(); ++wrong) {
    std::vector<Checkpoint> changed = twenty;
    changed[wrong].root[0] ^= 1U;
    EXPECT_EQ(check(log, changed).seq, static_cast<std::int64_t>((wrong + 1) * 10));
  }
}

TEST(ChainTest, AClockThatGoesBackIsTakenAndTold) {
  std::optional<ports::AuditHead> head;
  ChainCheck chain("accounts");
  for (int i = 0; i < 6; ++i) {
    ports::AuditRecord record = sample_record(i);
    if (i >= 3) record.at -= std::chrono::hours(1);
    const ports::AuditEntry entry = link(head, std::move(record));
    head = ports::AuditHead{entry.seq, entry.hash};
    ASSERT_TRUE(chain.take(entry));
  }
  EXPECT_EQ(chain.clock_back_at(), 4);
}

}  // namespace
}  // namespace casebridge::audit
