// A letter on its way: what is asked meanwhile, which mails are written, and how it ends.
#include "core/desk/letter_watch.hpp"

#include <algorithm>

#include "core/desk/read_link_attempt.hpp"
#include "core/desk/start_link_attempt.hpp"
#include "core/ports/store_safety.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using casebridge::testing::sends_letter;
using std::chrono::days;

class Letter : public DeskWorld {
 protected:
  Letter()
      : messages_(Messages::load(casebridge::tests::in_source("config/messages"), {"en", "es"}).value()),
        mail_(*vault_, messages_, "") {
    ports::LoginForm form;
    form.credential_kind = "mailed_pin";
    form.fields = {{"case_number", "digits", false, 9, 9}};
    systems_.info("tx-icop").enrolment = form;
    EXPECT_TRUE(store_->write(
        [&](ports::Transaction& tx) { return tx.accounts().set_email_verified(account_, clock_.now()); }));
    systems_.texas.next_enrolment([this] { return sends_letter(clock_.now() + days{40}); });
    const auto begun = start_link_attempt(desk(), caller(), {"tx-icop", "", {}, true});
    attempt_ = answer(*begun, {{"case_number", "700123456"}}).value();
  }

  AttemptView now() { return read_link_attempt(desk(), caller(), attempt_->id).value(); }
  // Looks once on each of so many days; the state tells `code` at every look.
  void pass(int count, TroubleCode code = TroubleCode::source_unavailable) {
    for (int i = 0; i < count; ++i) {
      clock_.advance(days{1});
      systems_.texas.next_continue(refusal(code));
      look();
    }
  }
  int look() {
    Scheduler scheduler(*store_, clock_, log_, {});
    scheduler.handle(job_watch_letter,
                     [this](const ports::Job& job) { return watch_letter(desk(), mail_, job); });
    return scheduler.run_due();
  }
  struct Mail {
    std::string subject, text;
  };
  // Everything that is queued and was not looked at before.
  std::vector<Mail> mails() {
    std::vector<Mail> found;
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(const auto items, tx.mails().take_due(clock_.now(), clock_.now() + days{900}, 100));
      for (const ports::MailItem& item : items) {
        EXPECT_EQ(item.to, "priya@example.com");
        CASEBRIDGE_TRY(const SecretBytes text,
                       vault_->open(item.sealed_text, identity::place_of_mail(item.id)));
        found.push_back({item.subject, std::string(text.reveal())});
      }
      return {};
    }));
    return found;
  }

  Messages messages_;
  identity::AccountMail mail_;
  std::optional<AttemptView> attempt_;
};

TEST_F(Letter, NoMailIsWrittenAboutItWhileTheParentHasStoppedEverything) {
  EXPECT_TRUE(
      store_->write([&](ports::Transaction& tx) { return tx.safety().stop(account_, clock_.now()); }));
  pass(20);
  EXPECT_TRUE(mails().empty());
}

TEST_F(Letter, is_asked_about_with_nothing_of_the_parents) {
  clock_.advance(days{1});
  systems_.texas.next_continue([] { return sends_letter({}); });
  EXPECT_EQ(look(), 1);
  const Call call = systems_.texas.calls().back();
  EXPECT_EQ(call.operation, "auth_continue");
  EXPECT_TRUE(call.fields.empty());
  EXPECT_FALSE(call.interactive);
  EXPECT_EQ(call.session, "letter-1");
  EXPECT_EQ(look(), 0);
}

TEST_F(Letter, is_told_of_in_the_words_of_where_it_stands) {
  clock_.advance(days{1});
  systems_.texas.next_continue(
      [] { return sends_letter({}, "letter-2", "challenge.mailed_code.pin_on_its_way"); });
  look();
  const AttemptView view = now();
  EXPECT_EQ(view.challenge->spec.prompt_key, "challenge.mailed_code.pin_on_its_way");
  EXPECT_EQ(view.challenge->spec.expires_at, attempt_->challenge->spec.expires_at);
  // Whoever has the form open can still send it.
  EXPECT_EQ(view.challenge->id, attempt_->challenge->id);
  EXPECT_EQ(view.challenge->seq, attempt_->challenge->seq);
  systems_.texas.next_continue([] { return signed_in("person-1"); });
  EXPECT_EQ(answer(*attempt_, {{"pin", "12345678"}})->state, "succeeded");
  EXPECT_EQ(systems_.texas.calls().back().session, "letter-2");
}

TEST_F(Letter, is_called_to_mind_each_week_and_no_more_than_four_times) {
  std::vector<int> told;
  for (int day = 1; day <= 39; ++day) {
    pass(1);
    if (!mails().empty()) told.push_back(day);
  }
  EXPECT_EQ(told, (std::vector<int>{7, 14, 21, 28}));
}

