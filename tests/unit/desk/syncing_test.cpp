// Syncs: what is stored, what a failure leaves alone, and when only the parent can go on.
#include "core/desk/list_cases.hpp"
#include "core/desk/read_link.hpp"
#include "core/desk/read_sync.hpp"
#include "core/desk/start_link_attempt.hpp"
#include "core/desk/sync_link.hpp"
#include "core/desk/unlink.hpp"
#include "core/desk/view_case.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using casebridge::testing::read;
using model::Dataset;

class Syncing : public DeskWorld {
 protected:
  std::string dataset_sync(const LinkId& id, const std::string& name) {
    const auto view = read_link(desk(), caller(), id);
    for (const DatasetView& dataset : view->datasets) {
      if (dataset.dataset == name) return dataset.sync;
    }
    return "none";
  }
  SyncView press_refresh(const LinkId& id) { return sync_link(desk(), caller(), {id, "req-9"})->sync; }
};

TEST_F(Syncing, stores_every_dataset_and_tells_how_far_it_came) {
  const LinkId id = link();
  const SyncId sync = *read_link(desk(), caller(), id)->open_sync;
  state_has({{}});
  EXPECT_EQ(run_jobs(), 1);
  const auto view = read_sync(desk(), caller(), sync);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->state, "succeeded");
  EXPECT_GE(view->added, 6);
  EXPECT_FALSE(view->datasets.empty());
  EXPECT_TRUE(view->datasets.front().case_id.starts_with("cas_"));
  EXPECT_EQ(dataset_sync(id, "payments"), "ok");
  EXPECT_EQ(dataset_sync(id, "messages"), "unsupported");
  EXPECT_EQ(read_sync(desk(), stranger(), sync).error().code, TroubleCode::not_found);
}

TEST_F(Syncing, asks_a_state_without_speaking_for_the_parent) {
  synced_link({{}});
  for (const Call& call : systems_.texas.calls()) {
    const bool reads = call.operation == "list_cases" || call.operation == "read_case";
    EXPECT_EQ(call.interactive, !reads) << call.operation;
  }
}

TEST_F(Syncing, changes_nothing_when_the_state_says_the_same) {
  const LinkId id = synced_link({{}});
  state_has({{}});
  const SyncView queued = press_refresh(id);
  run_jobs();
  const auto again = read_sync(desk(), caller(), queued.id);
  EXPECT_EQ(again->state, "succeeded");
  EXPECT_EQ(again->added + again->changed + again->removed, 0);
}

TEST_F(Syncing, keeps_the_content_of_a_dataset_that_fails_and_goes_on_with_the_others) {
  const LinkId id = synced_link({{}});
  SampleCase second;
  second.payment_cents = {41250, 41250, 10000};
  second.failing = {{Dataset::balances, trouble(TroubleCode::source_changed)}};
  state_has({second});
  const SyncView queued = press_refresh(id);
  run_jobs();
  const auto done = read_sync(desk(), caller(), queued.id);
  EXPECT_EQ(done->state, "partial");
  EXPECT_EQ(done->added, 1);
  EXPECT_EQ(dataset_sync(id, "balances"), "failed");
  EXPECT_EQ(dataset_sync(id, "payments"), "ok");
  const auto cases = list_cases(desk(), caller());
  const auto file =
      view_case(desk(), caller(), cases->cases[0].record.id, {Dataset::balances, Dataset::payments});
  ASSERT_TRUE(file);
  EXPECT_EQ(file->sections[0].outcome, "stale");
  EXPECT_EQ(file->sections[0].records.size(), 1u);
  EXPECT_EQ(file->sections[0].problem->code, TroubleCode::source_changed);
  EXPECT_EQ(file->sections[1].outcome, "ok");
  EXPECT_EQ(file->sections[1].records.size(), 3u);
}

