// Flow mixing: the right answer to one form, given to every other form, by every other session.
#include <set>

#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::other_password;
using testing::parent_email;

constexpr const char* other_email = "other@mail.example";

// A flow that waits in one of its steps, and what would take it on.
struct Waiting {
  std::string name;
  FlowView view;
  std::optional<model::Caller> caller;
  std::vector<std::pair<std::string, std::string>> answer;
};

class FlowMixingTest : public testing::FactorWorld {
 protected:
  void SetUp() override {
    settings_.throttle.account.tries_max = settings_.throttle.account_and_address.tries_max = 10'000;
    settings_.throttle.address.tries_max = settings_.throttle.starts.tries_max = 10'000;
    settings_.throttle.code_tries.tries_max = settings_.throttle.code_sends.tries_max = 10'000;
    settings_.throttle.code_sends_in_all.tries_max = 10'000;
    settings_.throttle.app_codes.tries_max = settings_.throttle.recovery_codes.tries_max = 10'000;
    settings_.code_tries = 10'000;
    settings_.passkeys = {"gateway.example", {"https://gateway.example"}};
    FactorWorld::SetUp();
    register_account(other_email);
    other_ = caller_of(*sign_in(other_email));
    with_app();
  }
  void add(const std::string& name, FlowView view, std::vector<std::pair<std::string, std::string>> answer,
           const std::optional<model::Caller>& caller = {}) {
    waiting_.push_back({name, std::move(view), caller, std::move(answer)});
  }
  FlowView mailed(const std::string& kind, const std::string& email) {
    return submit(start(kind), fields({{"email", email}})).value();
  }
  // One flow in every step of every kind; `parent` has an app, `other` has none.
  void wait_everywhere() {
    const std::string now = code();
    add("registration details", start("registration"),
        {{"email", "new@mail.example"}, {"password", good_password}});
    FlowView registering = begin_registration("newer@mail.example");
    add("registration code", std::move(registering), {{"code", mailed_code()}});
    add("credentials", start("sign_in"), {{"email", other_email}, {"password", good_password}});
    add("sign-in app", half_signed_in(), {{"code", now}});
    add("sign-in recovery", submit(half_signed_in(), fields({{"use_recovery_code", "1"}})).value(),
        {{"recovery_code", recovery_codes_[0]}});
    add("passwords", start("change_password", caller_),
        {{"current_password", good_password}, {"new_password", other_password}}, caller_);
    add("step-up app", start("step_up", caller_), {{"code", now}}, caller_);
    add("step-up password", start("step_up", other_), {{"password", good_password}}, other_);
    FlowView offered = start("add_totp", other_);
    const auto secret = testing::from_base32(testing::shown_in(offered, "secret"));
    const auto shown = totp_code(secret, totp_step_at(clock_.now()));
    add("add app", std::move(offered), {{"code", std::string(shown.reveal())}}, other_);
    add("make codes", start("recovery_codes", caller_), {{"make", "1"}}, caller_);
    add("reset address", start("reset_password"), {{"email", parent_email}});
    FlowView reset = mailed("reset_password", parent_email);
    add("reset code", std::move(reset), {{"code", mailed_code()}});
    FlowView asking = mailed("reset_password", parent_email);
    add("reset app", submit(asking, fields({{"code", mailed_code()}})).value(), {{"code", now}});
    FlowView choosing = mailed("reset_password", other_email);
    add("new password", submit(choosing, fields({{"code", mailed_code()}})).value(),
        {{"new_password", other_password}});
    FlowView unlocking = mailed("unlock", parent_email);
    add("unlock code", std::move(unlocking), {{"code", mailed_code()}});
    with_passkey();  // an app that is the only second factor cannot be removed
    add("remove app", start("remove_totp", caller_), {{"remove", "1"}}, caller_);
  }
  void with_passkey() {
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) {
      return tx.passkeys().insert({.id = ports::PasskeyId::make(clock_.now()),
                                   .account = caller_->account,
                                   .credential_id = "Y3JlZGVudGlhbA",
                                   .public_key = "a2V5",
                                   .transports = "",
                                   .name = "Phone",
                                   .created_at = clock_.now()});
    }));
  }
  static FlowFields fields_of(const Waiting& of) {
    FlowFields made;
    for (const auto& [name, value] : of.answer) made.emplace(name, SecretBytes::copy_of(value));
    return made;
  }
  // The submission raises the seq of the flow even where it is refused.
  Result<FlowView> give(Waiting& to, const Waiting& of, const std::optional<model::Caller>& caller) {
    auto now = flows_->read(to.view.id.text(), to.caller);
    EXPECT_TRUE(now) << to.name;
    EXPECT_EQ(now->step, to.view.step) << to.name;
    return flows_->submit(to.view.id.text(), now->seq, fields_of(of), caller, origin_);
  }

  std::optional<model::Caller> other_;
  std::vector<Waiting> waiting_;
};

TEST_F(FlowMixingTest, TheAnswerToOneFormTakesNoOtherFormOn) {
  wait_everywhere();
  ASSERT_EQ(waiting_.size(), 16U);
  int tried = 0;
  for (Waiting& to : waiting_)
    for (const Waiting& of : waiting_) {
      if (to.answer == of.answer) continue;  // itself, or the same app's code
      // Registration never tells whether an address is taken, so it goes on.
      if (to.name == "registration details" && of.name == "credentials") continue;
      ++tried;
      const auto answer = give(to, of, to.caller);
      EXPECT_FALSE(answer && !answer->refusal) << of.name << " into " << to.name;
      EXPECT_FALSE(answer && (answer->outcome || answer->done)) << of.name << " into " << to.name;
    }
  EXPECT_EQ(tried, 16 * 16 - 16 - 6 - 1);
  EXPECT_EQ(sessions_of(caller_->account).size(), 1U);
  EXPECT_EQ(sessions_of(other_->account).size(), 1U);
}

TEST_F(FlowMixingTest, AFlowOfOneSessionIsThereForNoOther) {
  wait_everywhere();
  int tried = 0;
  for (Waiting& to : waiting_) {
    if (!to.caller) continue;
    const auto& stranger = to.caller->session == other_->session ? caller_ : other_;
    for (const auto& who : {stranger, std::optional<model::Caller>()}) {
      ++tried;
      EXPECT_EQ(give(to, to, who).error().code, TroubleCode::flow_not_found) << to.name;
    }
  }
  EXPECT_EQ(tried, 12);
}

TEST_F(FlowMixingTest, EveryFormIsStillTakenOnByItsOwnAnswer) {
  wait_everywhere();
  // The others end what further flows stand on; their own tests take them on.
  const std::set<std::string> harmless{"registration details", "registration code", "credentials",
                                       "step-up password",     "reset address",     "reset code",
                                       "unlock code"};
  for (Waiting& to : waiting_) {
    if (!harmless.contains(to.name)) continue;
    const auto answer = give(to, to, to.caller);
    ASSERT_TRUE(answer) << to.name;
    EXPECT_FALSE(answer->refusal) << to.name;
  }
}

}  // namespace
}  // namespace casebridge::identity
