// Clusters: one debt in two states is counted once, and nothing of one state is told through the other.
#include <set>

#include "core/desk/list_cases.hpp"
#include "core/desk/list_ledger.hpp"
#include "core/desk/read_summary.hpp"
#include "tests/support/interstate_family.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using casebridge::testing::ohio_case;
using casebridge::testing::ohio_side;
using casebridge::testing::StateSide;
using casebridge::testing::texas_case;
using casebridge::testing::texas_side;

model::Money dollars(std::int64_t whole) { return {whole * 100}; }

class Clusters : public DeskWorld {
 protected:
  void state_tells(ScriptedAdapter& adapter, const std::string& key, const model::CaseContent& content) {
    adapter.next_list(
        [key] { return casebridge::testing::read<model::CaseList>(casebridge::testing::list_of({key})); });
    adapter.next_read([content](const model::CaseReadQuery&) {
      return casebridge::testing::read<model::CaseContent>(content);
    });
  }
  void link_texas(const StateSide& side = {}) {
    link("session_only", "person-1", "tx-icop");
    state_tells(systems_.texas, texas_case, texas_side(side));
    run_jobs();
  }
  void link_ohio(const StateSide& side = {}) {
    link("session_only", "person-2", "oh-csenet");
    state_tells(systems_.ohio, ohio_case, ohio_side(side));
    run_jobs();
  }
  void link_both(const StateSide& texas = {}, const StateSide& ohio = {}) {
    link_texas(texas);
    clock_.advance(std::chrono::seconds{1});
    link_ohio(ohio);
  }
  std::vector<ClusterView> clusters() { return list_cases(desk(), caller())->clusters; }
  AccountSummary summary() { return *read_summary(desk(), caller()); }
  std::string case_in(const std::string& jurisdiction) {
    const auto list = list_cases(desk(), caller());
    for (const CaseView& one : list->cases)
      if (one.record.jurisdiction == jurisdiction) return one.record.id;
    return {};
  }
  LedgerPage ledger(std::optional<std::string> case_id = {}, int limit = 500,
                    std::optional<LedgerPlace> after = {}) {
    return *list_ledger(desk(), caller(), {std::move(case_id), std::move(after), limit});
  }
};

