// Linking: the form, the second step, the end of an attempt, and what a restart or a second browser may do to
// it.
#include "core/desk/cancel_link_attempt.hpp"
#include "core/desk/list_links.hpp"
#include "core/desk/read_link.hpp"
#include "core/desk/read_link_attempt.hpp"
#include "core/desk/resend_challenge.hpp"
#include "core/desk/start_link_attempt.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

class Linking : public DeskWorld {};

TEST_F(Linking, begins_with_the_form_of_the_system_and_asks_no_state) {
  const AttemptView view = start();
  ASSERT_TRUE(view.challenge);
  EXPECT_EQ(view.challenge->spec.kind, "credentials");
  ASSERT_EQ(view.challenge->spec.fields.size(), 2u);
  EXPECT_EQ(view.challenge->spec.fields[1].name, "password");
  EXPECT_EQ(view.jurisdiction, "us-tx");
  EXPECT_TRUE(systems_.texas.calls().empty());
}

TEST_F(Linking, refuses_an_unknown_system_and_a_custody_nobody_chose) {
  EXPECT_EQ(start_link_attempt(desk(), caller(), {"zz-none", "vaulted", {}}).error().code,
            TroubleCode::system_unknown);
  EXPECT_EQ(start_link_attempt(desk(), caller(), {"tx-icop", "", {}}).error().field, "custody");
}

TEST_F(Linking, refuses_a_system_whose_adapter_was_refused) {
  systems_.health_[0].state = "refused";
  EXPECT_EQ(start_link_attempt(desk(), caller(), {"tx-icop", "vaulted", {}}).error().code,
            TroubleCode::source_unavailable);
}

TEST_F(Linking, makes_an_active_link_and_queues_its_first_sync) {
  systems_.texas.next_begin([] { return signed_in(); });
  const auto view = type(start(), "Right-1");
  ASSERT_TRUE(view);
  EXPECT_EQ(view->state, "succeeded");
  EXPECT_FALSE(view->challenge);
  ASSERT_TRUE(view->link);
  EXPECT_TRUE(view->sync);
  const auto link = read_link(desk(), caller(), *view->link);
  ASSERT_TRUE(link);
  EXPECT_EQ(link->state, "active");
  EXPECT_TRUE(link->session_live);
  EXPECT_EQ(link->open_sync, view->sync);
}

TEST_F(Linking, passes_the_answer_of_a_second_step_with_what_the_state_gave) {
  systems_.texas.next_begin([] { return asks_code(3, "step-7"); });
  systems_.texas.next_continue([] { return signed_in("person-1", {}, true); });
  const auto asked = type(start(), "Right-1");
  ASSERT_TRUE(asked && asked->challenge);
  EXPECT_EQ(asked->challenge->spec.kind, "otp");
  EXPECT_EQ(asked->challenge->spec.destination_hint, "p***@example.com");
  const auto done = answer(*asked, {{"code", "481906"}});
  ASSERT_TRUE(done);
  EXPECT_EQ(done->state, "succeeded");
  EXPECT_EQ(systems_.texas.calls().back().session, "step-7");
  EXPECT_EQ(systems_.texas.calls().back().fields.at("code"), "481906");
}

TEST_F(Linking, goes_on_with_a_second_step_after_a_restart) {
  systems_.texas.next_begin([] { return asks_code(3, "step-7"); });
  systems_.texas.next_continue([] { return signed_in(); });
  const auto asked = type(start("vaulted"), "Right-1");
  ASSERT_TRUE(asked);
  restart();
  const auto found = read_link_attempt(desk(), caller(), asked->id);
  ASSERT_TRUE(found && found->challenge);
  EXPECT_EQ(found->challenge->id, asked->challenge->id);
  const auto done = answer(*found, {{"code", "481906"}});
  ASSERT_TRUE(done);
  EXPECT_EQ(done->state, "succeeded");
}

