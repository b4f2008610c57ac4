// Records made of the examples; the figures are those that can be read there by eye.
#include <gtest/gtest.h>

#include "plugins/ohio_csenet/datasets.hpp"
#include "tests/unit/ohio_csenet/lines.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Bucket;

CaseFile file_of(const std::string& body, const char* case_number = "7001234567") {
  auto file = CaseFile::open(parsed(body), {case_number, "9900000", "000000001001"});
  if (!file) throw std::runtime_error("refused: " + file.refusal().detail);
  return std::move(*file);
}
CaseFile example_file() { return file_of(example("ans_fsinf")); }
Transaction example_status() { return parsed(example("ans_gspud")).front(); }
InterestNotice example_interest() {
  return *read_interest(parsed(example("ans_gstai")).front(), AmountSign::leading_minus);
}

TEST(ReadCase, ExampleIsTheCaseOfTheOneWhoPays) {
  const auto read = read_case(example_file(), example_status(), nullptr);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->key, "7001234567");
  EXPECT_EQ(read->assistance.value, model::Assistance::former_assistance);
  EXPECT_EQ(read->processing.value, model::Processing::collection);
  EXPECT_EQ(read->viewer_role.value, model::Role::noncustodial_parent);
  EXPECT_EQ(read->locator, std::string("3904900"));
  ASSERT_EQ(read->participants.size(), 3U);
  EXPECT_TRUE(read->participants[0].is_self);
  EXPECT_EQ(read->participants[0].birth_date, model::Date::parse("1984-07-19"));
  EXPECT_EQ(read->participants[1].name.last, "WHITFIELD");
  EXPECT_EQ(read->participants[2].relation_to_cp, std::string("natural"));
  ASSERT_EQ(read->intergov.size(), 1U);
  EXPECT_EQ(read->intergov[0].other_state, "TX");
}

TEST(ReadOrders, ExampleHasOneOrderWithOneObligation) {
  const auto orders = read_orders(example_file());
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].key, "4845300/D-1-FM-14-001234");
  EXPECT_EQ(orders[0].issuing_state, std::string("TX"));
  EXPECT_EQ(orders[0].controlling.value, model::Controlling::determined);
  ASSERT_EQ(orders[0].obligations.size(), 1U);
  EXPECT_EQ(orders[0].obligations[0].amount.cents, 65000);
  EXPECT_EQ(orders[0].obligations[0].arrears_amount->cents, 10000);
  EXPECT_EQ(orders[0].obligations[0].frequency.value, model::Frequency::monthly);
}

TEST(ReadOrders, BlocksThatAgreeAboutTheOrderAreOneOrder) {
  std::string line = example_lines("ans_fsinf_neg").front();
  const std::size_t order_at = 121 + 351 + 181 + 1421 + 2 * 341;
  std::string second = line.substr(order_at, 254);
  put(second, 0, order_field("Debt-Type"), "MS");
  line.insert(order_at + 254, second);
  line[93] = '2';
  const auto orders = read_orders(file_of(line + "\n", "7006789012"));
  ASSERT_EQ(orders.size(), 1U);
  ASSERT_EQ(orders[0].obligations.size(), 2U);
  EXPECT_EQ(orders[0].obligations[1].debt_type.value, model::DebtType::medical_support_cash);
  EXPECT_NE(orders[0].obligations[0].key, orders[0].obligations[1].key);
}

TEST(ReadBalances, ExampleHasTwoPartsAndATotal) {
  const auto read = read_balances(example_file(), example_interest());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ((*read)[0].bucket.value, Bucket::arrears_assigned);
  EXPECT_EQ((*read)[0].amount.cents, 120000);
  EXPECT_EQ((*read)[0].assignee, std::string("state:TX"));
  EXPECT_EQ((*read)[0].period_to, model::Date::parse("2015-05-31"));
  EXPECT_EQ((*read)[1].amount.cents, 360000);
  EXPECT_EQ((*read)[2].bucket.value, Bucket::total_arrears);
  EXPECT_TRUE((*read)[2].is_aggregate);
  EXPECT_EQ((*read)[2].as_of, model::Date::parse("2026-03-06"));
}

