// Views: every figure says whose it is and how old, and a state that is down never looks like one that owes
// nothing.
#include <set>

#include "core/desk/list_cases.hpp"
#include "core/desk/list_jurisdictions.hpp"
#include "core/desk/list_ledger.hpp"
#include "core/desk/read_jurisdiction.hpp"
#include "core/desk/read_link.hpp"
#include "core/desk/read_status.hpp"
#include "core/desk/start_link_attempt.hpp"
#include "core/desk/view_case.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using casebridge::testing::read;
using model::Dataset;

class Views : public DeskWorld {
 protected:
  CaseFile file_of(const SampleCase& sample, const std::string& subject) {
    const LinkId id = link("session_only", subject);
    state_has({sample});
    run_jobs();
    const auto list = list_cases(desk(), caller());
    for (const CaseView& one : list->cases) {
      if (one.record.link == id) {
        return *view_case(desk(), caller(), one.record.id,
                          {std::begin(model::all_datasets), std::end(model::all_datasets)});
      }
    }
    throw std::runtime_error("the case is not listed");
  }
};

TEST_F(Views, show_nothing_yet_to_somebody_without_links) {
  const auto list = list_cases(desk(), caller());
  ASSERT_TRUE(list);
  EXPECT_EQ(list->coverage.completeness, "none_yet");
  EXPECT_FALSE(list->coverage.nothing_to_show);
}

TEST_F(Views, say_that_the_first_sync_still_runs) {
  link();
  const auto list = list_cases(desk(), caller());
  EXPECT_EQ(list->coverage.completeness, "none_yet");
  ASSERT_EQ(list->coverage.sources.size(), 1u);
  EXPECT_EQ(list->coverage.sources[0].outcome, "syncing");
}

TEST_F(Views, tell_until_when_a_complete_list_stays_the_same) {
  synced_link({{}});
  clock_.advance(std::chrono::minutes{4});
  const auto list = list_cases(desk(), caller());
  ASSERT_TRUE(list->same_until);
  EXPECT_GT(*list->same_until, clock_.now());
  // Days end on a quarter of an hour in every zone.
  EXPECT_LE(*list->same_until, clock_.now() + std::chrono::minutes{15});
}

TEST_F(Views, turn_no_later_than_the_freshness_of_a_dataset) {
  synced_link({{}});
  const Instant synced = clock_.now();
  clock_.advance(std::chrono::hours{24} - std::chrono::seconds{1});
  const auto list = list_cases(desk(), caller());
  ASSERT_TRUE(list->same_until);
  EXPECT_EQ(*list->same_until, synced + std::chrono::hours{24});
}

TEST_F(Views, promise_nothing_of_a_list_that_is_not_complete) {
  synced_link({{}});
  clock_.advance(std::chrono::hours{25});
  const auto list = list_cases(desk(), caller());
  EXPECT_NE(list->coverage.completeness, "complete");
  EXPECT_FALSE(list->same_until);
}

TEST_F(Views, show_a_case_with_its_source_its_age_and_its_official_door) {
  synced_link({{}});
  clock_.advance(std::chrono::hours{1});
  const auto list = list_cases(desk(), caller());
  ASSERT_TRUE(list);
  ASSERT_EQ(list->cases.size(), 1u);
  const CaseView& view = list->cases[0];
  EXPECT_EQ(view.record.type, "case");
  EXPECT_EQ(view.record.jurisdiction, "us-tx");
  EXPECT_EQ(view.record.freshness, "fresh");
  EXPECT_EQ(view.record.as_of, "2026-03-15");
  EXPECT_TRUE(view.record.record_key.starts_with("h:"));
  EXPECT_EQ(view.record.record_key.find("0012345678"), std::string::npos);
  EXPECT_NE(view.record.projected.find("\"data\""), std::string::npos);
  EXPECT_EQ(view.portal_url.value, "https://portal.example/TX");
  EXPECT_EQ(view.phone.provenance, "secondary");
  ASSERT_TRUE(view.next_due && view.next_due->date);
  EXPECT_EQ(view.next_due->amount.cents, 41250);
  EXPECT_EQ(view.next_due->date->text(), "2026-04-01");
  ASSERT_TRUE(view.last_payment);
  EXPECT_EQ(view.last_payment->date->text(), "2026-02-05");
  EXPECT_EQ(list->coverage.completeness, "complete");
  EXPECT_EQ(list->coverage.watermark[0].jurisdiction, "us-tx");
}

TEST_F(Views, accept_a_person_without_cases) {
  synced_link({});
  const auto list = list_cases(desk(), caller());
  EXPECT_EQ(list->coverage.completeness, "complete");
  EXPECT_EQ(list->coverage.sources[0].outcome, "ok");
  EXPECT_EQ(list->coverage.sources[0].records, 0);
}