TEST_F(Linking, waits_for_a_letter_as_long_as_it_may_take) {
  systems_.texas.next_begin([this]() -> ports::Answer<model::AuthStep> {
    model::AuthChallenge step;
    step.challenge = {.kind = "mailed_code", .prompt_key = "challenge.mailed_code", .channel = "post"};
    step.challenge.fields = {{.name = "pin", .type = "digits", .length_exact = 8}};
    step.challenge.expires_at = clock_.now() + std::chrono::days{40};
    step.resume = SecretBytes::copy_of("letter-1");
    return std::variant<model::AuthStep, model::Pending>(model::AuthStep{std::move(step)});
  });
  systems_.texas.next_continue([] { return signed_in(); });
  const auto asked = type(start(), "Right-1");
  ASSERT_TRUE(asked && asked->challenge);
  EXPECT_EQ(asked->challenge->spec.kind, "mailed_code");
  clock_.advance(std::chrono::days{39});
  restart();
  const auto found = read_link_attempt(desk(), caller(), asked->id);
  ASSERT_TRUE(found && found->challenge);
  const auto done = answer(*found, {{"pin", "12345678"}});
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(done->state, "succeeded");
  EXPECT_EQ(systems_.texas.calls().back().session, "letter-1");
}

TEST_F(Linking, vouches_for_the_owner_only_towards_a_system_that_takes_our_word) {
  for (int i = 0; i < 2; ++i) systems_.texas.next_begin(refusal(TroubleCode::needs_enrolment));
  const auto written = store_->write([&](ports::Transaction& tx) {
    const Instant now = clock_.now();
    const ports::Session session{session_, account_,
                                 "digest", "cookie",
                                 "",       model::Assurance::two_factor,
                                 now,      now,
                                 now,      now + std::chrono::hours{12},
                                 "",       "",
                                 "en"};
    return tx.sessions().insert(session);
  });
  ASSERT_TRUE(written);
  (void)type(start(), "Right-1");
  EXPECT_FALSE(systems_.texas.calls().back().person);
  systems_.let_texas_trust_us();
  (void)type(start(), "Right-2");
  ASSERT_EQ(systems_.texas.count("auth_begin"), 2);
  const auto person = systems_.texas.calls().back().person;
  ASSERT_TRUE(person);
  EXPECT_EQ(person->authentication_level, 2);
  EXPECT_EQ(person->authenticated_at, clock_.now());
  EXPECT_EQ(person->subject.size(), 35U);
  EXPECT_EQ(person->subject.find(account_.text()), std::string::npos);
}

TEST_F(Linking, checks_every_field_before_a_state_is_asked) {
  const AttemptView view = start();
  EXPECT_EQ(answer(view, {{"user_name", "priya.h"}}).error().field, "password");
  EXPECT_EQ(answer(view, {{"user_name", "priya.h"}, {"password", ""}}).error().field, "password");
  EXPECT_EQ(answer(view, {{"user_name", std::string(65, 'a')}, {"password", "x"}}).error().field,
            "user_name");
  EXPECT_EQ(answer(view, {{"user_name", "p"}, {"password", "x"}, {"pin", "1"}}).error().field, "fields");
  EXPECT_EQ(answer(view, {{"user_name", "p\n"}, {"password", "x"}}).error().field, "user_name");
  EXPECT_TRUE(systems_.texas.calls().empty());
}

TEST_F(Linking, takes_a_code_of_exactly_the_right_length) {
  systems_.texas.next_begin([] { return asks_code(); });
  const auto asked = type(start(), "Right-1");
  EXPECT_EQ(answer(*asked, {{"code", "48190"}}).error().field, "code");
  EXPECT_EQ(answer(*asked, {{"code", "48190a"}}).error().field, "code");
  EXPECT_EQ(systems_.texas.count("auth_continue"), 0);
}