TEST_F(Syncing, keeps_what_it_had_committed_when_the_session_ends_in_the_middle) {
  const LinkId id = link();
  const SyncId sync = *read_link(desk(), caller(), id)->open_sync;
  SampleCase first;
  systems_.texas.next_list([] {
    return read<model::CaseList>(casebridge::testing::list_of({"0012345678", "0099999999"}));
  });
  systems_.texas.next_read([first](const model::CaseReadQuery&) { return read(content_of(first)); });
  systems_.texas.next_read([](const model::CaseReadQuery&) -> ports::Answer<model::CaseContent> {
    return trouble(TroubleCode::source_session_ended);
  });
  run_jobs();
  EXPECT_EQ(read_sync(desk(), caller(), sync)->state, "needs_user");
  const auto list = list_cases(desk(), caller());
  EXPECT_EQ(list->cases.size(), 1u);
  const auto view = read_link(desk(), caller(), id);
  EXPECT_EQ(view->state, "active");  // an ended session says nothing about the link
  EXPECT_FALSE(view->session_live);
  EXPECT_EQ(view->remedy, "repair_link");
  EXPECT_EQ(dataset_sync(id, "cases"), "needs_user");
}

TEST_F(Syncing, needs_the_parent_when_a_session_only_link_has_no_session) {
  const LinkId id = synced_link({{}});
  clock_.advance(std::chrono::hours{1});
  const SyncView ended = press_refresh(id);
  EXPECT_EQ(ended.state, "needs_user");
  EXPECT_EQ(ended.trouble->code, TroubleCode::needs_user);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);  // only the linking itself
}

TEST_F(Syncing, never_signs_in_by_itself_in_the_background) {
  const LinkId id = link("vaulted");
  clock_.advance(std::chrono::hours{1});  // the first sync is late, its session is gone
  run_jobs();
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
  EXPECT_EQ(dataset_sync(id, "cases"), "needs_user");
  EXPECT_EQ(read_link(desk(), caller(), id)->remedy, "sync_link");
}

TEST_F(Syncing, signs_in_once_with_a_vaulted_credential_when_the_parent_asks) {
  const LinkId id = synced_link({{}}, "vaulted");
  clock_.advance(std::chrono::hours{1});
  systems_.texas.next_begin([] { return signed_in("person-1"); });
  state_has({{}});
  const SyncView queued = press_refresh(id);
  EXPECT_EQ(queued.state, "queued");
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(read_sync(desk(), caller(), queued.id)->state, "succeeded");
  const Call again = systems_.texas.calls()[systems_.texas.calls().size() - 3];
  EXPECT_EQ(again.operation, "auth_begin");
  EXPECT_EQ(again.fields.at("password"), "Right-person-1");
}

TEST_F(Syncing, does_not_sign_in_again_where_a_second_step_was_asked_once) {
  systems_.texas.next_begin([] { return asks_code(); });
  systems_.texas.next_continue([] { return signed_in("person-1", {}, true); });
  const auto linked = answer(*type(start("vaulted"), "Right-1"), {{"code", "481906"}});
  ASSERT_TRUE(linked && linked->link);
  state_has({{}});
  run_jobs();
  EXPECT_EQ(
      store_
          ->write([&](ports::Transaction& tx) { return tx.link_secrets().remove(*linked->link, "session"); })
          .has_value(),
      true);
  EXPECT_EQ(press_refresh(*linked->link).state, "needs_user");
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
}

TEST_F(Syncing, asks_for_a_repair_when_the_state_refuses_the_vaulted_credential) {
  const LinkId id = synced_link({{}}, "vaulted");
  clock_.advance(std::chrono::hours{1});
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 4));
  EXPECT_EQ(press_refresh(id).state, "needs_user");
  const auto view = read_link(desk(), caller(), id);
  EXPECT_EQ(view->state, "action_required");
  EXPECT_EQ(view->reason, "credentials_changed");
  EXPECT_EQ(view->remedy, "repair_link");
  EXPECT_EQ(sync_link(desk(), caller(), {id, ""}).error().code, TroubleCode::link_action_required);
  EXPECT_EQ(type(start("vaulted", id), "Right-person-1").error().code,
            TroubleCode::credential_already_refused);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 2);
  const auto list = list_cases(desk(), caller());  // what is stored can still be read
  EXPECT_EQ(list->cases.size(), 1u);
  EXPECT_EQ(list->coverage.sources[0].outcome, "stale");
  EXPECT_EQ(list->coverage.sources[0].problem->code, TroubleCode::link_action_required);
}

