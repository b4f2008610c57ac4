// A policy that becomes stricter reaches what is stored at once: nothing is shown by the rules of before.
#include "core/desk/project_anew.hpp"

#include "core/desk/list_cases.hpp"
#include "core/desk/list_ledger.hpp"
#include "core/desk/read_link.hpp"
#include "core/desk/read_summary.hpp"
#include "core/desk/run_sync.hpp"
#include "core/desk/sync_link.hpp"
#include "core/desk/view_case.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using model::Dataset;
using model::SafetyLevel;

class ProjectingAnew : public DeskWorld {
 protected:
  // As if the gateway were started again with this level in the system's settings.
  void start_with(SafetyLevel policy) {
    systems_.info("tx-icop").safety_policy = static_cast<int>(policy);
    restart();
    ASSERT_TRUE(declare_projection_rules(desk()));
  }
  std::vector<CaseView> cases() { return list_cases(desk(), caller())->cases; }
  std::string shown_contacts(const std::string& case_id) {
    std::string all;
    const auto file =
        view_case(desk(), caller(), case_id, {Dataset::cases, Dataset::contacts, Dataset::events});
    if (!file) return std::string(file.error().row().name);
    for (const CaseSection& section : file->sections)
      for (const RecordView& record : section.records) all += record.projected;
    return all;
  }
};

TEST_F(ProjectingAnew, AStricterLevelHoldsForTheNextReader) {
  start_with(SafetyLevel::none);
  const LinkId id = synced_link({{}});
  const std::string case_id = cases().at(0).record.id;
  const Instant read_at = cases().at(0).record.retrieved_at;
  EXPECT_NE(shown_contacts(case_id).find("County court"), std::string::npos);
  clock_.advance(std::chrono::minutes{5});
  start_with(SafetyLevel::payments_only);
  EXPECT_EQ(shown_contacts(case_id).find("County court"), std::string::npos);
  ASSERT_EQ(cases().size(), 1U);
  EXPECT_EQ(cases().at(0).record.id, case_id);
  EXPECT_EQ(cases().at(0).record.retrieved_at, read_at);
}

TEST_F(ProjectingAnew, ACaseThatNobodyMaySeeAnyMoreIsGone) {
  start_with(SafetyLevel::none);
  const LinkId id = synced_link({{}});
  const std::string case_id = cases().at(0).record.id;
  start_with(SafetyLevel::case_blocked);
  EXPECT_EQ(view_case(desk(), caller(), case_id, {}).error().code, TroubleCode::not_found);
  EXPECT_TRUE(cases().empty());
  EXPECT_TRUE(list_ledger(desk(), caller(), {})->entries.empty());
  EXPECT_EQ(read_summary(desk(), caller())->cases_open, 0);
  const auto link = read_link(desk(), caller(), id);
  for (const DatasetView& dataset : link->datasets)
    EXPECT_EQ(dataset.sync, dataset.dataset == "cases" ? "ok" : "unsupported") << dataset.dataset;
}

TEST_F(ProjectingAnew, OfTheSameRulesNothingIsTouched) {
  start_with(SafetyLevel::none);
  synced_link({{}});
  const auto before = list_cases(desk(), caller());
  start_with(SafetyLevel::none);
  const auto after = list_cases(desk(), caller());
  EXPECT_EQ(after->coverage.account_version, before->coverage.account_version);
  EXPECT_EQ(after->cases.at(0).record.version, before->cases.at(0).record.version);
}

TEST_F(ProjectingAnew, WhatLooksTheSameByOtherRulesKeepsItsVersion) {
  start_with(SafetyLevel::none);
  synced_link({{}});
  const auto before = list_cases(desk(), caller());
  start_with(SafetyLevel::redact_location);  // of a case without a level, the state has redacted it itself
  const auto after = list_cases(desk(), caller());
  EXPECT_GT(after->coverage.account_version, before->coverage.account_version);
  EXPECT_EQ(after->cases.at(0).record.version, before->cases.at(0).record.version);
  EXPECT_EQ(after->cases.at(0).record.projected, before->cases.at(0).record.projected);
}

TEST_F(ProjectingAnew, AGatewayWithOlderSettingsShowsNothingAndWritesNothing) {
  start_with(SafetyLevel::none);
  const LinkId id = synced_link({{}});
  start_with(SafetyLevel::payments_only);
  systems_.info("tx-icop").safety_policy = static_cast<int>(SafetyLevel::none);
  const auto list = list_cases(desk(), caller());
  EXPECT_TRUE(list->cases.empty());
  ASSERT_EQ(list->coverage.sources.size(), 1U);
  EXPECT_EQ(list->coverage.sources.at(0).outcome, "missing");
  ASSERT_TRUE(sync_link(desk(), caller(), {id, "req-9"}));
  const int asked = systems_.texas.count("list_cases");
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(systems_.texas.count("list_cases"), asked);
  EXPECT_TRUE(read_link(desk(), caller(), id)->open_sync);
}

}  // namespace
}  // namespace casebridge::desk::testing