TEST_F(Linking, refuses_an_answer_out_of_order) {
  systems_.texas.next_begin([] { return asks_code(); });
  const AttemptView first = start();
  ASSERT_TRUE(type(first, "Right-1"));
  EXPECT_EQ(type(first, "Right-1").error().code, TroubleCode::challenge_out_of_order);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
}

TEST_F(Linking, passes_only_one_of_two_submissions_at_the_same_time) {
  const AttemptView view = start();
  std::optional<Trouble> second;
  systems_.texas.next_begin([&]() -> ScriptedAdapter::Step {
    second = type(view, "Right-1").error();  // while the first is with the state
    return signed_in();
  });
  ASSERT_TRUE(type(view, "Right-1"));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->code, TroubleCode::challenge_out_of_order);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
}

TEST_F(Linking, keeps_the_challenge_after_a_wrong_code_and_shows_what_is_left) {
  systems_.texas.next_begin([] { return asks_code(3); });
  systems_.texas.next_continue(refusal(TroubleCode::challenge_wrong_answer, 2));
  systems_.texas.next_continue([] { return signed_in(); });
  const auto asked = type(start(), "Right-1");
  const auto wrong = answer(*asked, {{"code", "000000"}});
  ASSERT_TRUE(wrong && wrong->challenge && wrong->trouble);
  EXPECT_EQ(wrong->trouble->code, TroubleCode::challenge_wrong_answer);
  EXPECT_EQ(wrong->challenge->id, asked->challenge->id);
  EXPECT_EQ(wrong->challenge->spec.attempts_left, 2);
  const auto right = answer(*wrong, {{"code", "481906"}});
  ASSERT_TRUE(right);
  EXPECT_EQ(right->state, "succeeded");
  EXPECT_FALSE(right->trouble);
}

TEST_F(Linking, starts_over_when_the_state_ended_the_challenge) {
  systems_.texas.next_begin([] { return asks_code(3); });
  systems_.texas.next_continue(refusal(TroubleCode::challenge_expired));
  const auto ended = answer(*type(start(), "Right-1"), {{"code", "000000"}});
  ASSERT_TRUE(ended && ended->challenge);
  EXPECT_EQ(ended->challenge->spec.kind, "credentials");
  EXPECT_EQ(ended->trouble->code, TroubleCode::challenge_expired);
}

TEST_F(Linking, never_repeats_a_login_that_got_no_answer) {
  systems_.texas.next_begin(refusal(TroubleCode::source_timeout));
  const auto view = type(start(), "Right-1");
  ASSERT_TRUE(view && view->challenge);
  EXPECT_EQ(view->challenge->spec.kind, "credentials");
  EXPECT_EQ(view->trouble->code, TroubleCode::source_timeout);
  run_jobs();
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
}

TEST_F(Linking, puts_an_attempt_back_to_its_form_that_was_left_with_the_state) {
  const AttemptView view = start();
  systems_.texas.next_begin([&]() -> ScriptedAdapter::Step {
    EXPECT_EQ(read_link_attempt(desk(), caller(), view.id)->state, "verifying");
    clock_.advance(std::chrono::minutes{5});  // the process that asked is gone by now
    const auto found = read_link_attempt(desk(), caller(), view.id);
    EXPECT_EQ(found->trouble->code, TroubleCode::source_timeout);
    EXPECT_EQ(found->challenge->spec.kind, "credentials");
    return signed_in();
  });
  const auto late = type(view, "Right-1");
  ASSERT_TRUE(late);
  EXPECT_EQ(late->state, "challenge");
  EXPECT_TRUE(list_links(desk(), caller())->links.empty());
  run_jobs();
  EXPECT_EQ(systems_.texas.count("auth_end"), 1);  // nobody took over the session that came too late
}

