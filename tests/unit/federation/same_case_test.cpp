// One case that a state shows in two accounts: counted once, the newer view official. Figures written by
// hand.
#include <gtest/gtest.h>

#include "core/federation/ledger_of_record.hpp"
#include "core/federation/pairing.hpp"

namespace casebridge::federation {
namespace {

using namespace model;

Date day(const char* iso) { return *Date::parse(iso); }

CaseFacts account(const char* record_id, std::int64_t cents, const char* as_of, const char* docket) {
  CaseFacts facts;
  facts.record_id = record_id;
  facts.usps = "TX";
  facts.number_form.length = 10;
  facts.content.number = "0023456789";
  BalanceLine line;
  line.bucket = Bucket::total_arrears;
  line.amount = Money{cents};
  line.is_aggregate = true;
  facts.balances = {line};
  facts.ledger_date = day(as_of);
  if (docket != nullptr) {
    Order order;
    order.docket = std::string(docket);
    facts.orders = {order};
  }
  return facts;
}

Payment payment(const char* key, std::int64_t cents, const char* posted) {
  Payment made;
  made.key = key;
  made.amount = Money{cents};
  made.posted = day(posted);
  return made;
}

// The case account says 2,460.75 on the first, the payment account 2,310.75 on the 13th.
std::vector<CaseFacts> two_accounts(const char* docket = "2018-55123-F") {
  std::vector<CaseFacts> cases{account("cas_a", 246075, "2026-03-01", "2018-55123-F"),
                               account("cas_b", 231075, "2026-03-13", docket)};
  cases[0].content.participants.resize(3);
  cases[1].payments = {payment("TX-Q0009", 15000, "2026-03-13"), payment("TX-Q0006", 82000, "2026-02-06")};
  return cases;
}

ReconciledPair reconciled(const std::vector<CaseFacts>& cases) {
  auto pairs = find_pairs(cases);
  EXPECT_EQ(pairs.size(), 1u);
  pairs.at(0).state = settled_state(cases, pairs.at(0));
  return reconcile(cases, pairs.at(0), day("2026-03-16"));
}

// One hundred rows of the same number, as no state ever tells, are compared in no time.
TEST(SameCase, ManyOfThemAreNoBurden) {
  const std::vector<CaseFacts> cases(100, account("cas_a", 246075, "2026-03-01", nullptr));
  EXPECT_EQ(find_pairs(cases).size(), 4950u);
}

TEST(SameCase, IsCountedOnceAndTheNewerViewIsOfficial) {
  const auto pair = reconciled(two_accounts());
  EXPECT_EQ(pair.pair.kind, PairKind::same_case);
  ASSERT_EQ(pair.debts.size(), 1u);
  EXPECT_EQ(pair.debts[0].official.amount, Money{231075});
  EXPECT_EQ(pair.debts[0].official.member, 1u);
  EXPECT_EQ(pair.combined_arrears, Known<Money>(Money{231075}));
  ASSERT_EQ(pair.debts[0].others.size(), 1u);
  EXPECT_EQ(pair.debts[0].others[0].figure.amount, Money{246075});
  EXPECT_EQ(pair.debts[0].others[0].difference, Money{-15000});
}

TEST(SameCase, DifferenceIsExplainedByWhatWasPaidInBetween) {
  const auto pair = reconciled(two_accounts());
  EXPECT_TRUE(pair.debts[0].others[0].explained);
  EXPECT_TRUE(pair.warnings.empty());
}

TEST(SameCase, DifferenceThatNoPaymentExplainsIsAWarning) {
  auto cases = two_accounts();
  cases[1].payments.clear();
  const auto pair = reconciled(cases);
  EXPECT_FALSE(pair.debts[0].others[0].explained);
  EXPECT_EQ(pair.warnings, std::vector{LedgerWarning::ledger_mismatch});
}

TEST(SameCase, OfEquallyNewViewsTheFullerAccountIsOfficial) {
  auto cases = two_accounts();
  cases[0].ledger_date = day("2026-03-13");
  EXPECT_EQ(reconciled(cases).debts[0].official.amount, Money{246075});
}

TEST(SameCase, UnderTwoCauseNumbersIsAConflictAndNothingIsCombined) {
  const auto pair = reconciled(two_accounts("2019-00001-A"));
  EXPECT_EQ(pair.pair.state, PairState::conflict);
  EXPECT_FALSE(pair.combined_arrears);
  EXPECT_EQ(pair.debts.size(), 2u);
}

TEST(SameCase, NeedsTheSameNumberInTheSameState) {
  auto cases = two_accounts();
  cases[1].content.number = "0023456788";
  EXPECT_TRUE(find_pairs(cases).empty());
  cases = two_accounts();
  cases[1].usps = "KS";
  EXPECT_TRUE(find_pairs(cases).empty());
}

TEST(SameCase, TakesNoPartnerInAnotherStateAway) {
  auto cases = two_accounts();
  IntergovRef there, back;
  there.other_state = "OH";
  there.other_case = std::string("7001234567");
  back.other_state = "TX";
  back.other_case = std::string("0023456789");
  cases[0].content.intergov = {there};
  CaseFacts ohio = account("cas_oh", 240000, "2026-03-05", nullptr);
  ohio.usps = "OH";
  ohio.content.number = "7001234567";
  ohio.content.intergov = {back};
  cases.push_back(ohio);
  const auto pairs = find_pairs(cases);
  ASSERT_EQ(pairs.size(), 2u);
  for (const CasePair& pair : pairs) EXPECT_EQ(pair.state, PairState::confirmed);
}

}  // namespace
}  // namespace casebridge::federation
