// Writing to Ohio: OH-01, OH-10, OH-13 and OH-19 for orders; addresses, messages, reviews and their
// decisions.
#include <functional>

#include "tests/conformance/ohio_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Receipt;
using model::WriteOrder;

constexpr const char* first_id = "00000000-0000-4000-8000-000000000001";
constexpr const char* second_id = "00000000-0000-4000-8000-000000000002";
constexpr int waits_at_most = 40;

class OhioWriting : public OhioSuite {
 protected:
  OhioWriting() { keep_values(); }

  using Told = Result<Receipt>;
  Told ended(const std::function<ports::Answer<Receipt>(const ports::CallContext&)>& ask) {
    SecretBytes resume;
    for (waits_ = 0; waits_ < waits_at_most; ++waits_) {
      auto call = context();
      if (!resume.empty()) call.resume = &resume;
      auto answered = ask(call);
      if (!answered) return std::move(answered).error();
      auto* const pending = std::get_if<model::Pending>(&answered.value());
      if (pending == nullptr) return std::get<Receipt>(std::move(*answered));
      resume = std::move(pending->resume);
      advance(pending->not_before - side().clock().now());
    }
    throw std::runtime_error("the order never comes to an end");
  }
  Told perform(const OhioSession& in, const WriteOrder& order) {
    return ended([&](const ports::CallContext& call) {
      return adapter().perform_write(call, in.done.session, order);
    });
  }
  static Receipt receipt_of(const Told& told) {
    if (!told) throw std::runtime_error("a write failed: " + std::string(told.error().row().name));
    return *told;
  }
  Receipt request(const OhioSession& in, const std::string& key) {
    return receipt_of(ended([&](const ports::CallContext& call) {
      return adapter().read_receipt(call, in.done.session, ports::StateAdapter::ReceiptOf::request,
                                    {number_of(in), key});
    }));
  }
  static std::string number_of(const OhioSession& in) {
    return in.credential.at("caseNumber").get<std::string>();
  }
  std::size_t effects() const {
    std::size_t made = 0;
    for (const char* op : {"csenet", "job"})
      for (const json& call : calls(op)) made += call.at("effect") == true ? 1U : 0U;
    return made;
  }
  void forget_calls() {
    clear_faults();
    simulator().post("/control/reset", {{"calls", true}});
  }
  // An account of the parent who receives, made for a case of which only the other one has an account.
  std::optional<json> receiver() {
    json document = scenario().document();
    const json payer = any_account();
    const json seen = case_of(payer);
    for (const json& part : seen.at("participants")) {
      if (part.at("role") != "custodial_party" || part.at("person") == payer.at("person")) continue;
      const auto ssn = scenario().person(part.at("person").get<std::string>()).at("ssn").get<std::string>();
      json made = payer;
      made["id"] = "k-receiver";
      made["person"] = part.at("person");
      made["ssn4"] = ssn.substr(ssn.size() - 4);
      made["pin"] = "31415926";
      document["credentials"].push_back(made);
      use(document);
      return made;
    }
    return std::nullopt;
  }

  static model::ContactUpdate moved(const char* id) {
    model::ContactUpdate order;
    order.write_id = id;
    order.mailing_address = model::Address{"900 Olentangy Test Rd", "Unit 4", "Columbus", "OH", "43202-1234"};
    order.phone = "+16145550143";
    return order;
  }
  static model::MessageOrder telling(const OhioSession& in, const char* id) {
    model::MessageOrder order;
    order.write_id = id;
    order.case_key = number_of(in);
    order.subject = "New job";
    order.body =
        "I changed jobs on March 1 \xE2\x80\x94 ma\xC3\xB1"
        "ana I can send my wages.";
    return order;
  }
  static model::RequestOrder review(const OhioSession& in, const char* id) {
    model::RequestOrder order;
    order.write_id = id;
    order.case_key = number_of(in);
    order.kind = "review";
    order.reason = "income";
    order.text = "My hours were cut.";
    return order;
  }

  int waits_ = 0;
};

TEST_P(OhioWriting, OH_01_new_address_is_a_transaction_that_the_state_takes) {
  const OhioSession in = sign_in(any_account());
  const Receipt taken = receipt_of(perform(in, moved(first_id)));
  EXPECT_EQ(taken.state, "taken");
  EXPECT_TRUE(taken.confirmation.starts_with("OHU-")) << taken.confirmation;
  EXPECT_EQ(effects(), 1U);
}

TEST_P(OhioWriting, OH_01_parent_who_receives_sends_a_participant_instead) {
  const auto account = receiver();
  if (!account) GTEST_SKIP() << "no case with a parent who receives";
  const OhioSession in = sign_in(*account);
  auto order = moved(first_id);
  EXPECT_EQ(receipt_of(perform(in, order)).state, "taken");
  order.write_id = second_id;
  order.mailing_address.reset();
  EXPECT_EQ(receipt_of(perform(in, order)).state, "taken");
  auto asked = review(in, "00000000-0000-4000-8000-000000000003");
  EXPECT_EQ(receipt_of(perform(in, asked)).state, "taken");
  EXPECT_EQ(effects(), 3U);
}

