// Writing to the California portal: CA-09 and CA-14, messages, and orders that come again.
#include <set>

#include "tests/conformance/california_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Receipt;

constexpr const char* first_id = "00000000-0000-4000-8000-000000000001";
constexpr const char* second_id = "00000000-0000-4000-8000-000000000002";

class CaliforniaWriting : public CaliforniaSuite {
 protected:
  ports::Answer<Receipt> perform(const SecretBytes& session, const model::WriteOrder& order) {
    return adapter().perform_write(context(), session, order);
  }
  static const Receipt& receipt_of(const ports::Answer<Receipt>& answer) {
    if (!answer) throw std::runtime_error("a write failed: " + std::string(answer.error().row().name));
    return std::get<Receipt>(*answer);
  }
  model::Profile profile(const SecretBytes& session) {
    auto read = adapter().read_profile(context(), session);
    if (!read) throw std::runtime_error("no profile: " + std::string(read.error().row().name));
    return std::get<model::Profile>(std::move(*read));
  }
  static model::ContactUpdate moved(const std::string& write_id) {
    model::ContactUpdate order;
    order.write_id = write_id;
    order.mailing_address = model::Address{"41 RIVER TEST PL", "", "SACRAMENTO", "CA", "95816"};
    return order;
  }
  model::MessageOrder asking(const char* write_id) const {
    model::MessageOrder order;
    order.write_id = write_id;
    order.case_key = text(first_case(account()), "caseNumber");
    order.topic = "payment";
    order.body = "Where is my payment?";
    return order;
  }
  std::vector<json> effects(const std::string& op) const {
    auto made = calls(op);
    std::erase_if(made, [](const json& call) { return call.at("effect") != true; });
    return made;
  }
};

TEST_P(CaliforniaWriting, CA_14_contact_update_sends_back_what_did_not_change) {
  const json one = account();
  const json person = scenario().person(person_of(one));
  const SecretBytes session = sign_in(one);
  const model::Profile before = profile(session);
  EXPECT_EQ(before.email ? *before.email : "", person.at("email").is_null() ? "" : text(person, "email"));
  const auto answer = perform(session, moved(first_id));
  const Receipt& receipt = receipt_of(answer);
  EXPECT_EQ(receipt.state, "done");
  EXPECT_TRUE(receipt.confirmation.starts_with("CC-")) << receipt.confirmation;
  const model::Profile after = profile(session);
  EXPECT_EQ(after.mailing_address->line1, "41 RIVER TEST PL");
  EXPECT_EQ(after.mailing_address->zip, "95816");
  EXPECT_EQ(after.phone, before.phone);
  EXPECT_EQ(after.email, before.email);
}

TEST_P(CaliforniaWriting, CA_09_lost_answer_is_asked_again_with_the_same_token_and_has_one_effect) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"lost_answer", "reset"}) {
    clear_faults();
    add_fault("contact_update", kind, json::object(), 0, 1);
    const std::size_t before = calls("contact_update").size(),
                      effects_before = effects("contact_update").size();
    const auto answer = perform(session, moved(kind == std::string("reset") ? first_id : second_id));
    EXPECT_EQ(receipt_of(answer).state, "done") << kind;
    EXPECT_TRUE(receipt_of(answer).confirmation.starts_with("CC-")) << kind;
    const auto posts = calls("contact_update");
    ASSERT_EQ(posts.size() - before, 2U) << kind;
    EXPECT_EQ(posts[before].at("bodySha256"), posts[before + 1].at("bodySha256")) << kind;
    EXPECT_EQ(effects("contact_update").size() - effects_before, 1U) << kind;
  }
}

TEST_P(CaliforniaWriting, CA_09_order_that_comes_again_has_no_second_effect) {
  const SecretBytes session = sign_in(account());
  add_fault("message_send", "lost_answer");
  EXPECT_EQ(receipt_of(perform(session, asking(first_id))).state, "unknown");
  clear_faults();
  const auto again = perform(session, asking(first_id));
  EXPECT_EQ(receipt_of(again).state, "taken");
  const auto third = perform(session, asking(first_id));
  EXPECT_EQ(receipt_of(third).confirmation, receipt_of(again).confirmation);
  EXPECT_EQ(effects("message_send").size(), 1U);
  // Another order is another token and another effect.
  EXPECT_NE(receipt_of(perform(session, asking(second_id))).confirmation, receipt_of(again).confirmation);
  EXPECT_EQ(effects("message_send").size(), 2U);
}

TEST_P(CaliforniaWriting, CA_09_token_of_another_session_leaves_the_outcome_unknown) {
  const json one = account();
  const SecretBytes first = sign_in(one);
  add_fault("message_send", "lost_answer");
  EXPECT_EQ(receipt_of(perform(first, asking(first_id))).state, "unknown");
  clear_faults();
  const SecretBytes second = sign_in(one);
  EXPECT_EQ(receipt_of(perform(second, asking(first_id))).state, "unknown");
  EXPECT_EQ(effects("message_send").size(), 1U);
}

TEST_P(CaliforniaWriting, form_token_that_the_portal_lost_means_that_nothing_was_done) {
  const SecretBytes session = sign_in(account());
  add_fault("contact_update", "csrf_lost", json::object(), 0, 1);
  const auto refused = perform(session, moved(first_id));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::adapter_fault);
  EXPECT_EQ(receipt_of(perform(session, moved(first_id))).state, "done");
}

TEST_P(CaliforniaWriting, field_that_the_portal_does_not_take_is_named_in_our_words) {
  const SecretBytes session = sign_in(account());
  auto order = moved(first_id);
  order.mailing_address->zip = "9581";
  const auto refused = perform(session, order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(refused.error().field, "mailing_address.zip");
  EXPECT_TRUE(effects("contact_update").empty());
  EXPECT_EQ(receipt_of(perform(session, moved(first_id))).state, "done");
}

TEST_P(CaliforniaWriting, review_is_a_message_and_other_requests_are_not_taken) {
  const SecretBytes session = sign_in(account());
  model::RequestOrder order;
  order.write_id = first_id;
  order.case_key = text(first_case(account()), "caseNumber");
  order.kind = "review";
  order.text = "Please review my order.";
  const auto taken = perform(session, order);
  EXPECT_EQ(receipt_of(taken).state, "taken");
  EXPECT_EQ(effects("message_send").size(), 1U);
  order.kind = "payment_plan";
  const auto refused = perform(session, order);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::not_supported);
}

TEST_P(CaliforniaWriting, session_that_ended_writes_nothing) {
  const SecretBytes session = sign_in(account());
  add_fault("contact_update", "expire_session");
  const auto refused = perform(session, moved(first_id));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_session_ended);
  EXPECT_TRUE(effects("contact_update").empty());
}

INSTANTIATE_TEST_SUITE_P(California, CaliforniaWriting,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
