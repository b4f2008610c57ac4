// Opening an account at a state: its form, its steps, what is counted, and what is never kept.
#include "core/desk/cancel_link_attempt.hpp"
#include "core/desk/list_links.hpp"
#include "core/desk/read_link_attempt.hpp"
#include "core/desk/start_link_attempt.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using casebridge::testing::sends_letter;

class Enrolling : public DeskWorld {
 protected:
  Enrolling() {
    ports::LoginForm form;
    form.credential_kind = "mailed_pin";
    form.fields = {{"case_number", "digits", false, 9, 9}, {"ssn_last4", "digits", true, 4, 4}};
    form.ssn_notice = "Why it is asked.";
    systems_.info("tx-icop").enrolment = form;
    systems_.info("tx-icop").lockout = {5, std::chrono::hours{24}, std::chrono::hours{24}};
  }

  AttemptView enrol() { return start_link_attempt(desk(), caller(), {"tx-icop", "", {}, true}).value(); }
  Result<AttemptView> identify(const AttemptView& view, const std::string& digits = "8854",
                               bool confirm = false) {
    return answer(view, {{"case_number", "700123456"}, {"ssn_last4", digits}}, confirm);
  }
  ports::LinkAttempt stored(const LinkAttemptId& id) {
    std::optional<ports::LinkAttempt> row;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(row, tx.attempts().find(account_, id));
      return {};
    }));
    return *row;
  }
};

TEST_F(Enrolling, begins_with_the_states_own_form_and_its_notice) {
  const AttemptView view = enrol();
  EXPECT_EQ(view.mode, "enrol");
  EXPECT_EQ(view.custody, "session_only");
  ASSERT_TRUE(view.challenge);
  EXPECT_EQ(view.challenge->spec.prompt_key, "challenge.enrolment.mailed_pin");
  EXPECT_EQ(view.challenge->spec.fields.at(1).name, "ssn_last4");
  EXPECT_EQ(view.challenge->ssn_notice, "Why it is asked.");
  EXPECT_TRUE(systems_.texas.calls().empty());
}

TEST_F(Enrolling, is_not_offered_where_the_state_has_no_form_for_it) {
  const auto refused = start_link_attempt(desk(), caller(), {"oh-csenet", "", {}, true});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(refused.error().field, "mode");
}

TEST_F(Enrolling, has_no_credential_that_could_be_kept) {
  EXPECT_EQ(start_link_attempt(desk(), caller(), {"tx-icop", "vaulted", {}, true}).error().field, "custody");
}

TEST_F(Enrolling, goes_through_the_adapters_enrolment_and_not_its_sign_in) {
  systems_.texas.next_enrolment([] { return asks_code(3, "step-1"); });
  systems_.texas.next_continue([] { return signed_in("person-1"); });
  const auto asked = identify(enrol());
  ASSERT_TRUE(asked && asked->challenge);
  EXPECT_EQ(asked->challenge->spec.kind, "otp");
  EXPECT_EQ(systems_.texas.count("auth_begin"), 0);
  const auto linked = answer(*asked, {{"code", "123456"}});
  ASSERT_TRUE(linked);
  EXPECT_EQ(linked->state, "succeeded");
  EXPECT_EQ(list_links(desk(), caller())->links.size(), 1U);
}

TEST_F(Enrolling, starts_again_with_its_own_form) {
  systems_.texas.next_enrolment([] { return sent_away("contact_agency", ""); });
  const auto sent = identify(enrol());
  ASSERT_TRUE(sent && sent->challenge);
  const auto back = answer(*sent, {});
  ASSERT_TRUE(back && back->challenge);
  EXPECT_EQ(back->challenge->spec.prompt_key, "challenge.enrolment.mailed_pin");
}

TEST_F(Enrolling, waits_without_a_thread_and_goes_on_in_the_next_process) {
  const Instant later = clock_.now() + std::chrono::minutes{15};
  systems_.texas.next_enrolment([=] { return not_yet<model::AuthStep>(later, "request-7"); });
  const auto waiting = identify(enrol());
  ASSERT_TRUE(waiting);
  EXPECT_EQ(waiting->state, "waiting");
  restart();
  EXPECT_EQ(run_jobs(), 0);
  clock_.advance(std::chrono::minutes{15});
  systems_.texas.next_enrolment([this] { return sends_letter(clock_.now() + std::chrono::days{40}); });
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(systems_.texas.calls().back().operation, "enrol_begin");
  EXPECT_EQ(systems_.texas.calls().back().pending, "request-7");
  const auto found = read_link_attempt(desk(), caller(), waiting->id);
  ASSERT_TRUE(found && found->challenge);
  EXPECT_EQ(found->challenge->spec.kind, "mailed_code");
  EXPECT_EQ(found->expires_at, clock_.now() + std::chrono::days{40});
}

TEST_F(Enrolling, stays_open_for_as_long_as_a_state_is_not_ready) {
  const Instant later = clock_.now() + std::chrono::days{3};
  systems_.texas.next_enrolment([=] { return not_yet<model::AuthStep>(later, "request-7"); });
  const auto waiting = identify(enrol());
  ASSERT_TRUE(waiting);
  clock_.advance(std::chrono::days{3});
  EXPECT_EQ(read_link_attempt(desk(), caller(), waiting->id)->state, "waiting");
}