TEST_F(Syncing, leaves_the_link_alone_when_the_state_is_down) {
  const LinkId id = synced_link({{}}, "vaulted");
  for (int i = 0; i < 3; ++i) {
    clock_.advance(std::chrono::hours{1});
    systems_.texas.next_begin(refusal(TroubleCode::source_maintenance));
    EXPECT_EQ(press_refresh(id).state, "failed");
  }
  EXPECT_EQ(read_link(desk(), caller(), id)->state, "active");
}

TEST_F(Syncing, says_when_a_state_that_wants_a_pause_may_be_asked_again) {
  const LinkId id = synced_link({{}});
  Trouble slower = trouble(TroubleCode::source_rate_limited);
  slower.retry_at = clock_.now() + std::chrono::seconds{600};
  systems_.texas.next_list([slower]() -> ports::Answer<model::CaseList> { return slower; });
  const SyncView queued = press_refresh(id);
  run_jobs();
  const auto ended = read_sync(desk(), caller(), queued.id);
  ASSERT_TRUE(ended && ended->trouble);
  EXPECT_EQ(ended->trouble->code, TroubleCode::source_rate_limited);
  EXPECT_EQ(ended->trouble->retry_at, slower.retry_at);
}

TEST_F(Syncing, does_not_risk_the_last_try_with_a_vaulted_credential) {
  const LinkId id = synced_link({{}}, "vaulted");
  clock_.advance(std::chrono::hours{1});
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 1));
  ASSERT_TRUE(type(start(), "Wrong-1"));  // somebody tries the same name by hand
  EXPECT_EQ(press_refresh(id).state, "needs_user");
  EXPECT_EQ(systems_.texas.count("auth_begin"), 2);
}

TEST_F(Syncing, joins_a_sync_that_is_open) {
  const LinkId id = link();
  const auto first = sync_link(desk(), caller(), {id, ""});
  const auto second = sync_link(desk(), caller(), {id, ""});
  EXPECT_TRUE(first->joined);
  EXPECT_EQ(first->sync.id, second->sync.id);
  state_has({{}});
  EXPECT_EQ(run_jobs(), 1);
}

TEST_F(Syncing, buries_a_case_that_the_state_does_not_list_any_more) {
  SampleCase other;
  other.key = "0099999999";
  const LinkId id = synced_link({{}, other});
  EXPECT_EQ(list_cases(desk(), caller())->cases.size(), 2u);
  state_has({{}});
  const SyncView queued = press_refresh(id);
  run_jobs();
  EXPECT_GE(read_sync(desk(), caller(), queued.id)->removed, 6);
  const auto list = list_cases(desk(), caller());
  EXPECT_EQ(list->cases.size(), 1u);
  EXPECT_EQ(list->coverage.completeness, "complete");
}

TEST_F(Syncing, shows_nothing_more_once_the_state_has_withdrawn_the_access) {
  const LinkId id = synced_link({{}});
  ASSERT_EQ(list_cases(desk(), caller())->cases.size(), 1u);
  systems_.texas.next_list(
      [] { return ports::Answer<model::CaseList>(trouble(TroubleCode::needs_enrolment)); });
  const SyncView queued = press_refresh(id);
  run_jobs();
  const auto ended = read_sync(desk(), caller(), queued.id);
  EXPECT_EQ(ended->state, "needs_user");
  EXPECT_EQ(ended->trouble->code, TroubleCode::needs_enrolment);
  EXPECT_GE(ended->removed, 6);
  EXPECT_TRUE(list_cases(desk(), caller())->cases.empty());
}

TEST_F(Syncing, shows_nothing_more_when_the_access_is_withdrawn_in_the_middle) {
  SampleCase other;
  other.key = "0099999999";
  const LinkId id = synced_link({{}, other});
  systems_.texas.next_list([] {
    return read<model::CaseList>(casebridge::testing::list_of({"0012345678", "0099999999"}));
  });
  systems_.texas.next_read([](const model::CaseReadQuery&) { return read(content_of(SampleCase{})); });
  systems_.texas.next_read([](const model::CaseReadQuery&) -> ports::Answer<model::CaseContent> {
    return trouble(TroubleCode::account_unavailable);
  });
  press_refresh(id);
  run_jobs();
  EXPECT_TRUE(list_cases(desk(), caller())->cases.empty());
  EXPECT_EQ(dataset_sync(id, "cases"), "needs_user");
}

