// Orders, enrolment and recovery through a loaded adapter: checked in both directions, refused where
// undeclared.
#include <gtest/gtest.h>

#include "core/switchboard/switchboard.hpp"
#include "tests/support/places.hpp"
#include "tests/support/state_folder.hpp"
#include "tests/unit/model/sample_orders.hpp"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;
using ports::StateAdapter;
namespace sample = model::sample;

class Orders : public ::testing::Test {
 protected:
  Orders() {
    SwitchboardOptions options;
    options.states_folder = states_.path();
    options.plugins_folder = tests::in_build("plugins");
    options.schemas_folder = tests::in_source("schemas");
    auto opened = open_switchboard(options, clock_, Log{});
    EXPECT_TRUE(opened) << opened.error().detail;
    systems_ = std::move(*opened);
    adapter_ = systems_->adapter("tx-one");
    EXPECT_EQ(systems_->health().at(0).state, "ready") << systems_->health().at(0).reason;
  }
  static ports::CallContext context() { return {Deadline{3s}, "req_1"}; }
  ports::Answer<model::Receipt> perform(std::size_t index, const SecretBytes* resume = nullptr) {
    auto with = context();
    with.resume = resume;
    return adapter_->perform_write(with, session_, sample::one_order_of_each()[index]);
  }

  ManualClock clock_{*parse_instant("2026-03-16T14:00:00Z")};
  testing::StateFolder states_{{{"tx-one", "writing_adapter", "http://127.0.0.1:1"}}};
  std::unique_ptr<ports::Systems> systems_;
  StateAdapter* adapter_ = nullptr;
  SecretBytes session_ = SecretBytes::copy_of("t0k");
};

TEST_F(Orders, ComeAcrossWholeAndAreReceipted) {
  const auto message = perform(6);
  ASSERT_TRUE(message) << message.error().detail;
  const auto& receipt = std::get<model::Receipt>(*message);
  EXPECT_EQ(receipt.key, sample::write_id);
  EXPECT_EQ(receipt.state, "taken");
  EXPECT_EQ(receipt.thread_key, "T1");
  EXPECT_EQ(receipt.upstream_text, "I changed jobs.");
  const auto upload = perform(7);
  ASSERT_TRUE(upload);
  EXPECT_EQ(std::get<model::Receipt>(*upload).key, "4");
}

TEST_F(Orders, ThatTheAdapterDoesNotTakeAreNotSupported) {
  for (const std::size_t index : {0U, 2U, 3U, 4U, 5U}) {
    const auto answer = perform(index);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, TroubleCode::not_supported) << index;
  }
}

TEST_F(Orders, ThatNeedAServiceWhichIsNotThereAreNotSupported) {
  const auto answer = perform(1);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, TroubleCode::not_supported);
  EXPECT_EQ(answer.error().detail, "host_service_missing");
}

TEST_F(Orders, MayTakeDays) {
  const auto first = perform(8);
  ASSERT_TRUE(first);
  const auto& pending = std::get<model::Pending>(*first);
  EXPECT_EQ(pending.not_before, clock_.now() + 24h);
  const auto second = perform(8, &pending.resume);
  ASSERT_TRUE(second);
  EXPECT_EQ(std::get<model::Receipt>(*second).key, "ticket");
}

TEST_F(Orders, AreAskedForAgainByTheKeyOfTheReceipt) {
  const auto paid =
      adapter_->read_receipt(context(), session_, StateAdapter::ReceiptOf::payment, {"7", "PR-17"});
  ASSERT_TRUE(paid);
  EXPECT_EQ(std::get<model::Receipt>(*paid).key, "PR-17");
  EXPECT_EQ(std::get<model::Receipt>(*paid).confirmation, "t0k");
}

TEST_F(Orders, AreNotBelievedWhenTheAnswerBreaksTheSchema) {
  const auto wrong =
      adapter_->read_receipt(context(), session_, StateAdapter::ReceiptOf::request, {"7", "x"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, TroubleCode::adapter_fault);
  EXPECT_NE(wrong.error().detail.find("/state"), std::string::npos);
}

TEST_F(Orders, WithoutAnIdAreNotSent) {
  const auto answer = adapter_->perform_write(context(), session_,
                                              model::WriteOrder{model::MessageOrder{.write_id = "twice"}});
  ASSERT_FALSE(answer);
  EXPECT_NE(answer.error().detail.find("/write_id"), std::string::npos);
}

TEST_F(Orders, CanBePaidInTheWaysTheStateTells) {
  const auto options = adapter_->payment_options(context(), session_, {"7"});
  ASSERT_TRUE(options);
  EXPECT_EQ(std::get<model::PaymentOptions>(*options).methods.at(0).key, "7");
}

TEST_F(Orders, AreNotAllThatNeedsNoSession) {
  model::AuthBegin begin{.credential_kind = "mailed_pin"};
  const auto step = adapter_->enrol_begin(context(), begin);
  ASSERT_TRUE(step) << step.error().detail;
  const auto& letter = std::get<model::AuthChallenge>(std::get<model::AuthStep>(*step)).challenge;
  EXPECT_EQ(letter.kind, "mailed_code");
  EXPECT_EQ(letter.channel, "post");
  EXPECT_EQ(letter.expires_at, clock_.now() + std::chrono::days{40});
  const auto temporary = adapter_->auth_begin(context(), begin);
  ASSERT_TRUE(temporary);
  EXPECT_EQ(std::get<model::AuthChallenge>(std::get<model::AuthStep>(*temporary)).challenge.kind,
            "new_credential");
  model::RecoveryQuery query{.what = "password"};
  query.fields.emplace("email", SecretBytes::copy_of("pat@example.com"));
  const auto recovery = adapter_->recover_credential(context(), query);
  ASSERT_TRUE(recovery);
  EXPECT_EQ(std::get<model::RecoveryAnswer>(*recovery).next, "check_email");
}

}  // namespace
}  // namespace casebridge::switchboard
