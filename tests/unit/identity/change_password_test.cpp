// Change of password: needs the session and the old password, and ends everything that was signed in.
#include "tests/unit/identity/flow_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::other_password;

class ChangePasswordTest : public testing::FlowWorld {
 protected:
  void SetUp() override {
    FlowWorld::SetUp();
    register_account("parent@mail.example");
    signed_in_ = std::make_unique<FlowView>(std::move(sign_in("parent@mail.example")).value());
    caller_ = caller_of(*signed_in_);
  }
  Result<FlowView> change(const std::string& current, const std::string& chosen) {
    return submit(start("change_password", caller_),
                  fields({{"current_password", current}, {"new_password", chosen}}), caller_);
  }
  std::unique_ptr<FlowView> signed_in_;
  std::optional<model::Caller> caller_;
};

TEST_F(ChangePasswordTest, EndsAllSessionsAndOpensANewOne) {
  (void)sign_in("parent@mail.example");
  (void)read_mail();
  const auto changed = change(good_password, other_password);
  ASSERT_TRUE(changed);
  ASSERT_TRUE(changed->outcome);
  EXPECT_NE(changed->outcome->session.id, caller_->session);
  const auto left = sessions_of(caller_->account);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].id, changed->outcome->session.id);
  EXPECT_EQ(account_of("parent@mail.example")->credential_version, 3);
  EXPECT_EQ(read_mail().at(0).subject, "Your Casebridge password was changed");
  EXPECT_FALSE(sign_in("parent@mail.example", good_password)->outcome);
  EXPECT_TRUE(sign_in("parent@mail.example", other_password)->outcome);
}

TEST_F(ChangePasswordTest, ALockThatBeginsHereIsToldByMail) {
  (void)read_mail();
  for (int i = 0; i < 5; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    EXPECT_TRUE(change("not the old password", other_password)->refusal);
  }
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].subject, "Signing in to your Casebridge account is locked for a while");
}

TEST_F(ChangePasswordTest, NeedsTheOldPassword) {
  const auto refused = change("not the old password", other_password);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->refusal->code, TroubleCode::sign_in_refused);
  EXPECT_FALSE(refused->outcome);
  EXPECT_TRUE(sign_in("parent@mail.example", good_password)->outcome);
}

TEST_F(ChangePasswordTest, SharesTheTriesOfSignIn) {
  for (int i = 0; i < 5; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    (void)change("not the old password", other_password);
  }
  origin_.address = "203.0.113.50";
  EXPECT_FALSE(sign_in("parent@mail.example", good_password)->outcome);
  EXPECT_TRUE(change(good_password, other_password)->refusal);
}

TEST_F(ChangePasswordTest, RefusesTheSameAndTheWeak) {
  EXPECT_EQ(change(good_password, good_password)->messages.at(0).key, "flow.password.same");
  EXPECT_EQ(change(good_password, "short")->messages.at(0).key, "flow.password.too_short");
}

TEST_F(ChangePasswordTest, BelongsToTheSessionThatBeganIt) {
  EXPECT_EQ(flows_->start("change_password", "cookie", "en", {}, origin_).error().code,
            TroubleCode::token_missing);
  const FlowView view = start("change_password", caller_);
  EXPECT_EQ(flows_->read(view.id.text(), {}).error().code, TroubleCode::flow_not_found);
  const auto other = caller_of(*sign_in("parent@mail.example"));
  EXPECT_EQ(flows_->read(view.id.text(), other).error().code, TroubleCode::flow_not_found);
  const auto values = fields({{"current_password", good_password}, {"new_password", other_password}});
  EXPECT_EQ(submit(view, values).error().code, TroubleCode::flow_not_found);
  EXPECT_EQ(submit(view, values, other).error().code, TroubleCode::flow_not_found);
}

TEST_F(ChangePasswordTest, StepsOfOneKindAreNotTakenByAnother) {
  const FlowView registration = start("registration");
  const FlowView sign = start("sign_in");
  const FlowView change = start("change_password", caller_);
  const auto code = fields({{"code", "00000000"}});
  const auto passwords = fields({{"current_password", good_password}, {"new_password", other_password}});
  for (const FlowView* view : {&registration, &sign, &change})
    EXPECT_EQ(submit(*view, code, caller_).error().code, TroubleCode::invalid_field) << view->kind;
  for (const FlowView* view : {&registration, &sign})
    EXPECT_EQ(submit(*view, passwords, caller_).error().code, TroubleCode::invalid_field) << view->kind;
}

}  // namespace
}  // namespace casebridge::identity
