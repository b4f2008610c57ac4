// Mail, throttle counters and kept answers.
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class OutboxTest : public StoreSuite {};
CASEBRIDGE_ON_BOTH_ENGINES(OutboxTest);

ports::MailItem sample_mail(int due) {
  ports::MailItem item{MailId::make(at(due)), "ana@example.com", "Subject " + std::to_string(due),
                       "c2VhbGVk"};
  item.next_at = at(due);
  item.created_at = at(0);
  return item;
}

TEST_P(OutboxTest, MailIsTakenWhenDueOldestFirstAndLeased) {
  for (const int due : {20, 10, 30})
    ASSERT_TRUE(write([&](auto& t) { return t.mails().insert(sample_mail(due)); }));
  const auto taken = write([&](auto& t) { return t.mails().take_due(at(20), at(80), 5); });
  ASSERT_TRUE(taken);
  ASSERT_EQ(taken->size(), 2U);
  EXPECT_EQ((*taken)[0].subject, "Subject 10");
  EXPECT_EQ((*taken)[1].sealed_text, "c2VhbGVk");
  EXPECT_TRUE(write([&](auto& t) { return t.mails().take_due(at(29), at(80), 5); })->empty());
  EXPECT_EQ(write([&](auto& t) { return t.mails().take_due(at(80), at(90), 2); })->size(), 2U);
}

TEST_P(OutboxTest, MailGoesWhenSentAndComesBackWhenNot) {
  const auto item = sample_mail(10);
  ASSERT_TRUE(write([&](auto& t) { return t.mails().insert(item); }));
  ASSERT_TRUE(write([&](auto& t) { return t.mails().retry_at(item.id, 3, at(50)); }));
  EXPECT_TRUE(write([&](auto& t) { return t.mails().take_due(at(49), at(60), 5); })->empty());
  const auto taken = write([&](auto& t) { return t.mails().take_due(at(50), at(60), 5); });
  ASSERT_EQ(taken->size(), 1U);
  EXPECT_EQ(taken->front().tries, 3);
  ASSERT_TRUE(write([&](auto& t) { return t.mails().remove(item.id); }));
  EXPECT_TRUE(write([&](auto& t) { return t.mails().take_due(at(999), at(1000), 5); })->empty());
}

TEST_P(OutboxTest, AThrottleStartsEmptyAndKeepsWhatIsWritten) {
  const auto empty = read([&](auto& t) { return t.throttles().read("sign_in:ana"); });
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->count, 0);
  EXPECT_FALSE(empty->locked_until);
  ASSERT_TRUE(write([&](auto& t) { return t.throttles().write("sign_in:ana", {4, at(1), 2, at(60)}); }));
  ASSERT_TRUE(write([&](auto& t) {
    return t.throttles().write("sign_in:ana", {5, at(1), 3, std::nullopt});
  }));
  const auto kept = read([&](auto& t) { return t.throttles().read("sign_in:ana"); });
  EXPECT_EQ(kept->count, 5);
  EXPECT_EQ(kept->window_start, at(1));
  EXPECT_EQ(kept->locks, 3);
  EXPECT_FALSE(kept->locked_until);
}

TEST_P(OutboxTest, APurgeOfThrottlesKeepsLocksThatHold) {
  clock_.set(at(50));
  ASSERT_TRUE(write([&](auto& t) { return t.throttles().write("old", {1, at(1), 0, {}}); }));
  ASSERT_TRUE(write([&](auto& t) { return t.throttles().write("locked", {1, at(1), 1, at(51)}); }));
  ASSERT_TRUE(write([&](auto& t) { return t.throttles().write("young", {1, at(40), 0, {}}); }));
  EXPECT_EQ(*write([&](auto& t) { return t.throttles().purge(at(40)); }), 1);
  EXPECT_EQ(read([&](auto& t) { return t.throttles().read("locked"); })->count, 1);
  EXPECT_EQ(read([&](auto& t) { return t.throttles().read("old"); })->count, 0);
}

TEST_P(OutboxTest, APurgeOfThrottlesLeavesWhatIsKept) {
  const auto put = [&](bool kept) {
    return write([&](auto& t) { return t.throttles().write("failures:ana", {7, at(1), 0, {}, kept}); });
  };
  ASSERT_TRUE(put(true));
  EXPECT_EQ(*write([&](auto& t) { return t.throttles().purge(at(40)); }), 0);
  EXPECT_EQ(read([&](auto& t) { return t.throttles().read("failures:ana"); })->count, 7);
  ASSERT_TRUE(put(false));
  EXPECT_EQ(*write([&](auto& t) { return t.throttles().purge(at(40)); }), 1);
}

TEST_P(OutboxTest, AKeyIsReservedOnceAndAnswersWithWhatWasKept) {
  const ports::StoredAnswer running{"fingerprint", 0, "", at(0)};
  EXPECT_FALSE(*write([&](auto& t) { return t.idempotency().reserve("acc", "key", running); }));
  const auto still_running = write([&](auto& t) { return t.idempotency().reserve("acc", "key", running); });
  ASSERT_TRUE(*still_running);
  EXPECT_EQ((*still_running)->status, 0);
  EXPECT_FALSE(*write([&](auto& t) { return t.idempotency().reserve("other", "key", running); }));

  ASSERT_TRUE(write([&](auto& t) { return t.idempotency().complete("acc", "key", 201, "{}"); }));
  const ports::StoredAnswer other_body{"another", 0, "", at(5)};
  const auto kept = write([&](auto& t) { return t.idempotency().reserve("acc", "key", other_body); });
  EXPECT_EQ((*kept)->status, 201);
  EXPECT_EQ((*kept)->body, "{}");
  EXPECT_EQ((*kept)->fingerprint, "fingerprint");
}

TEST_P(OutboxTest, AKeyIsFreeAgainAfterReleaseOrPurge) {
  const ports::StoredAnswer running{"fingerprint", 0, "", at(10)};
  ASSERT_TRUE(write([&](auto& t) { return t.idempotency().reserve("acc", "key", running); }));
  ASSERT_TRUE(write([&](auto& t) { return t.idempotency().release("acc", "key"); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.idempotency().reserve("acc", "key", running); }));
  EXPECT_EQ(*write([&](auto& t) { return t.idempotency().purge(at(10)); }), 0);
  EXPECT_EQ(*write([&](auto& t) { return t.idempotency().purge(at(11)); }), 1);
  EXPECT_FALSE(*write([&](auto& t) { return t.idempotency().reserve("acc", "key", running); }));
}

}  // namespace
}  // namespace casebridge::storage
