// The forms' fields, and what the gateway calls them.
#include "plugins/california_connect/writes.hpp"

#include <map>

#include "core/base/text.hpp"
#include "plugins/california_connect/page_text.hpp"
#include "plugins/california_connect/written_form.hpp"

namespace casebridge::california_connect {
namespace {

using model::Outcome;
using model::Receipt;
using sdk::Answer;

struct ContactField {
  const char *wire, *ours;
};
constexpr ContactField contact_fields[] = {{"addr1", "mailing_address.line1"},
                                           {"addr2", "mailing_address.line2"},
                                           {"city", "mailing_address.city"},
                                           {"state", "mailing_address.state"},
                                           {"zip", "mailing_address.zip"},
                                           {"phone", "phone"},
                                           {"email", "email"}};

// The values of the contact form, by the names that the portal gives them.
Answer<std::map<std::string, std::string>> contact_values(const Page& page) {
  std::map<std::string, std::string> values;
  for (const ContactField& field : contact_fields) {
    auto value = field_value(page, field.wire);
    if (!value) return sdk::drift(std::string("contact/") + field.wire);
    values.emplace(field.wire, std::move(*value));
  }
  return values;
}

// The portal has ten digits where we have +1 and ten digits.
std::string national(const std::string& phone) {
  const bool ours = phone.size() == 12 && phone.starts_with("+1") && text::all_digits(phone.substr(2));
  return ours ? phone.substr(2) : phone;
}

std::string international(const std::string& phone) {
  return phone.size() == 10 && text::all_digits(phone) ? "+1" + phone : phone;
}

Known<std::string> filled(std::string value) {
  if (value.empty()) return Missing::not_provided;
  return value;
}

void change(std::map<std::string, std::string>& values, const model::ContactUpdate& order) {
  if (const auto& address = order.mailing_address) {
    values["addr1"] = address->line1;
    values["addr2"] = address->line2;
    values["city"] = address->city;
    values["state"] = address->state;
    values["zip"] = address->zip;
    // Nine digits without the hyphen that people write.
    if (values["zip"].size() == 10 && values["zip"][5] == '-') values["zip"].erase(5, 1);
  }
  if (order.phone) values["phone"] = national(*order.phone);
  if (order.email) values["email"] = *order.email;
}

std::string contact_field_of(const std::string& wire) {
  for (const ContactField& field : contact_fields)
    if (wire == field.wire) return field.ours;
  return {};
}

Answer<Receipt> post_message(Exchange& exchange, const std::string& write_id, const std::string& case_number,
                             const std::string& topic, const std::string& body, const char* our_body) {
  if (!is_case_number(case_number)) return sdk::refuse(Outcome::not_found);
  FormOrder form;
  form.write_id = write_id;
  form.path = "/case/" + case_number + "/message";
  form.page_kind = PageKind::message_form;
  form.fill = [&](const Page&, sdk::Form& fields) -> Answer<sdk::Done> {
    fields.add("topic", topic).add("body", body);
    return sdk::Done{};
  };
  form.our_field = [our_body](const std::string& wire) {
    return wire == "body" ? std::string(our_body) : wire == "topic" ? "topic" : std::string();
  };
  return post_order(exchange, form, "taken");
}

}  // namespace

Answer<model::Profile> fetch_profile(Exchange& exchange) {
  SDK_TRY(const Page page, exchange.read("/contact", PageKind::contact_form));
  SDK_TRY(auto values, contact_values(page));
  model::Profile made;
  if (!values["addr1"].empty())
    made.mailing_address =
        model::Address{values["addr1"], values["addr2"], values["city"], values["state"], values["zip"]};
  made.phone = filled(international(values["phone"]));
  made.email = filled(values["email"]);
  return made;
}

Answer<Receipt> update_contact(Exchange& exchange, const model::ContactUpdate& order) {
  FormOrder form;
  form.write_id = order.write_id;
  form.path = "/contact";
  form.page_kind = PageKind::contact_form;
  form.fill = [&](const Page& page, sdk::Form& fields) -> Answer<sdk::Done> {
    SDK_TRY(auto values, contact_values(page));
    change(values, order);
    for (const ContactField& field : contact_fields) fields.add(field.wire, values[field.wire]);
    return sdk::Done{};
  };
  form.our_field = contact_field_of;
  return post_order(exchange, form, "done");
}

Answer<Receipt> send_message(Exchange& exchange, const model::MessageOrder& order) {
  std::string topic = order.topic.empty() ? "OTHER" : text::upper_ascii(order.topic);
  // The portal has no line for a subject of its own.
  std::string body = order.subject.empty() ? order.body : order.subject + "\n" + order.body;
  return post_message(exchange, order.write_id, order.case_key, topic, body, "body");
}

Answer<Receipt> create_request(Exchange& exchange, const model::RequestOrder& order) {
  if (order.kind != "review" || !order.document_keys.empty()) return sdk::refuse(Outcome::not_supported);
  return post_message(exchange, order.write_id, order.case_key, "REVIEW", order.text, "text");
}

}  // namespace casebridge::california_connect
