// Contact data, payment plans, forgotten names and passwords.
#include "plugins/texas_smart/orders.hpp"

#include "core/base/text.hpp"
#include "plugins/sdk/contact_forms.hpp"
#include "plugins/sdk/xml.hpp"
#include "plugins/texas_smart/submit.hpp"
#include "plugins/texas_smart/wire_values.hpp"
#include "plugins/texas_smart/wire_words.hpp"

namespace casebridge::texas_smart {
namespace {

using model::Outcome;
using model::Receipt;
using sdk::Answer;

constexpr std::size_t recovery_length_max = 254;

Answer<sdk::Done> check_contact(const model::ContactUpdate& order) {
  if (const auto& address = order.mailing_address) {
    const std::pair<const std::string*, const char*> lines[] = {{&address->line1, "mailing_address.line1"},
                                                                {&address->line2, "mailing_address.line2"},
                                                                {&address->city, "mailing_address.city"},
                                                                {&address->state, "mailing_address.state"},
                                                                {&address->zip, "mailing_address.zip"}};
    for (const auto& [text, name] : lines) {
      SDK_TRY([[maybe_unused]] const sdk::Done good, check_text(*text, name));
    }
  }
  SDK_TRY([[maybe_unused]] const sdk::Done phone, check_text(order.phone.value_or(""), "phone"));
  return check_text(order.email.value_or(""), "email");
}

void add_address(SoapRequest& request, const model::Address& address) {
  request.open("Address").element("Line1", address.line1);
  if (!address.line2.empty()) request.element("Line2", address.line2);
  request.element("City", address.city)
      .element("State", address.state)
      .element("Zip", sdk::zip_digits(address.zip))
      .close("Address");
}

Answer<const SecretBytes*> given(const model::SecretFields& fields, const char* name) {
  const auto found = fields.find(name);
  const bool good = found != fields.end() && !found->second.empty() &&
                    sdk::fits_xml(found->second.reveal()) &&
                    text::count_code_points(found->second.reveal()) <= recovery_length_max;
  if (!good) return refused_field(name);
  return &found->second;
}

}  // namespace

Answer<Receipt> update_contact(const Exchange& exchange, const model::ContactUpdate& order) {
  SDK_TRY([[maybe_unused]] const sdk::Done good, check_contact(order));
  SoapRequest request = exchange.request("UpdateContact");
  request.attribute("requestId", order.write_id);
  if (order.mailing_address) add_address(request, *order.mailing_address);
  if (order.phone) request.element("Phone", sdk::national_phone(*order.phone));
  if (order.email) request.element("Email", *order.email);
  return submit(exchange, std::move(request), [](const Record& answer) {
    Receipt made;
    made.confirmation = answer.text("Confirmation");
    made.key = made.confirmation;
    made.state = "done";
    return made;
  });
}

Answer<Receipt> create_request(const Exchange& exchange, const model::RequestOrder& order) {
  if (order.kind != "payment_plan" || !order.document_keys.empty())
    return sdk::refuse(Outcome::not_supported);
  if (!is_case_number(order.case_key)) return sdk::refuse(Outcome::not_found);
  if (!order.installment) return refused_field("installment");
  const std::string_view frequency = order.frequency ? wire_frequency(*order.frequency) : std::string_view();
  if (frequency.empty()) return refused_field("frequency");
  if (!order.first_date) return refused_field("first_date");
  SoapRequest request = exchange.request("RequestPaymentPlan");
  request.attribute("requestId", order.write_id).attribute("case", order.case_key);
  request.element("Installment", order.installment->text())
      .element("Frequency", frequency)
      .element("FirstDue", order.first_date->text());
  return submit(exchange, std::move(request), [](const Record& answer) {
    if (answer.text("Status") != "Submitted") answer.breach("Status");
    Receipt made;
    made.key = answer.text("PlanRequestId");
    made.state = "taken";
    return made;
  });
}

Answer<model::RecoveryAnswer> recover(const Exchange& exchange, const model::RecoveryQuery& query) {
  if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
  if (!query.channel.empty() && query.channel != "email") return sdk::refuse(Outcome::not_supported);
  const bool name = query.what == "user_name";
  if (!name && query.what != "password") return sdk::refuse(Outcome::not_supported);
  SoapRequest request = exchange.request(name ? "ForgotUserName" : "ForgotPassword");
  if (name) {
    SDK_TRY(const SecretBytes* const mail, given(query.fields, "email"));
    SDK_TRY(const SecretBytes* const last, given(query.fields, "last_name"));
    request.element("Email", *mail).element("LastName", *last);
  } else {
    SDK_TRY(const SecretBytes* const user, given(query.fields, "user_name"));
    request.element("UserName", *user);
  }
  SDK_TRY(const SoapAnswer answer, exchange.sign_in_step(std::move(request)));
  Reading reading;
  const Record told = answer.payload(reading);
  if (told.text("Result") != "Ok") told.breach("Result");
  SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange.call(), reading, "recovery"));
  return model::RecoveryAnswer{"check_email", "", {}};
}

}  // namespace casebridge::texas_smart
