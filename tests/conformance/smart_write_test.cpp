// Writing to the Texas payment account: SM-13, SM-14, SM-19, methods, payments, plans, forgotten credentials.
#include <algorithm>
#include <numeric>

#include "tests/conformance/smart_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Receipt;
using model::WriteOrder;

constexpr const char* first_id = "00000000-0000-4000-8000-000000000001";
constexpr const char* bank_token = "vt_9f8e7d6c5b4a3021";
constexpr const char* card_token = "vt_9f8e7d6c5b4a302f";

std::string id_number(int number) {
  const std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

class SmartWriting : public SmartSuite {
 protected:
  struct Payer {
    json account;
    SecretBytes session;
    std::string case_number;
  };
  Payer payer() {
    const auto found = scenario().credential([&](const json& one) {
      const json seen = scenario().cases_of(person_of(one)).front();
      return Scenario::participant(seen, person_of(one)).at("role") == "noncustodial_parent";
    });
    if (!found) throw std::runtime_error("no parent who pays has an account");
    const json seen = scenario().cases_of(person_of(*found)).front();
    return {*found, sign_in(*found), seen.at("caseNumber").get<std::string>()};
  }
  ports::Answer<Receipt> perform(const Payer& in, const WriteOrder& order) {
    return adapter().perform_write(context(), in.session, order);
  }
  static Receipt receipt_of(const ports::Answer<Receipt>& answer) {
    if (!answer) throw std::runtime_error("a write failed: " + std::string(answer.error().row().name));
    return std::get<Receipt>(*answer);
  }
  Receipt payment(const Payer& in, const std::string& key) {
    return receipt_of(adapter().read_receipt(context(), in.session, ports::StateAdapter::ReceiptOf::payment,
                                             {in.case_number, key}));
  }
  model::PaymentOptions options(const Payer& in) {
    auto read = adapter().payment_options(context(), in.session, {in.case_number});
    if (!read) throw std::runtime_error("no options: " + std::string(read.error().row().name));
    return std::get<model::PaymentOptions>(std::move(*read));
  }
  // Every account has one of each (i.15).
  std::string method(const Payer& in, const std::string& kind) {
    for (const model::PaymentMethod& one : options(in).methods)
      if (one.kind == kind && one.state == "usable") return one.key;
    throw std::runtime_error("no usable " + kind);
  }
  std::size_t effects(const std::string& op) const {
    const auto made = calls(op);
    return static_cast<std::size_t>(
        std::count_if(made.begin(), made.end(), [](const json& call) { return call.at("effect") == true; }));
  }
  model::Date today() const { return *model::Date::in_zone(now(), "America/Chicago"); }

  model::PaymentOrder paying(const Payer& in, const std::string& id, const std::string& method_key) const {
    model::PaymentOrder order;
    order.write_id = id;
    order.case_key = in.case_number;
    order.amount = model::Money{15000};
    order.method_key = method_key;
    return order;
  }
  model::RecurringOrder monthly(const Payer& in, const std::string& id, const std::string& method_key) const {
    model::RecurringOrder order;
    order.write_id = id;
    order.case_key = in.case_number;
    order.amount = model::Money{15000};
    order.method_key = method_key;
    order.frequency = model::Frequency::monthly;
    order.first_date = today().plus_days(20);
    return order;
  }
  model::RequestOrder plan(const Payer& in, const std::string& id) const {
    model::RequestOrder order;
    order.write_id = id;
    order.case_key = in.case_number;
    order.kind = "payment_plan";
    order.installment = model::Money{10000};
    order.frequency = model::Frequency::monthly;
    order.first_date = today().plus_days(20);
    return order;
  }
  static model::ContactUpdate moved(const std::string& id) {
    model::ContactUpdate order;
    order.write_id = id;
    order.mailing_address = model::Address{"1 <TEST> & CO", "", "HOUSTON", "TX", "77002-0001"};
    order.phone = "+17135550129";
    return order;
  }

  void expect_one_effect(const Payer& in, const std::string& op, const WriteOrder& order) {
    for (const char* kind : {"lost_answer", "truncate", "reset"}) {
      clear_faults();
      simulator().post("/control/reset", {{"calls", true}});
      add_fault(op, kind, json::object(), 0, 1);
      EXPECT_NE(receipt_of(perform(in, order)).state, "unknown") << op << " " << kind;
      const auto sent = calls(op);
      ASSERT_EQ(sent.size(), 2U) << op << " " << kind;
      EXPECT_EQ(sent[0].at("requestId"), sent[1].at("requestId")) << op;
      EXPECT_EQ(sent[0].at("requestId").get<std::string>(),
                std::visit([](const auto& one) { return one.write_id; }, order));
      EXPECT_EQ(sent[0].at("bodySha256"), sent[1].at("bodySha256")) << op;
      // The first of the three was taken; the others are the same order once more.
      EXPECT_EQ(effects(op), kind == std::string("lost_answer") ? 1U : 0U) << op << " " << kind;
    }
    clear_faults();
  }
};

TEST_P(SmartWriting, SM_13_write_that_lost_its_answer_keeps_its_request_id_and_has_one_effect) {
  const Payer in = payer();
  const std::string bank = method(in, "bank");
  expect_one_effect(in, "SubmitPayment", paying(in, id_number(1), bank));
  expect_one_effect(in, "CreateRecurring", monthly(in, id_number(2), bank));
  model::RecurringCancel cancel{id_number(3), in.case_number, ""};
  for (const model::Recurring& one : options(in).recurring)
    if (one.state == "active") cancel.recurring_key = one.key;
  expect_one_effect(in, "CancelRecurring", cancel);
}

TEST_P(SmartWriting, SM_13_methods_plans_and_contact_data_are_written_once_too) {
  const Payer in = payer();
  model::PaymentMethodOrder add{id_number(1), SecretBytes::copy_of(bank_token)};
  expect_one_effect(in, "AddPaymentMethod", std::move(add));
  expect_one_effect(in, "RequestPaymentPlan", plan(in, id_number(2)));
  expect_one_effect(in, "UpdateContact", moved(id_number(3)));
}

TEST_P(SmartWriting, SM_13_outcome_that_nobody_knows_is_unknown_and_the_order_may_come_again) {
  const Payer in = payer();
  const std::string bank = method(in, "bank");
  add_fault("SubmitPayment", "lost_answer");
  EXPECT_EQ(receipt_of(perform(in, paying(in, first_id, bank))).state, "unknown");
  EXPECT_EQ(calls("SubmitPayment").size(), 2U);
  clear_faults();
  const Receipt again = receipt_of(perform(in, paying(in, first_id, bank)));
  EXPECT_EQ(again.state, "scheduled");
  EXPECT_EQ(effects("SubmitPayment"), 1U);
}

TEST_P(SmartWriting, SM_14_fee_is_shown_and_never_accepted_by_itself) {
  const Payer in = payer();
  const std::string card = method(in, "card");
  const Receipt asked = receipt_of(perform(in, paying(in, id_number(1), card)));
  EXPECT_EQ(asked.state, "needs_confirmation");
  EXPECT_EQ(asked.fee, model::Money{383});  // 2.55 % of 150.00
  EXPECT_EQ(effects("SubmitPayment"), 0U);
  // The fee changes between what was shown and what is paid: shown again, and not paid.
  auto order = paying(in, id_number(2), card);
  order.accepted_fee = asked.fee;
  add_fault("SubmitPayment", "fee_changed");
  const Receipt changed = receipt_of(perform(in, std::move(order)));
  EXPECT_EQ(changed.state, "needs_confirmation");
  EXPECT_EQ(changed.fee, model::Money{433});
  EXPECT_EQ(effects("SubmitPayment"), 0U);
  EXPECT_EQ(calls("SubmitPayment").size(), 2U);
  auto confirmed = paying(in, id_number(3), card);
  confirmed.accepted_fee = changed.fee;
  EXPECT_EQ(receipt_of(perform(in, std::move(confirmed))).state, "scheduled");
  EXPECT_EQ(effects("SubmitPayment"), 1U);
}

TEST_P(SmartWriting, SM_19_plan_stands_apart_and_adds_nothing_to_a_balance) {
  const Payer in = payer();
  const json seen = scenario().cases_of(person_of(in.account)).front();
  const auto balances = [&] {
    return facts_of(records_of(read_one(in.session, seen, model::Dataset::balances)));
  };
  const Facts before = balances();
  EXPECT_EQ(before, expected(seen, person_of(in.account), model::Dataset::balances));
  const json told = scenario().list(seen, "paymentPlan");
  EXPECT_EQ(options(in).plans.empty(), told.is_null());
  if (!told.is_null()) {
    const model::PaymentPlan one = options(in).plans.at(0);
    EXPECT_EQ(one.arrears_at_start, model::Money{told.at("arrearsStartCents").get<std::int64_t>()});
    EXPECT_EQ(one.installment, model::Money{told.at("installmentCents").get<std::int64_t>()});
    EXPECT_EQ(one.paid, model::Money{told.at("paidCents").get<std::int64_t>()});
    EXPECT_EQ(one.state, told.at("status").get<std::string>());
  }
  const Receipt taken = receipt_of(perform(in, plan(in, first_id)));
  EXPECT_EQ(taken.state, "taken");
  EXPECT_FALSE(taken.key.empty());
  EXPECT_EQ(options(in).plans.size(), 1U);
  EXPECT_EQ(balances(), before);
}

TEST_P(SmartWriting, payment_goes_its_way_from_scheduled_to_posted) {
  const Payer in = payer();
  const std::string bank = method(in, "bank");
  auto order = paying(in, first_id, bank);
  order.apply_to = "arrears";
  const Receipt made = receipt_of(perform(in, std::move(order)));
  EXPECT_EQ(made.state, "scheduled");
  EXPECT_EQ(made.fee, model::Money{0});
  EXPECT_FALSE(made.confirmation.empty());
  EXPECT_EQ(payment(in, made.key).state, "scheduled");
  advance(14L * 24 * 3600);
  const Payer later{in.account, sign_in(in.account), in.case_number};
  EXPECT_EQ(payment(later, made.key).state, "done");
  const auto read =
      read_one(later.session, scenario().cases_of(person_of(in.account)).front(), model::Dataset::payments);
  const auto& listed = list_of<model::Payment>(read);
  EXPECT_TRUE(std::any_of(listed.begin(), listed.end(), [&](const model::Payment& one) {
    return one.key == made.key && one.amount == model::Money{15000};
  }));
}

TEST_P(SmartWriting, declined_card_and_day_that_is_too_early_are_refused) {
  const Payer in = payer();
  auto order = paying(in, id_number(1), method(in, "card"));
  order.amount = model::Money{10000};
  order.accepted_fee = model::Money{255};
  const auto declined = perform(in, std::move(order));
  ASSERT_FALSE(declined);
  EXPECT_EQ(declined.error().code, TroubleCode::source_rejected);
  auto early = paying(in, id_number(2), method(in, "bank"));
  early.pay_on = today();
  const auto refused = perform(in, std::move(early));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(refused.error().field, "pay_on");
  EXPECT_EQ(effects("SubmitPayment"), 0U);
}

TEST_P(SmartWriting, new_bank_account_waits_and_a_new_card_does_not) {
  const Payer in = payer();
  const Receipt bank =
      receipt_of(perform(in, model::PaymentMethodOrder{id_number(1), SecretBytes::copy_of(bank_token)}));
  EXPECT_EQ(bank.state, "in_work");
  ASSERT_TRUE(bank.effective);
  EXPECT_GT(*bank.effective, today());
  const Receipt card =
      receipt_of(perform(in, model::PaymentMethodOrder{id_number(2), SecretBytes::copy_of(card_token)}));
  EXPECT_EQ(card.state, "done");
  for (const model::PaymentMethod& one : options(in).methods) {
    if (one.key == bank.key) {
      EXPECT_EQ(one.kind + one.state, "bankpending");
    }
    if (one.key == card.key) {
      EXPECT_EQ(one.kind + one.state, "cardusable");
    }
  }
  const auto refused = perform(in, paying(in, id_number(3), bank.key));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(refused.error().field, "method_key");
}

TEST_P(SmartWriting, removed_method_is_gone_and_cannot_pay) {
  const Payer in = payer();
  const std::string card = method(in, "card");
  EXPECT_EQ(receipt_of(perform(in, model::PaymentMethodRemoval{id_number(1), card})).state, "done");
  for (const model::PaymentMethod& one : options(in).methods) EXPECT_NE(one.key, card);
  EXPECT_FALSE(perform(in, paying(in, id_number(2), card)));
  EXPECT_EQ(effects("SubmitPayment"), 0U);
}

TEST_P(SmartWriting, recurring_payment_begins_and_ends) {
  const Payer in = payer();
  const Receipt made = receipt_of(perform(in, monthly(in, id_number(1), method(in, "bank"))));
  EXPECT_EQ(made.state, "done");
  EXPECT_EQ(made.effective, today().plus_days(20));
  const auto state_of = [&] {
    for (const model::Recurring& one : options(in).recurring)
      if (one.key == made.key) return one.state;
    return std::string("missing");
  };
  EXPECT_EQ(state_of(), "active");
  EXPECT_EQ(receipt_of(perform(in, model::RecurringCancel{id_number(2), in.case_number, made.key})).state,
            "done");
  EXPECT_EQ(state_of(), "cancelled");
}

TEST_P(SmartWriting, installment_that_is_too_small_is_refused_by_name) {
  const Payer in = payer();
  auto order = plan(in, first_id);
  order.installment = model::Money{4000};
  const auto refused = perform(in, order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_rejected);
  EXPECT_EQ(refused.error().field, "installment");
  EXPECT_EQ(effects("RequestPaymentPlan"), 0U);
}

TEST_P(SmartWriting, contact_data_go_out_as_xml_can_carry_them) {
  const Payer in = payer();
  const Receipt taken = receipt_of(perform(in, moved(first_id)));
  EXPECT_EQ(taken.state, "done");
  EXPECT_FALSE(taken.confirmation.empty());
  model::ContactUpdate bad;
  bad.write_id = id_number(2);
  bad.email = "a\x01@example.com";
  const auto refused = perform(in, bad);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "email");
  EXPECT_EQ(calls("UpdateContact").size(), 1U);
}

