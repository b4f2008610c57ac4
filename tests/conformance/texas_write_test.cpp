// Writing to Texas: TX-11 for every kind of order, TX-12, and what receipts tell.
#include <algorithm>
#include <set>

#include "tests/conformance/texas_suite.hpp"
#include "tests/support/page_visit.hpp"

namespace casebridge::conformance {
namespace {

using model::Receipt;
using model::WriteOrder;

constexpr const char* first_id = "00000000-0000-4000-8000-000000000001";
constexpr const char* bank_token = "btk_A1b2C3d4E5f6G7h8";
constexpr const char* return_url = "https://gateway.example/v1/return/abc123";

std::string id_number(int number) {
  const std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

class TexasWriting : public TexasSuite {
 protected:
  // A parent who may pay.
  SignedIn payer() {
    const auto found = scenario().credential([&](const json& one) {
      const auto person = one.at("person").get<std::string>();
      return Scenario::participant(scenario().cases_of(person).front(), person).at("role") ==
             "noncustodial_parent";
    });
    if (!found) throw std::runtime_error("no parent who pays has an account");
    return sign_in(*found);
  }
  std::string case_of(const SignedIn& in) const {
    return scenario().cases_of(in.person()).front().at("caseNumber").get<std::string>();
  }
  ports::Answer<Receipt> perform(const SignedIn& in, const WriteOrder& order) {
    return adapter().perform_write(context(), in.done.session, order);
  }
  static Receipt receipt_of(const ports::Answer<Receipt>& answer) {
    if (!answer) throw std::runtime_error("a write failed: " + std::string(answer.error().row().name));
    return std::get<Receipt>(*answer);
  }
  Receipt payment(const SignedIn& in, const std::string& key) {
    return receipt_of(adapter().read_receipt(context(), in.done.session,
                                             ports::StateAdapter::ReceiptOf::payment, {case_of(in), key}));
  }
  Receipt request(const SignedIn& in, const std::string& key) {
    return receipt_of(adapter().read_receipt(context(), in.done.session,
                                             ports::StateAdapter::ReceiptOf::request, {case_of(in), key}));
  }
  model::PaymentOptions options(const SignedIn& in) {
    auto read = adapter().payment_options(context(), in.done.session, {case_of(in)});
    if (!read) throw std::runtime_error("no options: " + std::string(read.error().row().name));
    return std::get<model::PaymentOptions>(std::move(*read));
  }
  std::size_t effects(const std::string& op) const {
    const auto made = calls(op);
    return static_cast<std::size_t>(
        std::count_if(made.begin(), made.end(), [](const json& call) { return call.at("effect") == true; }));
  }
  model::Date today() const { return *model::Date::in_zone(now(), "America/Chicago"); }

  static model::ContactUpdate moved(const std::string& id) {
    model::ContactUpdate order;
    order.write_id = id;
    order.mailing_address = model::Address{"900 OLENTANGY TEST RD", "UNIT 4", "COLUMBUS", "OH", "43202-1234"};
    order.phone = "+16145550143";
    return order;
  }
  model::PaymentOrder paying(const SignedIn& in, const std::string& id, bool hosted) const {
    model::PaymentOrder order;
    order.write_id = id;
    order.case_key = case_of(in);
    order.amount = model::Money{12500};
    if (hosted)
      order.return_url = return_url;
    else
      order.method_token = SecretBytes::copy_of(bank_token);
    return order;
  }
  model::RecurringOrder monthly(const SignedIn& in, const std::string& id) const {
    model::RecurringOrder order;
    order.write_id = id;
    order.case_key = case_of(in);
    order.amount = model::Money{10000};
    order.method_token = SecretBytes::copy_of(bank_token);
    order.frequency = model::Frequency::monthly;
    order.first_date = today().plus_days(14);
    return order;
  }
  model::MessageOrder telling(const SignedIn& in, const std::string& id) const {
    return {id, case_of(in), "T1", "", "New employer", "I changed jobs on \"March\" 1."};
  }
  model::DocumentUpload wage_statement(const SignedIn& in, const std::string& id) const {
    model::DocumentUpload order;
    order.write_id = id;
    order.case_key = case_of(in);
    order.kind = "income";
    order.title = "Wage statement February";
    order.file_name = "wages.pdf";
    order.media_type = "application/pdf";
    order.content = SecretBytes::copy_of("%PDF-1.4\n%\r\n--casebridge-part-1\r\n%%EOF\n");
    return order;
  }
  model::RequestOrder review(const SignedIn& in, const std::string& id) const {
    model::RequestOrder order;
    order.write_id = id;
    order.case_key = case_of(in);
    order.kind = "review";
    order.reason = "income";
    return order;
  }

  // The order is sent twice with the same octets, has one effect, and ends with a receipt.
  void expect_one_effect(const SignedIn& in, const std::string& op, const WriteOrder& order) {
    for (const char* kind : {"lost_answer", "truncate", "reset"}) {
      simulator().post("/control/faults", {{"clear", true}});
      simulator().post("/control/reset", {{"calls", true}});
      add_fault(op, kind, json::object(), 0, 1);
      const auto answer = perform(in, order);
      EXPECT_NE(receipt_of(answer).state, "unknown") << op << " " << kind;
      const auto sent = calls(op);
      ASSERT_EQ(sent.size(), 2U) << op << " " << kind;
      EXPECT_EQ(sent[0].at("requestId"), sent[1].at("requestId")) << op;
      EXPECT_EQ(sent[0].at("requestId").get<std::string>(),
                std::visit([](const auto& one) { return one.write_id; }, order));
      EXPECT_EQ(sent[0].at("bodySha256"), sent[1].at("bodySha256")) << op;
      // The first of the three was taken; the others are the same order once more.
      EXPECT_EQ(effects(op), kind == std::string("lost_answer") ? 1U : 0U) << op << " " << kind;
    }
    simulator().post("/control/faults", {{"clear", true}});
  }
};

TEST_P(TexasWriting, TX_11_write_that_lost_its_answer_is_sent_again_and_has_one_effect) {
  const SignedIn in = payer();
  expect_one_effect(in, "update_contact", moved(id_number(1)));
  expect_one_effect(in, "pay", paying(in, id_number(2), true));
  expect_one_effect(in, "pay", paying(in, id_number(3), false));
  expect_one_effect(in, "recurring_create", monthly(in, id_number(4)));
  expect_one_effect(in, "message_send", telling(in, id_number(5)));
  expect_one_effect(in, "upload", wage_statement(in, id_number(6)));
  expect_one_effect(in, "request", review(in, id_number(7)));
  model::RecurringCancel cancel{id_number(8), case_of(in), ""};
  for (const model::Recurring& one : options(in).recurring)
    if (one.state == "active") cancel.recurring_key = one.key;
  expect_one_effect(in, "recurring_cancel", cancel);
}

TEST_P(TexasWriting, TX_11_outcome_that_nobody_knows_is_unknown_and_the_order_may_come_again) {
  const SignedIn in = payer();
  add_fault("pay", "lost_answer");
  EXPECT_EQ(receipt_of(perform(in, paying(in, first_id, false))).state, "unknown");
  EXPECT_EQ(calls("pay").size(), 2U);
  simulator().post("/control/faults", {{"clear", true}});
  const Receipt again = receipt_of(perform(in, paying(in, first_id, false)));
  EXPECT_EQ(again.state, "done");
  EXPECT_EQ(payment(in, again.key).state, "done");
  EXPECT_EQ(effects("pay"), 1U);
}

TEST_P(TexasWriting, TX_11_session_that_ends_between_the_two_leaves_the_outcome_unknown) {
  const SignedIn in = payer();
  add_fault("pay", "lost_answer", json::object(), 0, 1);
  add_fault("pay", "expire_session", json::object(), 0, 1);
  EXPECT_EQ(receipt_of(perform(in, paying(in, first_id, false))).state, "unknown");
  EXPECT_EQ(calls("login").size(), 1U);
}

TEST_P(TexasWriting, TX_11_write_that_was_surely_not_made_is_refused) {
  const SignedIn in = payer();
  const std::pair<const char*, TroubleCode> refusals[] = {{"ok_with_error", TroubleCode::source_unavailable},
                                                          {"maintenance", TroubleCode::source_maintenance},
                                                          {"rate_limit", TroubleCode::source_rate_limited}};
  for (const auto& [kind, code] : refusals) {
    simulator().post("/control/faults", {{"clear", true}});
    simulator().post("/control/reset", {{"calls", true}});
    add_fault("pay", kind);
    const auto refused = perform(in, paying(in, first_id, false));
    ASSERT_FALSE(refused) << kind;
    EXPECT_EQ(refused.error().code, code) << kind;
    EXPECT_EQ(calls("pay").size(), 1U) << kind;
    EXPECT_EQ(effects("pay"), 0U) << kind;
  }
}

TEST_P(TexasWriting, TX_12_outcome_of_a_payment_is_what_the_state_says_not_what_the_browser_brings) {
  const SignedIn in = payer();
  const std::tuple<const char*, const char*, const char*> visits[] = {
      {"pay", "PAID", "done"}, {"cancel", "CANCELLED", "cancelled"}, {"fail", "FAILED", "failed"}};
  int number = 0;
  for (const auto& [action, told, state] : visits) {
    const Receipt made = receipt_of(perform(in, paying(in, id_number(++number), true)));
    EXPECT_EQ(made.state, "needs_parent");
    EXPECT_EQ(made.url_expires_at, now() + std::chrono::minutes{30});
    ASSERT_FALSE(made.url.empty());
    // Whatever somebody comes back with: as long as the state has seen nothing, nothing is paid.
    EXPECT_EQ(payment(in, made.key).state, "needs_parent");
    const auto visit = testing::post_form(simulator().origin("tx-icop"), simulator().ca_file(), made.url,
                                          std::string("action=") + action);
    EXPECT_EQ(visit.status, 302);
    EXPECT_TRUE(visit.location.starts_with(return_url)) << visit.location;
    EXPECT_NE(visit.location.find(std::string("outcome=") + told), std::string::npos) << visit.location;
    const Receipt after = payment(in, made.key);
    EXPECT_EQ(after.state, state);
    EXPECT_EQ(after.confirmation.empty(), std::string(state) != "done");
  }
  const Receipt left = receipt_of(perform(in, paying(in, id_number(9), true)));
  advance(30 * 60);
  const SignedIn later = sign_in(in.credential);
  EXPECT_EQ(payment(later, left.key).state, "expired");
}

TEST_P(TexasWriting, payment_shows_in_the_list_as_the_state_tells_it) {
  const SignedIn in = payer();
  const Receipt made = receipt_of(perform(in, paying(in, first_id, false)));
  EXPECT_EQ(made.state, "done");
  EXPECT_FALSE(made.confirmation.empty());
  ASSERT_TRUE(made.effective);
  EXPECT_GT(*made.effective, today());
  const json one = scenario().cases_of(in.person()).front();
  const auto read = read_one(in.done.session, one, model::Dataset::payments);
  const auto& payments = list_of<model::Payment>(read);
  const auto found = std::find_if(payments.begin(), payments.end(), [&](const model::Payment& each) {
    return each.reference && *each.reference == made.key;
  });
  ASSERT_NE(found, payments.end());
  EXPECT_EQ(found->amount, model::Money{12500});
  EXPECT_EQ(found->status, model::PaymentStatus::pending);
  EXPECT_EQ(found->source, model::SourceClass::direct);
}

TEST_P(TexasWriting, bank_token_that_the_state_does_not_know_is_named_as_our_field) {
  const SignedIn in = payer();
  auto order = paying(in, first_id, false);
  order.method_token = SecretBytes::copy_of("btk_A1b2C3d4E5f6G7h0");
  const auto refused = perform(in, std::move(order));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(refused.error().field, "method_token");
  EXPECT_EQ(effects("pay"), 0U);
}

TEST_P(TexasWriting, parent_who_receives_may_not_pay) {
  const auto receiver = scenario().credential([&](const json& one) {
    const auto person = one.at("person").get<std::string>();
    return Scenario::participant(scenario().cases_of(person).front(), person).at("role") == "custodial_party";
  });
  if (!receiver) GTEST_SKIP() << "no parent who receives has an account";
  const SignedIn in = sign_in(*receiver);
  const auto refused = perform(in, paying(in, first_id, false));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_not_permitted);
}

TEST_P(TexasWriting, case_of_somebody_else_takes_no_order) {
  const SignedIn in = payer();
  std::set<std::string> own;
  for (const json& one : scenario().cases_of(in.person()))
    own.insert(one.at("caseNumber").get<std::string>());
  auto order = telling(in, first_id);
  for (const json& one : scenario().document().at("cases"))
    if (!own.contains(one.at("caseNumber").get<std::string>())) order.case_key = one.at("caseNumber");
  const auto refused = perform(in, order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_not_found);
  EXPECT_EQ(effects("message_send"), 0U);
}

TEST_P(TexasWriting, recurring_payment_begins_and_ends_and_stays_in_the_list) {
  const SignedIn in = payer();
  const std::size_t before = options(in).recurring.size();
  const Receipt made = receipt_of(perform(in, monthly(in, id_number(1))));
  EXPECT_EQ(made.state, "done");
  EXPECT_EQ(made.effective, today().plus_days(14));
  auto list = options(in).recurring;
  ASSERT_EQ(list.size(), before + 1);
  const auto one = [&] {
    return *std::find_if(list.begin(), list.end(), [&](const auto& each) { return each.key == made.key; });
  };
  EXPECT_EQ(one().state, "active");
  EXPECT_EQ(one().amount, model::Money{10000});
  EXPECT_EQ(one().frequency, model::Frequency::monthly);
  const Receipt ended = receipt_of(perform(in, model::RecurringCancel{id_number(2), case_of(in), made.key}));
  EXPECT_EQ(ended.state, "done");
  list = options(in).recurring;
  EXPECT_EQ(one().state, "cancelled");
}

TEST_P(TexasWriting, changed_contact_data_leave_the_others_as_they_were) {
  const SignedIn in = payer();
  const json person = scenario().person(in.person());
  auto order = moved(first_id);
  order.phone.reset();
  const Receipt receipt = receipt_of(perform(in, order));
  EXPECT_EQ(receipt.state, "in_work");
  EXPECT_FALSE(receipt.confirmation.empty());
  EXPECT_EQ(receipt.effective, today());
  auto read = adapter().read_profile(context(), in.done.session);
  ASSERT_TRUE(read);
  const auto profile = std::get<model::Profile>(std::move(*read));
  EXPECT_EQ(profile.mailing_address->line1, "900 OLENTANGY TEST RD");
  EXPECT_EQ(profile.mailing_address->zip, "432021234");
  const json& mail = person.at("email");
  EXPECT_EQ(profile.email ? *profile.email : "", mail.is_null() ? "" : mail.get<std::string>());
}

TEST_P(TexasWriting, field_that_the_state_does_not_take_is_named_in_our_words) {
  const SignedIn in = payer();
  auto order = moved(first_id);
  order.mailing_address->zip = "4320";
  const auto refused = perform(in, order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(refused.error().field, "mailing_address.zip");
  EXPECT_EQ(effects("update_contact"), 0U);
}

TEST_P(TexasWriting, message_joins_its_thread) {
  const SignedIn in = payer();
  const Receipt sent = receipt_of(perform(in, telling(in, first_id)));
  EXPECT_EQ(sent.state, "taken");
  EXPECT_EQ(sent.thread_key, "T1");
  const json one = scenario().cases_of(in.person()).front();
  const auto read = read_one(in.done.session, one, model::Dataset::messages);
  const auto& messages = list_of<model::Message>(read);
  const auto found = std::find_if(messages.begin(), messages.end(),
                                  [&](const model::Message& each) { return each.key == sent.key; });
  ASSERT_NE(found, messages.end());
  EXPECT_EQ(found->body, "I changed jobs on \"March\" 1.");
}

TEST_P(TexasWriting, request_names_its_documents_and_is_followed_to_its_end) {
  const SignedIn in = payer();
  const Receipt document = receipt_of(perform(in, wage_statement(in, id_number(1))));
  EXPECT_EQ(document.state, "taken");
  auto order = review(in, id_number(2));
  order.document_keys = {document.key};
  const Receipt taken = receipt_of(perform(in, order));
  EXPECT_EQ(taken.state, "taken");
  EXPECT_FALSE(taken.confirmation.empty());
  EXPECT_EQ(request(in, taken.key).state, "taken");
  advance(24 * 3600);
  EXPECT_EQ(request(sign_in(in.credential), taken.key).state, "in_work");
  advance(29 * 24 * 3600);
  EXPECT_EQ(request(sign_in(in.credential), taken.key).state, "done");
}

TEST_P(TexasWriting, request_that_is_no_review_or_modification_is_not_taken) {
  const SignedIn in = payer();
  auto order = review(in, first_id);
  order.kind = "pay_record";
  const auto refused = perform(in, order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::not_supported);
  EXPECT_TRUE(calls("request").empty());
}

TEST_P(TexasWriting, TX_16_nothing_that_was_written_is_in_logs_or_errors) {
  const SignedIn in = payer();
  std::string said;
  const auto hear = [&](const ports::Answer<Receipt>& answer) {
    if (!answer) said += answer.error().detail + answer.error().field;
  };
  for (const char* kind : {"drift", "malformed", "lost_answer", "http_status"}) {
    simulator().post("/control/faults", {{"clear", true}});
    add_fault("*", kind, kind == std::string("http_status") ? json{{"status", 502}} : json::object());
    hear(perform(in, moved(id_number(1))));
    hear(perform(in, paying(in, id_number(2), false)));
    hear(perform(in, telling(in, id_number(3))));
  }
  said += side().log_text();
  EXPECT_NE(said.find("switchboard.call"), std::string::npos);
  for (const std::string& secret :
       {std::string(bank_token), std::string("OLENTANGY"), std::string("6145550143"),
        std::string("New employer"), std::string("changed jobs"), std::string(in.done.session.reveal())})
    EXPECT_EQ(said.find(secret), std::string::npos) << secret.substr(0, 4);
}

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& carrier) {
  return carrier.param == Simulator::Carrier::tls ? "tls" : "plain";
}
INSTANTIATE_TEST_SUITE_P(Texas, TexasWriting,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