TEST_F(Views, are_partial_when_one_of_two_states_is_down) {
  synced_link({{}});
  clock_.advance(std::chrono::seconds{1});  // links are listed by age
  link("session_only", "person-9", "oh-csenet");
  systems_.ohio.next_list(
      []() -> ports::Answer<model::CaseList> { return trouble(TroubleCode::source_unavailable); });
  run_jobs();
  const auto list = list_cases(desk(), caller());
  EXPECT_EQ(list->cases.size(), 1u);
  EXPECT_EQ(list->coverage.completeness, "partial");
  ASSERT_EQ(list->coverage.sources.size(), 2u);
  EXPECT_EQ(list->coverage.sources[0].outcome, "ok");
  EXPECT_EQ(list->coverage.sources[1].outcome, "missing");
  EXPECT_EQ(list->coverage.sources[1].problem->code, TroubleCode::source_unavailable);
  EXPECT_FALSE(list->coverage.watermark[1].as_of);
}

TEST_F(Views, have_nothing_to_show_when_every_state_failed) {
  link();
  systems_.texas.next_list(
      []() -> ports::Answer<model::CaseList> { return trouble(TroubleCode::source_timeout); });
  run_jobs();
  const auto list = list_cases(desk(), caller());
  EXPECT_TRUE(list->coverage.nothing_to_show);
  EXPECT_EQ(list->coverage.sources[0].problem->code, TroubleCode::source_timeout);
}

TEST_F(Views, go_stale_by_the_clock_even_if_nothing_failed) {
  synced_link({{}});
  clock_.advance(std::chrono::hours{25});
  const auto list = list_cases(desk(), caller());
  EXPECT_EQ(list->cases[0].record.freshness, "stale");
  EXPECT_EQ(list->coverage.sources[0].outcome, "stale");
  EXPECT_EQ(list->coverage.sources[0].problem->code, TroubleCode::needs_user);
  EXPECT_EQ(list->coverage.sources[0].problem->remedy_action, "repair_link");
  EXPECT_EQ(run_jobs(), 0);  // no session, so no refresh by itself
}

TEST_F(Views, start_one_refresh_when_a_stale_read_finds_a_live_session) {
  systems_.texas.next_begin([] { return signed_in("person-1"); });  // a session without an idle end
  const LinkId id = *type(start(), "Right-1")->link;
  state_has({{}});
  run_jobs();
  clock_.advance(std::chrono::hours{25});
  EXPECT_EQ(list_cases(desk(), caller())->coverage.sources[0].outcome, "stale");
  EXPECT_TRUE(list_cases(desk(), caller()));
  EXPECT_TRUE(read_link(desk(), caller(), id)->open_sync);
  state_has({{}});
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(list_cases(desk(), caller())->coverage.sources[0].outcome, "ok");
}

TEST_F(Views, give_the_ledger_page_by_page_newest_first) {
  SampleCase sample;
  sample.payment_cents = {100, 200, 300, 400, 500};
  synced_link({sample});
  ListLedger asked;
  asked.limit = 2;
  std::vector<std::string> seen;
  int pages = 0;
  for (;;) {
    const auto page = list_ledger(desk(), caller(), asked);
    ASSERT_TRUE(page);
    ++pages;
    for (const RecordView& entry : page->entries) seen.push_back(entry.id);
    if (!page->next) break;
    asked.after = page->next;
  }
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 5u);
  const auto all = list_ledger(desk(), caller(), {});
  EXPECT_NE(all->entries.front().projected.find("5.00"), std::string::npos);
  EXPECT_EQ(all->entries.front().type, "ledger_entry");
  EXPECT_TRUE(all->entries.front().case_id.starts_with("cas_"));
}

TEST_F(Views, keep_the_ledger_to_one_case_when_asked) {
  SampleCase other;
  other.key = "0099999999";
  other.payment_cents = {777};
  synced_link({{}, other});
  const auto list = list_cases(desk(), caller());
  int entries = 0;
  for (const CaseView& one : list->cases) {
    ListLedger asked;
    asked.case_id = one.record.id;
    const auto page = list_ledger(desk(), caller(), asked);
    for (const RecordView& entry : page->entries) EXPECT_EQ(entry.case_id, one.record.id);
    entries += static_cast<int>(page->entries.size());
  }
  EXPECT_EQ(entries, 3);
  ListLedger foreign;
  foreign.case_id = list->cases[0].record.id;
  EXPECT_EQ(list_ledger(desk(), stranger(), foreign).error().code, TroubleCode::not_found);
  foreign.limit = 0;
  EXPECT_EQ(list_ledger(desk(), caller(), foreign).error().field, "limit");
}

TEST_F(Views, hide_cases_of_others) {
  synced_link({{}});
  const auto list = list_cases(desk(), caller());
  EXPECT_EQ(view_case(desk(), stranger(), list->cases[0].record.id, {}).error().code, TroubleCode::not_found);
  EXPECT_TRUE(list_cases(desk(), stranger())->cases.empty());
}