TEST_F(Syncing, comes_back_to_a_state_that_was_not_ready) {
  const Instant later = clock_.now() + std::chrono::minutes{5};
  const LinkId id = link();
  const SyncId sync = *read_link(desk(), caller(), id)->open_sync;
  systems_.texas.next_list([=] { return not_yet<model::CaseList>(later, "list-ticket"); });
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(run_jobs(), 0);
  clock_.set(later);
  restart();
  systems_.texas.next_list(
      [] { return read<model::CaseList>(casebridge::testing::list_of({"0012345678"})); });
  const Instant latest = later + std::chrono::minutes{5};
  systems_.texas.next_read(
      [=](const model::CaseReadQuery&) { return not_yet<model::CaseContent>(latest, "case-ticket"); });
  EXPECT_EQ(run_jobs(), 1);
  clock_.set(latest);
  systems_.texas.next_read([](const model::CaseReadQuery&) { return read(content_of(SampleCase{})); });
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(read_sync(desk(), caller(), sync)->state, "succeeded");
  std::vector<std::string> tickets;
  for (const Call& call : systems_.texas.calls()) {
    if (!call.pending.empty()) tickets.push_back(call.pending);
  }
  EXPECT_EQ(tickets, (std::vector<std::string>{"list-ticket", "case-ticket"}));
  EXPECT_EQ(list_cases(desk(), caller())->cases.size(), 1u);
}

TEST_F(Syncing, writes_nothing_for_a_link_that_was_given_up_meanwhile) {
  const LinkId id = link();
  systems_.texas.next_list(
      [] { return read<model::CaseList>(casebridge::testing::list_of({"0012345678"})); });
  systems_.texas.next_read([&](const model::CaseReadQuery&) {
    EXPECT_TRUE(unlink(desk(), caller(), {id, {}, "req-3"}));
    return read(content_of(SampleCase{}));
  });
  run_jobs();
  EXPECT_TRUE(list_cases(desk(), caller())->cases.empty());
}

TEST_F(Syncing, unlinks_with_a_receipt_that_says_what_happened) {
  const LinkId id = synced_link({{}}, "vaulted");
  const auto receipt = unlink(desk(), caller(), {id, {}, "req-3"});
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->state_session, "ended");
  EXPECT_TRUE(receipt->secrets_destroyed);
  EXPECT_EQ(receipt->cases_erased, 1);
  EXPECT_EQ(systems_.texas.calls().back().session, "session-of-person-1");
  EXPECT_EQ(read_link(desk(), caller(), id).error().code, TroubleCode::not_found);
  EXPECT_TRUE(list_cases(desk(), caller())->cases.empty());
  EXPECT_EQ(run_jobs(), 0);
  systems_.texas.next_begin([] { return signed_in("person-1"); });
  EXPECT_EQ(type(start(), "Right-person-1")->state, "succeeded");  // may be linked anew
}

TEST_F(Syncing, ends_the_session_later_when_the_state_is_down_at_unlinking) {
  const LinkId id = synced_link({{}});
  for (int i = 0; i < 2; ++i) {
    systems_.texas.next_end([]() -> Result<void> { return trouble(TroubleCode::source_unavailable); });
  }
  EXPECT_EQ(unlink(desk(), caller(), {id, {}, ""})->state_session, "queued");
  EXPECT_EQ(unlink(desk(), caller(), {id, {}, ""}).error().code, TroubleCode::not_found);
  clock_.advance(std::chrono::minutes{1});
  EXPECT_EQ(run_jobs(), 1);
  clock_.advance(std::chrono::minutes{5});
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(systems_.texas.count("auth_end"), 3);
  clock_.advance(std::chrono::hours{2});
  EXPECT_EQ(run_jobs(), 0);
}

TEST_F(Syncing, unlinks_only_the_version_the_parent_saw) {
  const LinkId id = synced_link({{}});
  const std::int64_t version = read_link(desk(), caller(), id)->version;
  EXPECT_EQ(unlink(desk(), caller(), {id, version + 1, ""}).error().code, TroubleCode::version_conflict);
  EXPECT_EQ(unlink(desk(), stranger(), {id, version, ""}).error().code, TroubleCode::not_found);
  EXPECT_TRUE(unlink(desk(), caller(), {id, version, ""}));
}

}  // namespace
}  // namespace casebridge::desk::testing