TEST_F(Clusters, ShowOneOfficialFigureAndExplainTheOther) {
  link_both();
  const auto all = clusters();
  ASSERT_EQ(all.size(), 1u);
  const ClusterView& one = all[0];
  EXPECT_EQ(one.state, "confirmed");
  EXPECT_TRUE(one.id.starts_with("clu_") && one.id.size() == 30) << one.id;
  ASSERT_EQ(one.members.size(), 2u);
  EXPECT_EQ(one.members[0].jurisdiction, "us-tx");
  EXPECT_EQ(one.members[0].role, "initiating");
  EXPECT_EQ(one.members[1].case_id, case_in("us-oh"));
  ASSERT_TRUE(one.official);
  EXPECT_EQ(one.official->amount, dollars(5'000));
  EXPECT_EQ(one.official->jurisdiction, "us-tx");
  EXPECT_EQ(one.official->as_of->text(), "2026-03-01");
  ASSERT_EQ(one.others.size(), 1u);
  EXPECT_EQ(one.others[0].figure.amount, dollars(4'800));
  EXPECT_EQ(one.others[0].figure.as_of->text(), "2026-03-06");
  EXPECT_EQ(one.others[0].difference, dollars(200));
  EXPECT_TRUE(one.others[0].explained);
  EXPECT_EQ(one.in_transit, dollars(200));
  ASSERT_EQ(one.interest.size(), 1u);
  EXPECT_EQ(one.interest[0].amount, dollars(320));
  EXPECT_EQ(one.interest[0].jurisdiction, "us-tx");
  EXPECT_TRUE(one.fees.empty());
  EXPECT_EQ(one.combined_arrears, dollars(5'000));
  EXPECT_TRUE(one.warnings.empty());
}

TEST_F(Clusters, KeepTheirIdWhileTheirMembersStay) {
  link_both();
  const std::string id = clusters().at(0).id;
  restart();
  EXPECT_EQ(clusters().at(0).id, id);
}

TEST_F(Clusters, StandSideBySideWhenOnlyOneStateKnows) {
  link_both({}, {.names_the_other = false});
  const auto all = clusters();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].state, "probable");
  EXPECT_FALSE(all[0].official);
  EXPECT_FALSE(all[0].combined_arrears);
  EXPECT_FALSE(all[0].in_transit);
  ASSERT_EQ(all[0].others.size(), 2u);
  EXPECT_EQ(all[0].others[0].figure.amount, dollars(5'000));
  EXPECT_EQ(all[0].others[1].figure.amount, dollars(4'800));
  EXPECT_FALSE(all[0].others[0].difference);
  EXPECT_EQ(all[0].warnings, std::vector<std::string>{"unconfirmed"});
  const AccountSummary total = summary();
  EXPECT_EQ(total.agreement, "not_available");
  EXPECT_FALSE(total.combined);
  EXPECT_EQ(total.note_key, "summary.may_be_same_debt");
  EXPECT_EQ(ledger().entries.size(), 49u);  // nothing is merged on a guess
}

TEST_F(Clusters, AreAConflictWhenTheStatesNameDifferentCases) {
  link_both({}, {.other_case = "99999"});
  ASSERT_EQ(clusters().size(), 1u);
  EXPECT_EQ(clusters()[0].state, "conflict");
  EXPECT_FALSE(clusters()[0].combined_arrears);
}

TEST_F(Clusters, AreNotMadeOfOneCase) {
  link_texas();
  EXPECT_TRUE(clusters().empty());
  const AccountSummary total = summary();
  EXPECT_EQ(total.cases_open, 1);
  EXPECT_EQ(total.agreement, "single_source");
  EXPECT_EQ(total.combined, dollars(5'000));
  EXPECT_FALSE(total.in_transit);
  EXPECT_TRUE(total.note_key.empty());
  EXPECT_EQ(ledger().entries.size(), 24u);
}

TEST_F(Clusters, CombineNothingThatHasExpired) {
  link_both();
  clock_.advance(std::chrono::hours{24 * 31});
  const auto all = clusters();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].state, "confirmed");
  EXPECT_FALSE(all[0].official);
  EXPECT_FALSE(all[0].combined_arrears);
  EXPECT_FALSE(all[0].in_transit);
  EXPECT_EQ(all[0].others.size(), 2u);
  EXPECT_EQ(all[0].warnings, std::vector<std::string>{"expired_data"});
  EXPECT_FALSE(summary().combined);
  EXPECT_EQ(ledger().entries.size(), 49u);
}

TEST_F(Clusters, AddUpToTheOfficialFigureOnce) {
  link_both();
  const AccountSummary total = summary();
  EXPECT_EQ(total.cases_open, 2);
  EXPECT_EQ(total.agreement, "agree");
  ASSERT_EQ(total.debts.size(), 1u);
  EXPECT_EQ(total.debts[0].official.amount, dollars(5'000));
  EXPECT_EQ(total.debts[0].cluster_id, clusters()[0].id);
  EXPECT_EQ(total.combined, dollars(5'000));
  EXPECT_EQ(total.in_transit, dollars(200));
  ASSERT_EQ(total.interest.size(), 1u);
  EXPECT_EQ(total.interest[0].amount, dollars(320));
  ASSERT_TRUE(total.last_payment);
  EXPECT_EQ(total.last_payment->payment.amount, dollars(200));
  EXPECT_EQ(total.last_payment->jurisdiction, "us-oh");
  ASSERT_TRUE(total.next_due);
  EXPECT_EQ(total.next_due->due.amount.cents, 41'250);
  EXPECT_EQ(total.sources_included, (std::vector<std::string>{"us-tx", "us-oh"}));
  EXPECT_TRUE(total.sources_missing.empty());
  EXPECT_EQ(total.oldest_as_of, "2026-03-01");
}

TEST_F(Clusters, AddDifferentCasesOfOneSystem) {
  SampleCase second;
  second.key = "0099999999";
  synced_link({{}, second});
  const AccountSummary total = summary();
  EXPECT_EQ(total.debts.size(), 2u);
  EXPECT_EQ(total.combined, dollars(10'000));
  EXPECT_TRUE(total.note_key.empty());
}

TEST_F(Clusters, ShowARelayedPaymentOnceWithItsLegs) {
  link_both();
  const LedgerPage page = ledger();
  ASSERT_EQ(page.entries.size(), 25u);  // 12 payments, 12 times paid out, 1 on its way
  int merged = 0, on_the_way = 0;
  for (const RecordView& entry : page.entries) {
    if (entry.in_transit) {
      ++on_the_way;
      EXPECT_EQ(entry.jurisdiction, "us-oh");
      EXPECT_NE(entry.projected.find("\"200.00\""), std::string::npos);
    }
    if (entry.legs.empty()) continue;
    ++merged;
    EXPECT_EQ(entry.jurisdiction, "us-tx");
    ASSERT_EQ(entry.same_as.size(), 1u);
    ASSERT_EQ(entry.legs.size(), 4u);
    const model::LegKind kinds[] = {model::LegKind::collected, model::LegKind::forwarded,
                                    model::LegKind::received_from_state, model::LegKind::disbursed};
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(entry.legs[i].kind, kinds[i]);
      EXPECT_EQ(entry.legs[i].jurisdiction, i < 2 ? "us-oh" : "us-tx");
      EXPECT_EQ(entry.legs[i].amount, entry.legs[0].amount);
    }
    EXPECT_EQ(entry.legs[0].date->plus_days(1), *entry.legs[1].date);
    EXPECT_EQ(entry.legs[0].date->plus_days(4), *entry.legs[2].date);
    EXPECT_EQ(entry.legs[0].date->plus_days(6), *entry.legs[3].date);
  }
  EXPECT_EQ(merged, 12);
  EXPECT_EQ(on_the_way, 1);
}

TEST_F(Clusters, KeepEachStatesOwnViewOfItsCase) {
  link_both();
  const LedgerPage ohio = ledger(case_in("us-oh"));
  ASSERT_EQ(ohio.entries.size(), 25u);
  int same = 0;
  for (const RecordView& entry : ohio.entries) {
    EXPECT_EQ(entry.jurisdiction, "us-oh");
    EXPECT_TRUE(entry.legs.empty());
    same += static_cast<int>(entry.same_as.size());
  }
  EXPECT_EQ(same, 12);
  EXPECT_EQ(ledger(case_in("us-tx")).entries.size(), 24u);
}

TEST_F(Clusters, PageTheMergedLedgerWithoutGapsRepeatsOrEmptyPages) {
  link_both();
  std::vector<std::string> expected;
  for (const RecordView& entry : ledger().entries) expected.push_back(entry.id);
  for (const int limit : {1, 4, 5, 24, 25}) {
    std::vector<std::string> seen;
    std::optional<LedgerPlace> after;
    for (int pages = 0; pages < 40; ++pages) {
      const LedgerPage page = ledger({}, limit, after);
      EXPECT_FALSE(page.entries.empty());
      for (const RecordView& entry : page.entries) seen.push_back(entry.id);
      after = page.next;
      if (!after) break;
    }
    EXPECT_EQ(seen, expected) << limit;
  }
}

// What an answer says, without the ids and times of one run.
struct Said {
  std::size_t clusters, ledger_entries;
  bool marked, combined_known, in_transit_known;
  std::string agreement, note;
  std::multiset<std::string> ledger, figures;
  friend bool operator==(const Said&, const Said&) = default;
};

class Guarded : public Clusters, public ::testing::WithParamInterface<model::SafetyLevel> {
 protected:
  Said said() {
    const AccountSummary total = summary();
    const LedgerPage page = ledger();
    Said made{clusters().size(),
              page.entries.size(),
              false,
              total.combined.has_value(),
              total.in_transit.has_value(),
              total.agreement,
              total.note_key,
              {},
              {}};
    for (const RecordView& entry : page.entries) {
      made.marked = made.marked || entry.in_transit || !entry.legs.empty() || !entry.same_as.empty();
      made.ledger.insert(entry.jurisdiction + entry.projected + entry.content_tag);
    }
    for (const DebtView& debt : total.debts)
      made.figures.insert(debt.official.jurisdiction + debt.official.amount.text() + debt.cluster_id);
    for (const FigureView& interest : total.interest)
      made.figures.insert(interest.jurisdiction + " interest " + interest.amount.text());
    return made;
  }
};

class GuardedTexas : public Guarded {};
class GuardedOhio : public Guarded {};
class Twin : public Guarded {};

// Of a family whose two cases know nothing of each other.
void expect_as_of_a_twin(const Said& said) {
  EXPECT_EQ(said.clusters, 0u);
  EXPECT_EQ(said.ledger_entries, 49u);
  EXPECT_FALSE(said.marked);
  EXPECT_FALSE(said.combined_known);
  EXPECT_FALSE(said.in_transit_known);
  EXPECT_EQ(said.agreement, "single_source");
  EXPECT_EQ(said.note, "summary.may_be_same_debt");
  EXPECT_EQ(said.figures,
            (std::multiset<std::string>{"us-tx5000.00", "us-oh4800.00", "us-tx interest 320.00"}));
}

TEST_P(GuardedTexas, IsToldLikeATwinWithoutTheReference) {
  link_both({.safety = GetParam()}, {});
  expect_as_of_a_twin(said());
}

TEST_P(GuardedOhio, IsToldLikeATwinWithoutTheReference) {
  link_both({}, {.safety = GetParam()});
  expect_as_of_a_twin(said());
}

TEST_P(Twin, IsToldTheSame) {
  link_both({.names_the_other = false}, {.names_the_other = false, .safety = GetParam()});
  expect_as_of_a_twin(said());
}

constexpr auto levels = std::array{model::SafetyLevel::redact_location, model::SafetyLevel::payments_only};
INSTANTIATE_TEST_SUITE_P(Levels, GuardedTexas, ::testing::ValuesIn(levels));
INSTANTIATE_TEST_SUITE_P(Levels, GuardedOhio, ::testing::ValuesIn(levels));
INSTANTIATE_TEST_SUITE_P(Levels, Twin, ::testing::Values(model::SafetyLevel::none));

}  // namespace
}  // namespace casebridge::desk::testing
