// Forgotten credentials: the state's own way, or where to turn; and nothing that tells of an account.
#include "core/desk/recover_credential.hpp"

#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using Told = model::RecoveryAnswer;

class Recovering : public DeskWorld {
 protected:
  Recovering() {
    ports::SystemInfo& texas = systems_.info("tx-icop");
    texas.recovery["password"].fields = {{"user_name", "text", true, 64, {}}};
    texas.recovery["password"].channels = {"email", "post"};
  }
  Result<RecoveryView> recover(const std::string& what, const std::map<std::string, std::string>& typed = {},
                               const std::string& channel = "", const std::string& system = "tx-icop") {
    RecoverCredential input{system, what, channel, {}, "req-1"};
    for (const auto& [name, value] : typed) input.fields.emplace(name, SecretBytes::copy_of(value));
    return recover_credential(desk(), caller(), std::move(input));
  }
  Result<RecoveryView> forgot_password() { return recover("password", {{"user_name", "priya.h"}}); }
  void state_says(Told told) {
    systems_.texas.next_recovery([told] { return casebridge::testing::read<Told>(told); });
  }
  void state_says(Trouble why) {
    systems_.texas.next_recovery([why]() -> ports::Answer<Told> { return why; });
  }
};

TEST_F(Recovering, goes_the_states_own_way_with_what_was_typed) {
  state_says({"check_email", "", clock_.now() + std::chrono::minutes{20}});
  const auto told = forgot_password();
  ASSERT_TRUE(told);
  EXPECT_EQ(told->action, "check_email");
  EXPECT_EQ(told->expected_by, clock_.now() + std::chrono::minutes{20});
  EXPECT_EQ(told->state->id, "us-tx");
  EXPECT_EQ(systems_.texas.calls().back().operation, "recover password");
  EXPECT_EQ(systems_.texas.calls().back().fields.at("user_name"), "priya.h");
}

TEST_F(Recovering, leads_to_the_official_door_where_the_state_has_no_way_through_here) {
  const auto told = recover("user_name");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->action, "open_page");
  EXPECT_EQ(told->state->official_url().value, "https://portal.example/TX");
  EXPECT_TRUE(systems_.texas.calls().empty());
}

TEST_F(Recovering, orders_a_new_one_where_opening_the_access_anew_gives_it) {
  ports::LoginForm form;
  form.credential_kind = systems_.info("tx-icop").form.credential_kind;
  systems_.info("tx-icop").enrolment = form;
  EXPECT_EQ(recover("user_name")->action, "enrol");
}

TEST_F(Recovering, checks_what_was_typed_before_a_state_is_asked) {
  EXPECT_EQ(recover("password").error().field, "user_name");
  EXPECT_EQ(recover("password", {{"user_name", "p"}, {"pin", "1"}}).error().field, "fields");
  EXPECT_EQ(recover("user_name", {{"pin", "1"}}).error().field, "fields");
  EXPECT_EQ(recover("pin").error().field, "what");
  EXPECT_EQ(recover("password", {{"user_name", "p"}}, "phone").error().field, "channel");
  EXPECT_EQ(recover("password", {}, "", "zz-none").error().code, TroubleCode::system_unknown);
  EXPECT_TRUE(systems_.texas.calls().empty());
}

TEST_F(Recovering, says_the_same_whatever_a_state_tells_of_the_account) {
  for (const TroubleCode code : {TroubleCode::identity_mismatch, TroubleCode::credential_refused,
                                 TroubleCode::account_locked, TroubleCode::source_not_found}) {
    state_says(refusal(code, 3));
    const auto told = forgot_password();
    ASSERT_TRUE(told);
    EXPECT_EQ(told->action, "contact_agency");
    EXPECT_TRUE(told->url.empty());
  }
}

TEST_F(Recovering, tells_that_a_state_cannot_be_reached) {
  state_says(refusal(TroubleCode::source_maintenance, {}, clock_.now() + std::chrono::hours{1}));
  EXPECT_EQ(forgot_password().error().code, TroubleCode::source_maintenance);
  systems_.texas.next_recovery([this] { return not_yet<Told>(clock_.now() + std::chrono::hours{1}, "x"); });
  EXPECT_EQ(forgot_password().error().code, TroubleCode::source_unavailable);
}

TEST_F(Recovering, passes_on_no_address_that_is_not_safe) {
  state_says({"open_page", "http://portal.example/reset", {}});
  EXPECT_EQ(forgot_password()->url, "");
  state_says({"open_page", "https://portal.example/reset", {}});
  EXPECT_EQ(forgot_password()->url, "https://portal.example/reset");
}

TEST_F(Recovering, is_counted_for_the_account_and_not_asked_for_ever) {
  for (int i = 0; i < 5; ++i) {
    state_says({"check_email", "", {}});
    ASSERT_TRUE(forgot_password()) << i;
  }
  restart();
  const auto limited = forgot_password();
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().code, TroubleCode::rate_limited);
  EXPECT_EQ(limited.error().retry_at, clock_.now() + std::chrono::hours{1});
  EXPECT_EQ(systems_.texas.count("recover password"), 5);
  clock_.advance(std::chrono::hours{1});
  state_says({"check_email", "", {}});
  EXPECT_TRUE(forgot_password());
}

TEST_F(Recovering, offers_what_the_sign_in_asks_and_nothing_else) {
  std::vector<std::string> what;
  for (const RecoveryForm& one : recovery_forms(systems_.info("tx-icop"))) what.push_back(one.what);
  EXPECT_EQ(what, (std::vector<std::string>{"user_name", "password"}));
  systems_.ask_for("oh-csenet", {{"person_number", "digits", false, 10, 10}});
  EXPECT_TRUE(recovery_forms(systems_.info("oh-csenet")).empty());
}

}  // namespace
}  // namespace casebridge::desk::testing