TEST_F(Linking, ends_the_session_of_a_sign_in_that_was_cancelled_meanwhile) {
  const AttemptView view = start();
  systems_.texas.next_begin([&]() -> ScriptedAdapter::Step {
    EXPECT_EQ(cancel_link_attempt(desk(), caller(), view.id)->state, "cancelled");
    return signed_in();
  });
  const auto after = type(view, "Right-1");
  ASSERT_TRUE(after);
  EXPECT_EQ(after->state, "cancelled");
  run_jobs();
  ASSERT_EQ(systems_.texas.count("auth_end"), 1);
  EXPECT_EQ(systems_.texas.calls().back().session, "session-of-person-1");
}

TEST_F(Linking, answers_with_the_existing_link_when_the_person_is_linked_already) {
  const LinkId existing = link();
  systems_.texas.next_begin([] { return signed_in("person-1"); });
  const auto again = type(start(), "Other-spelling-1");
  ASSERT_TRUE(again && again->trouble);
  EXPECT_EQ(again->state, "failed");
  EXPECT_EQ(again->trouble->code, TroubleCode::link_already_exists);
  EXPECT_EQ(again->trouble->reference, existing.text());
  EXPECT_EQ(list_links(desk(), caller())->links.size(), 1u);
}

TEST_F(Linking, keeps_the_id_of_a_repaired_link) {
  const LinkId id = link();
  systems_.texas.next_begin([] { return signed_in("person-1"); });
  const auto repaired = type(start("vaulted", id), "Renewed-1");
  ASSERT_TRUE(repaired);
  EXPECT_EQ(repaired->state, "succeeded");
  EXPECT_EQ(repaired->link, id);
  const auto view = read_link(desk(), caller(), id);
  EXPECT_EQ(view->custody, "vaulted");
  EXPECT_EQ(list_links(desk(), caller())->links.size(), 1u);
}

TEST_F(Linking, ends_the_session_that_a_repair_replaces) {
  const LinkId id = link();
  systems_.texas.next_begin([]() -> ScriptedAdapter::Step {
    return casebridge::testing::read<model::AuthStep>(
        model::AuthDone{SecretBytes::copy_of("session-after-repair"), {}, {}, "person-1", false});
  });
  ASSERT_TRUE(type(start("session_only", id), "Renewed-1"));
  run_jobs();
  ASSERT_EQ(systems_.texas.count("auth_end"), 1);
  for (const auto& call : systems_.texas.calls()) {
    if (call.operation == "auth_end") {
      EXPECT_EQ(call.session, "session-of-person-1");
    }
  }
}

TEST_F(Linking, does_not_repair_a_link_with_somebody_else) {
  const LinkId id = link();
  systems_.texas.next_begin([] { return signed_in("person-2"); });
  const auto other = type(start("session_only", id), "Right-2");
  ASSERT_TRUE(other && other->trouble);
  EXPECT_EQ(other->trouble->code, TroubleCode::identity_mismatch);
  EXPECT_EQ(other->state, "failed");
}

TEST_F(Linking, sends_a_code_again_but_not_too_early) {
  const Instant later = clock_.now() + std::chrono::seconds{30};
  systems_.texas.next_begin([=] { return asks_code(3, "step-1", later); });
  systems_.texas.next_continue([] { return asks_code(3, "step-2"); });
  const auto asked = type(start(), "Right-1");
  const ResendChallenge early{asked->id, asked->challenge->id, asked->challenge->seq, {}, "req-2"};
  const auto refused = resend_challenge(desk(), caller(), early);
  EXPECT_EQ(refused.error().code, TroubleCode::resend_too_early);
  EXPECT_EQ(refused.error().retry_at, later);
  EXPECT_EQ(systems_.texas.count("resend"), 0);
  clock_.advance(std::chrono::seconds{30});
  const auto sent = resend_challenge(desk(), caller(), early);
  ASSERT_TRUE(sent && sent->challenge);
  EXPECT_EQ(sent->challenge->id, asked->challenge->id);
  EXPECT_GT(sent->challenge->seq, asked->challenge->seq);
  EXPECT_EQ(systems_.texas.count("resend"), 1);
}