TEST_P(OhioWriting, OH_10_order_that_lost_its_answer_is_sent_again_with_the_same_octets) {
  const OhioSession in = sign_in(any_account());
  int number = 10;
  for (const char* kind : {"lost_answer", "reset", "malformed"}) {
    forget_calls();
    auto order = telling(in, first_id);
    order.write_id = "00000000-0000-4000-8000-0000000000" + std::to_string(++number);
    // An answer that is a job has no body to spoil.
    if (is_asynchronous() && kind == std::string("malformed")) continue;
    add_fault("csenet", kind, json::object(), 0, 1);
    EXPECT_EQ(receipt_of(perform(in, order)).state, "taken") << kind;
    const auto sent = calls("csenet");
    ASSERT_EQ(sent.size(), 2U) << kind;
    EXPECT_EQ(sent[0].at("requestId"), sent[1].at("requestId")) << kind;
    EXPECT_EQ(sent[0].at("bodySha256"), sent[1].at("bodySha256")) << kind;
    EXPECT_EQ(effects(), 1U) << kind;
  }
}

TEST_P(OhioWriting, OH_10_outcome_that_nobody_knows_is_found_out_with_the_same_octets_later) {
  const OhioSession in = sign_in(any_account());
  add_fault("csenet", "lost_answer");
  EXPECT_EQ(receipt_of(perform(in, telling(in, first_id))).state, "unknown");
  EXPECT_EQ(calls("csenet").size(), 2U);
  clear_faults();
  EXPECT_EQ(receipt_of(perform(in, telling(in, first_id))).state, "taken");
  const auto sent = calls("csenet");
  ASSERT_EQ(sent.size(), 3U);
  for (const json& call : sent) EXPECT_EQ(call.at("bodySha256"), sent[0].at("bodySha256"));
  EXPECT_EQ(effects(), 1U);
}

TEST_P(OhioWriting, OH_10_order_is_not_sent_again_after_the_state_has_forgotten_its_number) {
  const OhioSession in = sign_in(any_account());
  add_fault("csenet", "lost_answer");
  EXPECT_EQ(receipt_of(perform(in, telling(in, first_id))).state, "unknown");
  forget_calls();
  advance(std::chrono::hours{24});
  const OhioSession later = sign_in(in.credential);
  EXPECT_EQ(receipt_of(perform(later, telling(in, first_id))).state, "unknown");
  EXPECT_TRUE(calls("csenet").empty());
}

TEST_P(OhioWriting, order_that_comes_again_is_answered_without_being_sent) {
  const OhioSession in = sign_in(any_account());
  const Receipt first = receipt_of(perform(in, telling(in, first_id)));
  forget_calls();
  const Receipt again = receipt_of(perform(in, telling(in, first_id)));
  EXPECT_EQ(again.confirmation, first.confirmation);
  EXPECT_EQ(again.state, first.state);
  EXPECT_TRUE(calls("csenet").empty());
  EXPECT_NE(receipt_of(perform(in, telling(in, second_id))).confirmation, first.confirmation);
}

TEST_P(OhioWriting, OH_13_job_of_an_order_is_polled_twenty_times_and_then_unknown) {
  if (!is_asynchronous()) GTEST_SKIP() << "this Ohio answers at once";
  const OhioSession in = sign_in(any_account());
  add_fault("job", "job_never");
  EXPECT_EQ(receipt_of(perform(in, telling(in, first_id))).state, "unknown");
  EXPECT_LE(calls("job").size(), 20U);
  EXPECT_GE(waits_, 10);
}

TEST_P(OhioWriting, job_that_the_state_lost_is_asked_for_with_the_order_itself) {
  if (!is_asynchronous()) GTEST_SKIP() << "this Ohio answers at once";
  const OhioSession in = sign_in(any_account());
  add_fault("job", "job_lost", json::object(), 0, 1);
  EXPECT_EQ(receipt_of(perform(in, telling(in, first_id))).state, "taken");
  const auto sent = calls("csenet");
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent[0].at("bodySha256"), sent[1].at("bodySha256"));
  EXPECT_EQ(effects(), 1U);
}

TEST_P(OhioWriting, review_is_taken_worked_on_and_decided_after_thirty_days) {
  const auto open =
      scenario().credential([&](const json& one) { return case_of(one).at("status") == "open"; });
  if (!open) GTEST_SKIP() << "no open case";
  const OhioSession in = sign_in(*open);
  const Receipt taken = receipt_of(perform(in, review(in, first_id)));
  EXPECT_EQ(taken.state, "taken");
  EXPECT_TRUE(taken.key.starts_with("OHR-")) << taken.key;
  EXPECT_EQ(request(in, taken.key).state, "in_work");
  advance(std::chrono::hours{30 * 24});
  const Receipt decided = request(sign_in(in.credential), taken.key);
  EXPECT_EQ(decided.state, "done");
  EXPECT_TRUE(decided.effective);
}