TEST_P(SmartWriting, posting_window_takes_no_payment_and_says_so) {
  const Payer in = payer();
  const std::string bank = method(in, "bank");
  add_fault("SubmitPayment", "posting_window");
  const auto refused = perform(in, paying(in, first_id, bank));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_maintenance);
  EXPECT_EQ(calls("SubmitPayment").size(), 1U);
}

TEST_P(SmartWriting, forgotten_credential_is_answered_alike_and_only_mail_tells) {
  const json one = account();
  const json person = scenario().person(person_of(one));
  const auto forgot = [&](const std::string& what, const std::map<std::string, std::string>& fields) {
    model::RecoveryQuery query;
    query.what = what;
    for (const auto& [name, text] : fields) query.fields.emplace(name, SecretBytes::copy_of(text));
    const auto answer = adapter().recover_credential(context(), query);
    return answer ? std::get<model::RecoveryAnswer>(*answer).next : std::string(answer.error().row().name);
  };
  EXPECT_EQ(forgot("password", {{"user_name", "nobody.test"}}), "check_email");
  EXPECT_TRUE(simulator().outbox("tx-smart", person_of(one), "link").empty());
  EXPECT_EQ(forgot("password", {{"user_name", one.at("username").get<std::string>()}}), "check_email");
  EXPECT_EQ(simulator().outbox("tx-smart", person_of(one), "link").size(), 1U);
  if (person.at("email").is_string()) {
    EXPECT_EQ(forgot("user_name", {{"email", person.at("email").get<std::string>()},
                                   {"last_name", person.at("name").at("last").get<std::string>()}}),
              "check_email");
    EXPECT_EQ(simulator().outbox("tx-smart", person_of(one), "username").size(), 1U);
  }
  EXPECT_EQ(forgot("pin", {}), "not_supported");
}

TEST_P(SmartWriting, SM_17_nothing_that_was_written_is_in_logs_or_errors) {
  const Payer in = payer();
  std::string said;
  for (const char* kind : {"malformed", "lost_answer", "html_502", "no_detail"}) {
    clear_faults();
    add_fault("*", kind);
    for (const auto& answer :
         {perform(in, model::PaymentMethodOrder{id_number(1), SecretBytes::copy_of(bank_token)}),
          perform(in, moved(id_number(2)))})
      if (!answer) said += answer.error().detail + answer.error().field;
  }
  said += side().log_text();
  EXPECT_NE(said.find("switchboard.call"), std::string::npos);
  for (const std::string& secret : {std::string(bank_token), std::string("7135550129"),
                                    std::string("HOUSTON"), std::string(in.session.reveal())})
    EXPECT_EQ(said.find(secret), std::string::npos) << secret.substr(0, 3);
}

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& carrier) {
  return carrier.param == Simulator::Carrier::tls ? "tls" : "plain";
}
INSTANTIATE_TEST_SUITE_P(Smart, SmartWriting,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