TEST(ReadBalances, TotalThatIsToldTwiceMustBeTheSame) {
  InterestNotice interest = example_interest();
  EXPECT_EQ(interest.arrears->cents, 480000);
  interest.arrears = model::Money{480001};
  const auto read = read_balances(example_file(), interest);
  ASSERT_TRUE(read.refused());
  EXPECT_EQ(read.refusal().detail, "information/GSTAI");
  interest.arrears = Missing::not_provided;
  EXPECT_TRUE(read_balances(example_file(), interest));
}

TEST(ReadBalances, NegativeFiguresAndTheAnswersOwnDate) {
  const auto read = read_balances(file_of(example("ans_fsinf_neg"), "7006789012"), {});
  ASSERT_TRUE(read);
  for (const model::BalanceLine& line : *read) {
    EXPECT_EQ(line.amount.cents, -5000);
    EXPECT_EQ(line.as_of, model::Date::parse("2026-03-16"));
  }
}

TEST(ReadPayments, EqualCollectionsAreTwoPayments) {
  std::string line = example_lines("ans_fsinf_neg").front();
  const std::size_t collections_at = line.size() - 416 - 2 * 70;
  line.replace(collections_at + 70, 70, line.substr(collections_at, 70));
  const auto read = read_payments(file_of(line + "\n", "7006789012"), {});
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].key, "2026-03-02/2026-03-04/35000/withholding");
  EXPECT_EQ((*read)[1].key, (*read)[0].key + "~2");
}

TEST(ReadNotices, InboxOfTheExampleHasAWithholdingAndAMemo) {
  const auto inbox = parsed(example("inbox"));
  const auto actions = read_enforcement(inbox);
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(actions[0].kind.value, model::EnforcementKind::income_withholding);
  EXPECT_EQ(actions[0].date, model::Date::parse("2025-02-20"));
  EXPECT_EQ(actions[0].detail, std::string("BUCKEYE TEST FREIGHT LLC"));
  const auto payments = read_payments(file_of(example("ans_fuinf")), inbox);
  ASSERT_TRUE(payments);
  ASSERT_EQ(payments->size(), 1U);
  EXPECT_TRUE((*payments)[0].is_memo);
  EXPECT_EQ((*payments)[0].amount.cents, 41200);
  EXPECT_EQ((*payments)[0].source.value, model::SourceClass::involuntary_other);
  EXPECT_TRUE(read_events(inbox, false)->empty());
}

TEST(ReadNotices, DecisionsAndUnknownNoticesAreEvents) {
  std::string unknown = example_lines("ans_ssadj").front();
  put(unknown, 0, header_field("Action-Reason"), "SSZZZ");
  const auto events = read_events(parsed(example("ans_ssadj") + unknown + "\n"), false);
  ASSERT_TRUE(events);
  ASSERT_EQ(events->size(), 2U);
  EXPECT_EQ((*events)[0].kind.value, model::EventKind::review);
  EXPECT_EQ((*events)[0].starts_local, "2026-04-15T00:00");
  EXPECT_EQ((*events)[0].status, std::string("SSADJ"));
  EXPECT_EQ((*events)[1].kind, model::Coded<model::EventKind>::unrecognised("SSZZZ"));
  EXPECT_EQ(unknown_codes(model::Records(*events)), 1);
}

TEST(ReadNotices, HearingNeedsATimeThatAClockShows) {
  EXPECT_EQ(hearing_time("HEARING 0930 "), "09:30");
  for (const char* wrong : {"HEARING 2460 ", "HEARING 9:30 ", "HEARING", "MEETING 0930 "})
    EXPECT_FALSE(hearing_time(wrong)) << wrong;
}

}  // namespace
}  // namespace casebridge::ohio_csenet