TEST_F(Views, look_the_same_for_a_guarded_case_as_for_its_twin_without_the_details) {
  SampleCase guarded;
  guarded.safety = model::SafetyLevel::redact_location;
  SampleCase twin;
  twin.hearing_place = Missing::not_provided;
  twin.with_caseworker = false;
  const CaseFile a = file_of(guarded, "person-1");
  const CaseFile b = file_of(twin, "person-2");
  EXPECT_EQ(a.view.record.projected, b.view.record.projected);
  ASSERT_EQ(a.sections.size(), b.sections.size());
  for (std::size_t i = 0; i < a.sections.size(); ++i) {
    EXPECT_EQ(a.sections[i].outcome, b.sections[i].outcome) << i;
    ASSERT_EQ(a.sections[i].records.size(), b.sections[i].records.size()) << i;
    for (std::size_t j = 0; j < a.sections[i].records.size(); ++j) {
      EXPECT_EQ(a.sections[i].records[j].projected, b.sections[i].records[j].projected) << i;
      EXPECT_EQ(a.sections[i].records[j].version, b.sections[i].records[j].version);
    }
  }
}

TEST_F(Views, list_states_by_name_with_their_systems) {
  const auto all = list_jurisdictions(desk());
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].info->id, "us-ca");
  EXPECT_TRUE(all[0].systems.empty());
  EXPECT_EQ(all[2].info->id, "us-tx");
  ASSERT_EQ(all[2].systems.size(), 1u);
  EXPECT_EQ(all[2].systems[0]->id, "tx-icop");
}

TEST_F(Views, read_a_state_by_its_exact_id) {
  EXPECT_TRUE(read_jurisdiction(desk(), "us-oh"));
  EXPECT_EQ(read_jurisdiction(desk(), "oh").error().code, TroubleCode::not_found);
}

TEST_F(Views, tell_the_health_of_a_system_in_one_word) {
  EXPECT_EQ(read_status(desk())[0].refresh, "normal");
  systems_.health_[0].breaker = ports::Breaker::open;
  systems_.health_[1].operations.push_back(
      {"case.list", 1, 1, 0, clock_.now(), clock_.now() + std::chrono::seconds{5}});
  const auto all = read_status(desk());
  EXPECT_EQ(all[0].refresh, "stopped");
  EXPECT_EQ(all[1].refresh, "delayed");
  EXPECT_EQ(all[1].display_name, "Ohio exchange");
}

TEST_F(Views, tell_a_planned_closing_before_any_call_finds_it) {
  systems_.maintenance_until_ = clock_.now() + std::chrono::hours{2};
  const auto all = read_status(desk());
  ASSERT_TRUE(all[0].closing);
  EXPECT_EQ(all[0].closing->state, "Texas");
  EXPECT_EQ(all[0].closing->until, clock_.now() + std::chrono::hours{2});
  EXPECT_EQ(all[0].refresh, "stopped");
}

TEST_F(Views, call_nothing_closed_that_did_not_say_so) {
  const auto now = clock_.now();
  const auto closed = [&](TroubleCode code, std::optional<Instant> until) {
    Trouble said = trouble(code);
    said.retry_at = until;
    return closing_of(systems_, "tx-icop", said, now).has_value();
  };
  EXPECT_TRUE(closed(TroubleCode::source_maintenance, now + std::chrono::seconds{1}));
  EXPECT_FALSE(closed(TroubleCode::source_maintenance, now));
  EXPECT_FALSE(closed(TroubleCode::source_maintenance, std::nullopt));
  EXPECT_FALSE(closed(TroubleCode::source_unavailable, now + std::chrono::seconds{1}));
}

TEST_F(Views, say_from_which_day_on_a_state_tells_payments) {
  const LinkId id = link();
  systems_.texas.next_list(
      [] { return read<model::CaseList>(casebridge::testing::list_of({SampleCase{}.key})); });
  systems_.texas.next_read([](const model::CaseReadQuery&) {
    model::CaseContent content = content_of(SampleCase{});
    for (model::DatasetAnswer& answer : content.datasets)
      if (answer.dataset == Dataset::payments)
        std::get<model::DatasetContent>(answer.answer).history_from = casebridge::testing::day("2026-01-05");
    return read<model::CaseContent>(std::move(content));
  });
  EXPECT_EQ(run_jobs(), 1);
  const auto view = read_link(desk(), caller(), id);
  for (const DatasetView& dataset : view->datasets)
    EXPECT_EQ(dataset.history_from.value_or(""), dataset.dataset == "payments" ? "2026-01-05" : "");
  EXPECT_EQ(list_ledger(desk(), caller(), {})->coverage.sources.at(0).history_from, "2026-01-05");
  EXPECT_FALSE(list_cases(desk(), caller())->coverage.sources.at(0).history_from);
}

}  // namespace
}  // namespace casebridge::desk::testing
