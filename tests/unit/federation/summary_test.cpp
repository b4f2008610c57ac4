// Summary: next due and last payment from single figures, never from sums of sums.
#include "core/federation/summary.hpp"

#include <gtest/gtest.h>

#include "core/model/adapter_codec.hpp"
#include "tests/unit/model/sample_records.hpp"

namespace casebridge::federation {
namespace {

using model::Date;
using model::Frequency;
using model::Money;
namespace sample = model::sample;

const Date today = sample::day("2026-03-16");

ports::RecordVersion row(std::string_view dataset, std::string id, std::string body) {
  const Instant read_at{};
  return {.link = LinkId::make(read_at),
          .case_key = "1",
          .dataset = std::string(dataset),
          .record_id = std::move(id),
          .upstream_key = {},
          .content_hash = {},
          .body = std::move(body),
          .projected = {},
          .sort_key = {}};
}
ports::RecordVersion row(const model::Obligation& one) {
  return row("obligations", "obl_1", encode_obligation(one));
}
ports::RecordVersion row(const model::Payment& one) {
  return row("payments", "led_" + one.key, encode_record(std::vector{one}, 0));
}
ports::RecordVersion row(const model::BalanceLine& one) {
  return row("balances", "bal_1", encode_record(std::vector{one}, 0));
}
ports::RecordVersion row(const model::Case& one) {
  return row("cases", "cas_1", encode_record(std::vector{one}, 0));
}

model::Obligation obligation(std::string_view starts, Frequency frequency, std::int64_t cents) {
  model::Obligation made{.key = "O", .debt_type = model::DebtType::child_support, .amount = Money{cents}};
  made.starts = sample::day(starts);
  made.frequency = frequency;
  return made;
}

model::Payment payment(std::string key, std::string_view collected, std::int64_t cents) {
  model::Payment made{.key = std::move(key), .amount = Money{cents}, .collected = sample::day(collected)};
  made.status = model::PaymentStatus::applied;
  return made;
}

std::string due(std::string_view starts, Frequency frequency, std::string_view now) {
  const auto date = next_due_date(sample::day(starts), frequency, sample::day(now));
  return date ? date->text() : "";
}

TEST(NextDueDate, FollowsTheCalendar) {
  EXPECT_EQ(due("2019-06-01", Frequency::monthly, "2026-03-16"), "2026-04-01");
  EXPECT_EQ(due("2019-06-16", Frequency::monthly, "2026-03-16"), "2026-03-16");
  EXPECT_EQ(due("2020-01-31", Frequency::monthly, "2026-02-01"), "2026-02-28");
  EXPECT_EQ(due("2020-01-31", Frequency::monthly, "2026-03-01"), "2026-03-31");
  EXPECT_EQ(due("2025-11-15", Frequency::bimonthly, "2026-03-16"), "2026-05-15");
  EXPECT_EQ(due("2025-12-31", Frequency::quarterly, "2026-06-30"), "2026-06-30");
  EXPECT_EQ(due("2025-03-17", Frequency::semiannual, "2026-03-16"), "2026-03-17");
  EXPECT_EQ(due("2024-02-29", Frequency::annual, "2026-03-16"), "2027-02-28");
  EXPECT_EQ(due("2026-03-06", Frequency::weekly, "2026-03-16"), "2026-03-20");
  EXPECT_EQ(due("2026-03-02", Frequency::biweekly, "2026-03-16"), "2026-03-16");
  EXPECT_EQ(due("2026-05-01", Frequency::monthly, "2026-03-16"), "2026-05-01");
}

TEST(NextDueDate, SaysNothingWhereTheScheduleDoesNot) {
  EXPECT_EQ(due("2019-06-01", Frequency::semimonthly, "2026-03-16"), "");
  EXPECT_EQ(due("2019-06-01", Frequency::unknown, "2026-03-16"), "");
  EXPECT_EQ(due("2019-06-01", Frequency::once, "2026-03-16"), "");
  EXPECT_EQ(due("2026-06-01", Frequency::once, "2026-03-16"), "2026-06-01");
}

TEST(Summary, TakesTheNearestDayAndWhatIsOrderedForIt) {
  model::Obligation support = obligation("2019-06-01", Frequency::monthly, 41250);
  support.arrears_amount = Money{5000};
  support.arrears_frequency = model::Coded<Frequency>(Frequency::monthly);
  const auto made = summary_of({row(support), row(obligation("2020-01-01", Frequency::monthly, 3000)),
                                row(obligation("2020-01-25", Frequency::annual, 99900))},
                               today);
  ASSERT_TRUE(made.next_due);
  EXPECT_EQ(made.next_due->amount.cents, 49250);
  EXPECT_EQ(made.next_due->date->text(), "2026-04-01");
  EXPECT_EQ(made.next_due->frequency, "monthly");
}

TEST(Summary, LeavesOutWhatEndedAndWhatAnotherStateTells) {
  model::Obligation over = obligation("2019-06-01", Frequency::monthly, 100);
  over.ends = sample::day("2026-03-15");
  model::Obligation elsewhere = obligation("2019-06-01", Frequency::monthly, 100);
  elsewhere.concurrent = model::Concurrent::secondary;
  const auto nothing = obligation("2019-06-01", Frequency::monthly, 0);
  const auto paid_once = obligation("2019-06-01", Frequency::once, 100);
  EXPECT_FALSE(summary_of({row(over), row(elsewhere), row(nothing), row(paid_once)}, today).next_due);
  over.ends = sample::day("2026-03-20");
  EXPECT_EQ(summary_of({row(over)}, today).next_due->date, std::nullopt);
}

TEST(Summary, ClosedCasesHaveNothingDue) {
  model::Case closed = sample::a_case();
  closed.status = model::CaseStatus::closed;
  EXPECT_FALSE(summary_of({row(closed), row(sample::an_obligation())}, today).next_due);
  EXPECT_TRUE(summary_of({row(sample::a_case()), row(sample::an_obligation())}, today).next_due);
}

TEST(Summary, AnAggregateIsUsedAloneAndNeverAdded) {
  model::BalanceLine monthly{.key = "B", .bucket = model::Bucket::monthly_due, .amount = Money{46250}};
  monthly.is_aggregate = true;
  EXPECT_EQ(summary_of({row(monthly)}, today).next_due->amount.cents, 46250);
  EXPECT_EQ(summary_of({row(monthly), row(obligation("2019-06-01", Frequency::monthly, 41250))}, today)
                .next_due->amount.cents,
            41250);
}

TEST(Summary, NegativeFiguresStayNegative) {
  model::BalanceLine overpaid{.key = "B", .bucket = model::Bucket::monthly_due, .amount = Money{-5000}};
  EXPECT_EQ(summary_of({row(overpaid)}, today).next_due->amount.cents, -5000);
}

TEST(Summary, LastPaymentIsTheNewestThatHappened) {
  model::Payment reversed = payment("P4", "2026-03-14", 100);
  reversed.status = model::PaymentStatus::reversed;
  model::Payment taken_back = payment("P5", "2026-03-13", 200);
  model::Payment correction = payment("P6", "2026-03-15", -200);
  correction.adjusts = model::Text("P5");
  model::Payment memo = payment("P7", "2026-03-15", 300);
  memo.is_memo = true;
  const auto made =
      summary_of({row(payment("P1", "2026-02-01", 41250)), row(payment("P2", "2026-03-01", 41300)),
                  row(reversed), row(taken_back), row(correction), row(memo)},
                 today);
  ASSERT_TRUE(made.last_payment);
  EXPECT_EQ(made.last_payment->record_id, "led_P2");
  EXPECT_EQ(made.last_payment->amount.cents, 41300);
  EXPECT_EQ(made.last_payment->date->text(), "2026-03-01");
}

TEST(Summary, FallsBackToTheLineTheStateGives) {
  model::BalanceLine line{.key = "B", .bucket = model::Bucket::last_payment, .amount = Money{12000}};
  line.as_of = sample::day("2026-03-02");
  const auto made = summary_of({row(line)}, today);
  EXPECT_EQ(made.last_payment->amount.cents, 12000);
  EXPECT_EQ(made.last_payment->date->text(), "2026-03-02");
  EXPECT_EQ(made.last_payment->record_id, "");
}

TEST(Summary, NothingStoredMeansNothingSaid) {
  EXPECT_FALSE(summary_of({}, today).next_due);
  EXPECT_FALSE(summary_of({row("payments", "led_1", "not json")}, today).last_payment);
}

}  // namespace
}  // namespace casebridge::federation