TEST_P(OhioWriting, modification_is_another_transaction_of_the_same_form) {
  const OhioSession in = sign_in(any_account());
  auto order = review(in, first_id);
  order.kind = "modification";
  order.reason.clear();
  EXPECT_EQ(receipt_of(perform(in, order)).state, "taken");
}

TEST_P(OhioWriting, review_that_needs_more_is_the_parents_to_complete) {
  const OhioSession in = sign_in(any_account());
  add_fault("*", "aadin");
  const Receipt asked = receipt_of(perform(in, review(in, first_id)));
  EXPECT_EQ(asked.state, "needs_parent");
  EXPECT_TRUE(asked.upstream_text.empty());
}

TEST_P(OhioWriting, what_does_not_fit_is_refused_and_never_cut) {
  const OhioSession in = sign_in(any_account());
  const auto expect_field = [&](const WriteOrder& order, const char* field) {
    const Told refused = perform(in, order);
    ASSERT_FALSE(refused) << field;
    EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
    EXPECT_EQ(refused.error().field, field);
  };
  auto order = moved(first_id);
  order.mailing_address->line1 = "900 OLENTANGY TEST ROAD NORTH EAST";
  expect_field(order, "mailing_address.line1");
  order = moved(first_id);
  order.mailing_address->zip = "4320";
  expect_field(order, "mailing_address.zip");
  order = moved(first_id);
  order.email = "rafael.ql@example.com";
  expect_field(order, "email");
  auto message = telling(in, first_id);
  message.body = std::string(401, 'A');
  expect_field(message, "body");
  EXPECT_EQ(effects(), 0U);
}

TEST_P(OhioWriting, batch_window_takes_nothing_and_the_order_may_come_again) {
  const OhioSession in = sign_in(any_account());
  add_fault("csenet", "batch_window", json::object(), 0, 1);
  const Told refused = perform(in, telling(in, first_id));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_maintenance);
  EXPECT_EQ(receipt_of(perform(in, telling(in, first_id))).state, "taken");
  EXPECT_EQ(effects(), 1U);
}

TEST_P(OhioWriting, OH_20_words_of_the_mainframe_leave_an_order_unknown) {
  const OhioSession in = sign_in(any_account());
  add_fault(answering_op(), "abend");
  const Receipt told = receipt_of(perform(in, telling(in, first_id)));
  EXPECT_EQ(told.state, "unknown");
  EXPECT_TRUE(told.upstream_text.empty());
}

TEST_P(OhioWriting, session_that_ended_takes_no_order) {
  const OhioSession in = sign_in(any_account());
  add_fault("csenet", "expire_session", json::object(), 0, 1);
  const Told refused = perform(in, telling(in, first_id));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_session_ended);
  EXPECT_EQ(receipt_of(perform(sign_in(in.credential), telling(in, first_id))).state, "taken");
  EXPECT_EQ(effects(), 1U);
}

TEST_P(OhioWriting, case_of_somebody_else_takes_no_order) {
  const OhioSession in = sign_in(any_account());
  auto order = telling(in, first_id);
  order.case_key = "7009999999";
  const Told refused = perform(in, order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_not_found);
  EXPECT_TRUE(calls("csenet").empty());
}

TEST_P(OhioWriting, forgotten_pin_is_a_matter_for_the_agency) {
  model::RecoveryQuery query;
  query.what = "pin";
  const auto told = adapter().recover_credential(context(), query);
  ASSERT_TRUE(told);
  EXPECT_EQ(std::get<model::RecoveryAnswer>(*told).next, "contact_agency");
  query.what = "password";
  EXPECT_FALSE(adapter().recover_credential(context(), query));
  EXPECT_TRUE(simulator().calls("oh-csenet").empty());
}

TEST_P(OhioWriting, OH_19_nothing_that_was_written_is_in_logs_or_errors) {
  const OhioSession in = sign_in(any_account());
  std::string said;
  for (const char* kind : {"malformed", "abend", "short_line"}) {
    clear_faults();
    add_fault(answering_op(), kind);
    for (const auto& told : {perform(in, moved(first_id)), perform(in, telling(in, second_id))})
      if (!told) said += told.error().detail + told.error().field;
  }
  said += side().log_text();
  EXPECT_NE(said.find("switchboard.call"), std::string::npos);
  const json person = scenario().person(in.person());
  for (const std::string& secret :
       {std::string("OLENTANGY"), std::string("Olentangy"), std::string("6145550143"),
        std::string("PAY STUB"), person.at("name").at("last").get<std::string>(),
        person.at("ssn").get<std::string>()})
    EXPECT_EQ(said.find(secret), std::string::npos) << secret.substr(0, 2);
}

INSTANTIATE_TEST_SUITE_P(Ohio, OhioWriting, ::testing::ValuesIn(ohio_manners), manner_name);

}  // namespace
}  // namespace casebridge::conformance