TEST_F(Letter, is_called_to_mind_once_after_weeks_without_a_gateway) {
  clock_.advance(days{20});
  restart();
  look();
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(Letter, mail_says_until_when_and_names_no_state_and_no_case) {
  pass(7);
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(sent[0].text.find("April 25, 2026"), std::string::npos) << sent[0].text;
  for (const char* word : {"Texas", "tx-icop", "700123456", "PIN", "support", "child"})
    EXPECT_EQ((sent[0].subject + sent[0].text).find(word), std::string::npos) << word;
}

TEST_F(Letter, mail_is_in_the_language_of_the_account) {
  for (const identity::LetterMail what :
       {identity::LetterMail::awaited, identity::LetterMail::news, identity::LetterMail::too_late}) {
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) {
      return mail_.queue_letter(tx.mails(), {"priya@example.com", "es"}, what,
                                *model::Date::parse("2026-04-25"), clock_.now());
    }));
  }
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 3U);
  int with_a_day = 0;
  for (const Mail& one : sent) {
    EXPECT_TRUE(one.text.starts_with("Hola")) << one.text;
    if (one.text.find("25 de abril de 2026") != std::string::npos) ++with_a_day;
  }
  EXPECT_EQ(with_a_day, 2);
}

TEST_F(Letter, that_the_state_will_not_send_leads_back_to_the_form) {
  pass(1, TroubleCode::identity_mismatch);
  const AttemptView view = now();
  ASSERT_TRUE(view.challenge && view.trouble);
  EXPECT_EQ(view.challenge->spec.kind, "credentials");
  EXPECT_EQ(view.trouble->code, TroubleCode::identity_mismatch);
  EXPECT_EQ(mails().size(), 1U);
  clock_.advance(days{10});
  EXPECT_EQ(look(), 0);
}

TEST_F(Letter, that_never_came_leads_back_to_the_form) {
  pass(1, TroubleCode::challenge_expired);
  EXPECT_EQ(now().trouble->code, TroubleCode::challenge_expired);
  EXPECT_EQ(now().challenge->spec.kind, "credentials");
}

TEST_F(Letter, stays_awaited_whatever_else_goes_wrong_at_the_state) {
  for (const TroubleCode code : {TroubleCode::source_maintenance, TroubleCode::invalid_field,
                                 TroubleCode::adapter_fault, TroubleCode::needs_user})
    pass(1, code);
  EXPECT_EQ(now().challenge->spec.kind, "mailed_code");
  EXPECT_FALSE(now().trouble);
}

TEST_F(Letter, is_not_asked_about_in_a_planned_maintenance) {
  systems_.maintenance_until_ = clock_.now() + days{2};
  const auto before = systems_.texas.calls().size();
  clock_.advance(days{1});
  look();
  EXPECT_EQ(systems_.texas.calls().size(), before);
}

TEST_F(Letter, that_is_too_late_is_said_to_be) {
  clock_.advance(days{40});
  EXPECT_EQ(look(), 1);
  EXPECT_EQ(now().state, "expired");
  const auto sent = mails();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_NE(sent[0].subject.find("over"), std::string::npos);
  EXPECT_EQ(systems_.texas.count("auth_continue"), 0);
}

TEST_F(Letter, of_which_the_code_is_being_checked_is_left_alone) {
  systems_.texas.next_continue([this]() -> ScriptedAdapter::Step {
    clock_.advance(days{1});
    look();
    EXPECT_TRUE(mails().empty());
    return signed_in("person-1");
  });
  EXPECT_EQ(answer(*attempt_, {{"pin", "12345678"}})->state, "succeeded");
  clock_.advance(days{1});
  look();
  EXPECT_EQ(systems_.texas.count("auth_continue"), 1);
  EXPECT_TRUE(mails().empty());
}

TEST_F(Letter, that_went_on_while_the_state_was_asked_is_not_put_back) {
  clock_.advance(days{1});
  systems_.texas.next_continue([this]() -> ScriptedAdapter::Step {
    systems_.texas.next_continue([] { return signed_in("person-1"); });
    EXPECT_EQ(answer(*attempt_, {{"pin", "12345678"}})->state, "succeeded");
    return refusal(TroubleCode::identity_mismatch);
  });
  look();
  EXPECT_EQ(now().state, "succeeded");
  EXPECT_TRUE(mails().empty());
}

TEST_F(Letter, that_was_ordered_again_has_its_own_weeks) {
  pass(6);
  systems_.texas.next_continue(refusal(TroubleCode::identity_mismatch));
  const auto back = answer(now(), {{"pin", "12345678"}});
  ASSERT_TRUE(back && back->challenge);
  systems_.texas.next_enrolment([this] { return sends_letter(clock_.now() + days{40}, "letter-2"); });
  ASSERT_TRUE(answer(*back, {{"case_number", "700123456"}}));
  pass(3);
  EXPECT_TRUE(mails().empty());
  pass(7);
  EXPECT_EQ(mails().size(), 1U);
}

}  // namespace
}  // namespace casebridge::desk::testing