TEST_F(Enrolling, leaves_nothing_typed_behind_once_the_state_has_it) {
  systems_.texas.next_enrolment([this] { return sends_letter(clock_.now() + std::chrono::days{40}); });
  const auto asked = identify(enrol());
  ASSERT_TRUE(asked);
  const ports::LinkAttempt row = stored(asked->id);
  EXPECT_TRUE(row.sealed_credential.empty());
  EXPECT_TRUE(row.credential_digest.empty());
  EXPECT_EQ(row.challenge.find("8854"), std::string::npos);
}

TEST_F(Enrolling, keeps_the_step_of_a_letter_when_the_state_is_silent) {
  systems_.texas.next_enrolment([this] { return sends_letter(clock_.now() + std::chrono::days{40}); });
  systems_.texas.next_continue(refusal(TroubleCode::source_unavailable));
  systems_.texas.next_continue([] { return signed_in("person-1"); });
  const auto asked = identify(enrol());
  const auto silent = answer(*asked, {{"pin", "12345678"}});
  ASSERT_TRUE(silent && silent->challenge);
  EXPECT_EQ(silent->challenge->spec.kind, "mailed_code");
  EXPECT_EQ(silent->trouble->code, TroubleCode::source_unavailable);
  EXPECT_EQ(answer(*silent, {{"pin", "12345678"}})->state, "succeeded");
}

TEST_F(Enrolling, asks_for_the_code_of_a_letter_again_when_the_process_died_with_it) {
  systems_.texas.next_enrolment([this] { return sends_letter(clock_.now() + std::chrono::days{40}); });
  const auto asked = identify(enrol());
  systems_.texas.next_continue([this, &asked]() -> ScriptedAdapter::Step {
    clock_.advance(std::chrono::minutes{5});
    const auto found = read_link_attempt(desk(), caller(), asked->id);
    EXPECT_EQ(found->trouble->code, TroubleCode::source_timeout);
    EXPECT_EQ(found->challenge->spec.kind, "mailed_code");
    return refusal(TroubleCode::source_timeout);
  });
  systems_.texas.next_continue([] { return signed_in("person-1"); });
  ASSERT_TRUE(answer(*asked, {{"pin", "12345678"}}));
  restart();
  const auto again = answer(*read_link_attempt(desk(), caller(), asked->id), {{"pin", "12345678"}});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->state, "succeeded");
  EXPECT_EQ(systems_.texas.calls().back().session, "letter-1");
}

TEST_F(Enrolling, counts_whom_the_state_does_not_find_for_the_account_that_asks) {
  AttemptView view = enrol();
  for (int i = 0; i < 4; ++i) {
    systems_.texas.next_enrolment(refusal(TroubleCode::identity_mismatch));
    const auto refused = identify(view, "000" + std::to_string(i));
    ASSERT_TRUE(refused && refused->challenge) << i;
    EXPECT_EQ(refused->trouble->code, TroubleCode::identity_mismatch);
    view = *refused;
  }
  EXPECT_EQ(identify(view, "0004").error().code, TroubleCode::challenge_lockout_risk);
  systems_.texas.next_enrolment(refusal(TroubleCode::identity_mismatch));
  ASSERT_TRUE(identify(view, "0004", true));
  view = *read_link_attempt(desk(), caller(), view.id);
  const auto locked = identify(view, "0005", true);
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, TroubleCode::account_locked);
  EXPECT_EQ(locked.error().retry_at, clock_.now() + std::chrono::hours{24});
  EXPECT_EQ(systems_.texas.count("enrol_begin"), 5);
}

TEST_F(Enrolling, counts_letters_that_were_ordered_until_one_of_them_was_used) {
  for (int i = 0; i < 4; ++i) {
    systems_.texas.next_enrolment([this] { return sends_letter(clock_.now() + std::chrono::days{40}); });
    ASSERT_TRUE(identify(enrol()));
  }
  EXPECT_EQ(identify(enrol()).error().code, TroubleCode::challenge_lockout_risk);
}

TEST_F(Enrolling, may_try_the_same_again_once_the_states_record_is_right) {
  systems_.texas.next_enrolment(refusal(TroubleCode::identity_mismatch));
  const auto refused = identify(enrol());
  systems_.texas.next_enrolment([] { return asks_code(); });
  const auto found = identify(*refused);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->trouble);
}

TEST_F(Enrolling, does_not_count_against_the_sign_in) {
  const Instant end = clock_.now() + std::chrono::days{1};
  systems_.texas.next_enrolment(refusal(TroubleCode::account_locked, {}, end));
  ASSERT_TRUE(identify(enrol()));
  EXPECT_EQ(identify(enrol()).error().code, TroubleCode::account_locked);
  systems_.texas.next_begin([] { return signed_in(); });
  EXPECT_EQ(type(start(), "Right-1")->state, "succeeded");
}

TEST_F(Enrolling, ends_when_its_owner_wants_it) {
  systems_.texas.next_enrolment([this] { return sends_letter(clock_.now() + std::chrono::days{40}); });
  const auto asked = identify(enrol());
  ASSERT_TRUE(cancel_link_attempt(desk(), caller(), asked->id));
  const ports::LinkAttempt row = stored(asked->id);
  EXPECT_EQ(row.state, "cancelled");
  EXPECT_TRUE(row.sealed_resume.empty());
}

}  // namespace
}  // namespace casebridge::desk::testing
