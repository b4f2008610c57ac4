// Pairing, payment matching and the ledger of record, on families whose figures are written out by hand.
#include "core/federation/pairing.hpp"

#include <gtest/gtest.h>

#include "core/federation/ledger_of_record.hpp"

namespace casebridge::federation {
namespace {

using namespace model;

Date day(const char* iso) { return *Date::parse(iso); }
Money dollars(std::int64_t whole, int cents = 0) { return Money{whole * 100 + cents}; }

BalanceLine line(Bucket bucket, Money amount, bool aggregate = false) {
  BalanceLine made;
  made.bucket = bucket;
  made.amount = amount;
  made.is_aggregate = aggregate;
  return made;
}

Payment payment(const char* key, Money amount, const char* collected, SourceClass source) {
  Payment made;
  made.key = key;
  made.amount = amount;
  made.collected = day(collected);
  made.source = source;
  made.status = PaymentStatus::applied;
  return made;
}

CaseFacts texas(Money arrears, const char* as_of = "2026-03-01") {
  CaseFacts facts;
  facts.record_id = "cas_tx";
  facts.usps = "TX";
  facts.number_form.length = 10;
  facts.content.number = "0012345678";
  IntergovRef reference;
  reference.other_state = "OH";
  reference.other_case = std::string("7001234567");
  reference.my_role = IntergovRole::initiating;
  facts.content.intergov = {reference};
  Order order;
  order.issuing_state = std::string("TX");
  order.controlling = Controlling::determined;
  facts.orders = {order};
  facts.balances = {line(Bucket::total_arrears, arrears, true)};
  facts.ledger_date = day(as_of);
  return facts;
}

CaseFacts ohio(Money arrears, const char* as_of = "2026-03-06") {
  CaseFacts facts;
  facts.record_id = "cas_oh";
  facts.usps = "OH";
  facts.number_form.length = 10;
  facts.content.number = "7001234567";
  IntergovRef reference;
  reference.other_state = "TX";
  reference.other_case = std::string("12345678");
  reference.my_role = IntergovRole::responding;
  facts.content.intergov = {reference};
  facts.balances = {line(Bucket::total_arrears, arrears, true)};
  facts.ledger_date = day(as_of);
  return facts;
}

ReconciledPair reconciled(const std::vector<CaseFacts>& cases) {
  const auto pairs = find_pairs(cases);
  EXPECT_EQ(pairs.size(), 1u);
  return reconcile(cases, pairs.at(0), day("2026-03-16"));
}

bool warns(const ReconciledPair& pair, LedgerWarning warning) {
  return std::find(pair.warnings.begin(), pair.warnings.end(), warning) != pair.warnings.end();
}

TEST(Pairing, MutualReferenceIsConfirmedWhateverTheSpelling) {
  const auto pairs = find_pairs(std::vector{ohio(dollars(1)), texas(dollars(1))});
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(pairs[0].state, PairState::confirmed);
  EXPECT_TRUE(pairs[0].roles_known);
  EXPECT_EQ(pairs[0].initiating, 1u);
}

TEST(Pairing, AReferenceOfZerosNamesNoCase) {
  auto zeros = ohio(dollars(1));
  zeros.content.intergov[0].other_case = std::string("000000000000000");
  EXPECT_EQ(find_pairs(std::vector{texas(dollars(1)), zeros}).at(0).state, PairState::probable);
}

TEST(Pairing, OneWayReferenceIsOnlyProbable) {
  auto silent = ohio(dollars(4'800));
  silent.content.intergov.clear();
  const std::vector cases{texas(dollars(5'000)), silent};
  const auto result = reconciled(cases);
  EXPECT_EQ(result.pair.state, PairState::probable);
  EXPECT_FALSE(result.combined_arrears);
  EXPECT_TRUE(warns(result, LedgerWarning::unconfirmed));
  ASSERT_EQ(result.debts.size(), 2u);
}

TEST(Pairing, ReferenceToAnotherCaseIsAConflict) {
  auto elsewhere = ohio(dollars(1));
  elsewhere.content.intergov[0].other_case = std::string("9999999999");
  EXPECT_EQ(find_pairs(std::vector{texas(dollars(1)), elsewhere}).at(0).state, PairState::conflict);
}

TEST(Pairing, SafetyOnEitherSideProposesNothing) {
  auto guarded = ohio(dollars(1));
  guarded.safety = SafetyLevel::payments_only;
  EXPECT_TRUE(find_pairs(std::vector{texas(dollars(1)), guarded}).empty());
  EXPECT_TRUE(find_pairs(std::vector{guarded, texas(dollars(1))}).empty());
}

TEST(Pairing, UnrelatedFamiliesOfOneParentAreNoPair) {
  auto other = ohio(dollars(700));
  other.content.intergov.clear();
  auto first = texas(dollars(1'000));
  first.content.intergov.clear();
  EXPECT_TRUE(find_pairs(std::vector{first, other}).empty());
}

TEST(Pairing, TwoCasesThatClaimOnePartnerAreConflicts) {
  auto asking = texas(dollars(1));
  auto second = ohio(dollars(1));
  second.record_id = "cas_oh2";
  second.content.number = "7001234568";
  asking.content.intergov.push_back(asking.content.intergov[0]);
  asking.content.intergov[1].other_case = second.content.number;
  const auto pairs = find_pairs(std::vector{asking, ohio(dollars(1)), second});
  ASSERT_EQ(pairs.size(), 2u);
  EXPECT_EQ(pairs[0].state, PairState::conflict);
  EXPECT_EQ(pairs[1].state, PairState::conflict);
}

TEST(Pairing, LimitedServicesAreNoPair) {
  auto asked = texas(dollars(1));
  auto helper = ohio(dollars(1));
  asked.content.intergov[0].my_role = IntergovRole::limited_service;
  helper.content.intergov[0].my_role = IntergovRole::limited_service;
  EXPECT_TRUE(find_pairs(std::vector{asked, helper}).empty());
}

TEST(LedgerOfRecord, EqualLedgersGiveOneFigureWithoutWarning) {
  const auto result = reconciled({texas(dollars(5'000)), ohio(dollars(5'000), "2026-03-01")});
  EXPECT_EQ(*result.combined_arrears, dollars(5'000));
  EXPECT_TRUE(result.warnings.empty());
  EXPECT_TRUE(result.debts.at(0).others.at(0).explained);
}

TEST(LedgerOfRecord, MoneyInTransitExplainsTheDifference) {
  auto collecting = ohio(dollars(4'800));
  collecting.payments = {payment("R13", dollars(200), "2026-03-05", SourceClass::direct)};
  const auto result = reconciled({texas(dollars(5'000)), collecting});
  EXPECT_EQ(result.debts.at(0).official.amount, dollars(5'000));
  EXPECT_EQ(result.debts.at(0).official.member, 0u);
  EXPECT_EQ(result.debts.at(0).others.at(0).figure.amount, dollars(4'800));
  EXPECT_EQ(result.debts.at(0).others.at(0).difference, dollars(200));
  EXPECT_TRUE(result.debts.at(0).others.at(0).explained);
  EXPECT_EQ(result.in_transit, dollars(200));
  EXPECT_FALSE(warns(result, LedgerWarning::ledger_mismatch));
}

TEST(LedgerOfRecord, PostedPaymentIsOnePaymentAndNoLongerInTransit) {
  auto collecting = ohio(dollars(4'800));
  collecting.payments = {payment("R13", dollars(200), "2026-03-05", SourceClass::direct)};
  auto receiving = texas(dollars(4'800), "2026-03-09");
  receiving.payments = {payment("P13", dollars(200), "2026-03-05", SourceClass::other_state)};
  const auto result = reconciled({receiving, collecting});
  EXPECT_EQ(*result.combined_arrears, dollars(4'800));
  ASSERT_EQ(result.payments.matches.size(), 1u);
  EXPECT_EQ(result.in_transit, dollars(0));
}

TEST(LedgerOfRecord, UnexplainedDifferenceIsAMismatchAndNeverASum) {
  const auto result = reconciled({texas(dollars(5'000)), ohio(dollars(9'200))});
  EXPECT_EQ(*result.combined_arrears, dollars(5'000));
  EXPECT_EQ(result.debts.at(0).others.at(0).difference, dollars(-4'200));
  EXPECT_TRUE(warns(result, LedgerWarning::ledger_mismatch));
}

TEST(LedgerOfRecord, AggregateAndItsPartsAreOneFigure) {
  CaseFacts facts;
  facts.balances = {line(Bucket::arrears_family, dollars(3'500)),
                    line(Bucket::arrears_assigned, dollars(2'500)),
                    line(Bucket::total_arrears, dollars(6'000), true)};
  EXPECT_EQ(*arrears_of(facts), dollars(6'000));
  facts.balances.pop_back();
  EXPECT_EQ(*arrears_of(facts), dollars(6'000));
}

TEST(LedgerOfRecord, NoLineAboutArrearsIsNotZero) {
  CaseFacts facts;
  facts.balances = {line(Bucket::current_due, dollars(650))};
  EXPECT_FALSE(arrears_of(facts));
}

TEST(LedgerOfRecord, InterestComesFromTheStateThatChargesIt) {
  auto charging = texas(dollars(5'000));
  charging.balances.push_back(line(Bucket::interest, dollars(320)));
  const auto result = reconciled({charging, ohio(dollars(5'000))});
  ASSERT_EQ(result.debts.size(), 2u);
  EXPECT_EQ(result.debts[1].kind, DebtKind::interest);
  EXPECT_EQ(result.debts[1].official.amount, dollars(320));
  EXPECT_EQ(result.debts[1].official.member, 0u);
  EXPECT_TRUE(result.debts[1].others.empty());
}

TEST(LedgerOfRecord, InterestIsToldByTheOneStateThatChargesItThoughTheOtherWritesZero) {
  auto charging = texas(dollars(5'000));
  charging.balances.push_back(line(Bucket::interest, dollars(320)));
  auto not_charging = ohio(dollars(5'000));
  not_charging.balances.push_back(line(Bucket::interest, dollars(0)));
  for (const bool ohio_is_official : {false, true}) {
    if (ohio_is_official) {
      not_charging.orders = charging.orders;
      not_charging.orders[0].issuing_state = std::string("OH");
      charging.orders.clear();
    }
    const auto result = reconciled({charging, not_charging});
    EXPECT_EQ(result.official_member, ohio_is_official ? 1u : 0u);
    ASSERT_EQ(result.debts.size(), 2u);
    EXPECT_EQ(result.debts[1].official.amount, dollars(320));
    EXPECT_EQ(result.debts[1].official.member, 0u);
    EXPECT_TRUE(result.debts[1].others.empty());
  }
}

TEST(LedgerOfRecord, OverpaidLedgerIsNotClamped) {
  auto collecting = ohio(dollars(-50));
  collecting.payments = {payment("R1", dollars(70), "2026-03-05", SourceClass::direct)};
  const auto result = reconciled({texas(dollars(20)), collecting});
  EXPECT_EQ(result.debts.at(0).others.at(0).figure.amount, dollars(-50));
  EXPECT_EQ(result.in_transit, dollars(70));
  EXPECT_TRUE(result.debts.at(0).others.at(0).explained);
}

TEST(LedgerOfRecord, TransitIsJudgedAgainstTheLedgersDateNotToday) {
  auto collecting = ohio(dollars(4'800));
  collecting.payments = {payment("R1", dollars(200), "2026-02-10", SourceClass::direct)};
  EXPECT_EQ(reconciled({texas(dollars(5'000)), collecting}).in_transit, dollars(0));
  EXPECT_EQ(reconciled({texas(dollars(5'000), "2026-02-15"), collecting}).in_transit, dollars(200));
}

TEST(LedgerOfRecord, MemoOfMoneyThatMovedElsewhereIsNotInTransit) {
  auto collecting = ohio(dollars(5'000));
  collecting.payments = {payment("R1", dollars(412), "2026-03-05", SourceClass::involuntary_other)};
  collecting.payments[0].is_memo = true;
  EXPECT_EQ(reconciled({texas(dollars(5'000)), collecting}).in_transit, dollars(0));
}

TEST(LedgerOfRecord, OldLedgerIsSaidToBeStale) {
  EXPECT_TRUE(warns(reconciled({texas(dollars(5'000), "2026-02-01"), ohio(dollars(5'000))}),
                    LedgerWarning::stale_ledger));
}

TEST(PaymentMatch, SeveralCollectionsMaySumToOneReceipt) {
  const std::vector received{payment("A", dollars(300), "2026-02-05", SourceClass::other_state)};
  const std::vector collected{payment("b", dollars(100), "2026-02-03", SourceClass::direct),
                              payment("c", dollars(200), "2026-02-04", SourceClass::withholding)};
  const auto found = match_payments(received, collected, Known<Date>(day("2026-03-01")));
  ASSERT_EQ(found.matches.size(), 1u);
  EXPECT_EQ(found.matches[0].collected.size(), 2u);
}

TEST(PaymentMatch, EachCollectionIsUsedOnce) {
  const std::vector received{payment("A", dollars(100), "2026-02-05", SourceClass::other_state),
                             payment("B", dollars(100), "2026-02-05", SourceClass::other_state)};
  const std::vector collected{payment("c", dollars(100), "2026-02-04", SourceClass::direct)};
  EXPECT_EQ(match_payments(received, collected, Known<Date>(day("2026-02-10"))).matches.size(), 1u);
}

TEST(PaymentMatch, TwoEquallyGoodPartnersAreLeftUnmatchedAndFlagged) {
  const std::vector received{payment("A", dollars(100), "2026-02-05", SourceClass::other_state)};
  const std::vector collected{payment("c", dollars(100), "2026-02-03", SourceClass::direct),
                              payment("d", dollars(100), "2026-02-07", SourceClass::direct)};
  const auto found = match_payments(received, collected, Known<Date>(day("2026-02-10")));
  EXPECT_TRUE(found.matches.empty());
  EXPECT_EQ(found.ambiguous.size(), 2u);
  EXPECT_EQ(found.in_transit_amount, dollars(0));
}

TEST(PaymentMatch, ReceiptThatIsNotFromAnotherStateIsItsOwnPayment) {
  const std::vector received{payment("A", dollars(100), "2026-02-05", SourceClass::direct)};
  const std::vector collected{payment("c", dollars(100), "2026-02-05", SourceClass::direct)};
  EXPECT_TRUE(match_payments(received, collected, Known<Date>(day("2026-02-10"))).matches.empty());
}

}  // namespace
}  // namespace casebridge::federation