TEST_F(Linking, sends_a_code_again_by_another_of_the_ways_that_the_state_offers) {
  const auto with_ways = [](const std::string& resume) {
    auto step = asks_code(3, resume);
    std::get<model::AuthChallenge>(std::get<model::AuthStep>(*step)).challenge.channels = {"email", "phone"};
    return step;
  };
  systems_.texas.next_begin([=] { return with_ways("step-1"); });
  systems_.texas.next_continue([=] { return with_ways("step-2"); });
  const auto asked = type(start(), "Right-1");
  ResendChallenge again{asked->id, asked->challenge->id, asked->challenge->seq, "post", "req-2"};
  EXPECT_EQ(resend_challenge(desk(), caller(), again).error().code, TroubleCode::invalid_field);
  EXPECT_EQ(systems_.texas.count("resend"), 0);
  again.channel = "phone";
  ASSERT_TRUE(resend_challenge(desk(), caller(), again));
  EXPECT_EQ(systems_.texas.calls().back().fields.at("channel"), "phone");
}

TEST_F(Linking, offers_no_way_where_the_state_offers_none) {
  systems_.texas.next_begin([] { return asks_code(3, "step-1"); });
  const auto asked = type(start(), "Right-1");
  const ResendChallenge again{asked->id, asked->challenge->id, asked->challenge->seq, "email", "req-2"};
  EXPECT_EQ(resend_challenge(desk(), caller(), again).error().code, TroubleCode::invalid_field);
}

TEST_F(Linking, waits_for_a_state_that_is_not_ready_without_asking_the_parent_again) {
  const Instant later = clock_.now() + std::chrono::minutes{10};
  systems_.texas.next_begin([=] { return not_yet<model::AuthStep>(later, "ticket-9"); });
  systems_.texas.next_begin([] { return signed_in(); });
  const auto waiting = type(start(), "Right-1");
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->state, "waiting");
  EXPECT_EQ(run_jobs(), 0);
  clock_.set(later);
  restart();
  EXPECT_GE(run_jobs(), 1);
  const Call second = systems_.texas.calls()[1];
  EXPECT_EQ(second.pending, "ticket-9");
  EXPECT_EQ(second.fields.at("password"), "Right-1");
  EXPECT_EQ(read_link_attempt(desk(), caller(), waiting->id)->state, "succeeded");
}

TEST_F(Linking, sends_the_parent_to_the_state_where_the_state_wants_it) {
  systems_.texas.next_begin([] { return sent_away("accept_terms", "https://portal.example/terms"); });
  const auto away = type(start(), "Right-1");
  ASSERT_TRUE(away && away->challenge);
  EXPECT_EQ(away->challenge->spec.kind, "action_needed");
  EXPECT_EQ(away->challenge->action_url, "https://portal.example/terms");
  const auto back = answer(*away, {});
  ASSERT_TRUE(back && back->challenge);
  EXPECT_EQ(back->challenge->spec.kind, "credentials");
  EXPECT_EQ(systems_.texas.calls().size(), 1u);
}

TEST_F(Linking, shows_an_attempt_to_its_owner_only) {
  const AttemptView view = start();
  EXPECT_EQ(read_link_attempt(desk(), stranger(), view.id).error().code, TroubleCode::not_found);
  EXPECT_EQ(cancel_link_attempt(desk(), stranger(), view.id).error().code, TroubleCode::not_found);
  EXPECT_EQ(list_link_attempts(desk(), caller())->size(), 1u);
  EXPECT_TRUE(list_link_attempts(desk(), stranger())->empty());
}

TEST_F(Linking, lets_an_attempt_expire) {
  const AttemptView view = start();
  clock_.advance(std::chrono::hours{25});
  EXPECT_EQ(type(view, "Right-1").error().code, TroubleCode::challenge_expired);
  EXPECT_EQ(read_link_attempt(desk(), caller(), view.id)->state, "expired");
}

}  // namespace
}  // namespace casebridge::desk::testing
