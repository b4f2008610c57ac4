// The bodies as the interface words them, and what their answers mean.
#include "plugins/texas_icop/orders.hpp"

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "plugins/sdk/code_table.hpp"
#include "plugins/sdk/contact_forms.hpp"
#include "plugins/sdk/form.hpp"
#include "plugins/texas_icop/datasets.hpp"
#include "plugins/texas_icop/submit.hpp"

namespace casebridge::texas_icop {
namespace {

using model::JsonWriter;
using model::Outcome;
using model::Receipt;
using sdk::Answer;

constexpr sdk::StateWord request_states[] = {{"ACKNOWLEDGED", "taken"},
                                             {"IN_REVIEW", "in_work"},
                                             {"ACCEPTED", "done"},
                                             {"REJECTED", "refused"},
                                             {"NEEDS_ACTION", "needs_parent"}};

void write_address(JsonWriter& json, const model::Address& address) {
  json.name("mailingAddress");
  json.begin_object();
  text_member(json, "line1", address.line1);
  if (!address.line2.empty()) text_member(json, "line2", address.line2);
  text_member(json, "city", address.city);
  text_member(json, "state", address.state);
  text_member(json, "zip", sdk::zip_digits(address.zip));
  json.end_object();
}

Receipt contact_receipt(const WireObject& answer, bool) {
  Receipt made;
  made.confirmation = answer.key("confirmationNumber");
  made.key = made.confirmation;
  if (const auto day = answer.date("effective")) made.effective = *day;
  made.state = answer.flag("pendingReview") ? "in_work" : "done";
  return made;
}

Receipt message_receipt(const WireObject& answer, bool) {
  Receipt made;
  made.key = answer.key("messageId");
  made.thread_key = answer.text("threadId");
  made.state = "taken";
  return made;
}

Receipt request_receipt(const WireObject& answer, bool) {
  Receipt made;
  made.key = answer.key("requestId");
  made.state = sdk::state_word(answer.key("state"), request_states, answer.reading());
  if (const auto number = answer.maybe_text("confirmationNumber")) made.confirmation = *number;
  if (answer.find("updatedAt")) made.updated_at = answer.instant("updatedAt");
  if (const auto note = answer.maybe_text("note")) made.upstream_text = *note;
  return made;
}

std::string upload_kind(const std::string& kind) {
  return kind == "identity" ? "ID" : text::upper_ascii(kind);
}

}  // namespace

Answer<Receipt> update_contact(const Exchange& exchange, const model::ContactUpdate& order) {
  WireWrite write{.method = "PUT", .path = "/profile/contact", .write_id = order.write_id};
  write.good_status = 200;
  write.body = json_body([&](JsonWriter& json) {
    if (order.mailing_address) write_address(json, *order.mailing_address);
    if (order.phone) text_member(json, "phone", sdk::national_phone(*order.phone));
    if (order.email) text_member(json, "email", *order.email);
  });
  return submit(exchange, write, contact_receipt);
}

Answer<Receipt> send_message(const Exchange& exchange, const model::MessageOrder& order) {
  if (!is_case_number(order.case_key)) return sdk::refuse(Outcome::not_found);
  WireWrite write{.path = "/cases/" + order.case_key + "/messages", .write_id = order.write_id};
  write.body = json_body([&](JsonWriter& json) {
    text_member(json, "subject", order.subject);
    text_member(json, "body", order.body);
    if (!order.thread_key.empty()) text_member(json, "threadId", order.thread_key);
  });
  return submit(exchange, write, message_receipt);
}

Answer<Receipt> upload_document(const Exchange& exchange, const model::DocumentUpload& order) {
  if (!is_case_number(order.case_key)) return sdk::refuse(Outcome::not_found);
  const SecretBytes meta = json_body([&](JsonWriter& json) {
    text_member(json, "kind", upload_kind(order.kind));
    text_member(json, "title", order.title);
  });
  sdk::Multipart parts;
  parts.add("meta", meta.reveal(), "application/json");
  parts.add_file("file", order.file_name, order.media_type, order.content.reveal());
  WireWrite write{.path = "/cases/" + order.case_key + "/documents", .write_id = order.write_id};
  write.content_type = parts.content_type();
  write.body = parts.encode();
  const std::string digest = crypto::hex(crypto::sha256(order.content.reveal()));
  return submit(exchange, write, [&](const WireObject& answer, bool) {
    Receipt made;
    made.key = answer.key("docId");
    if (text::lower_ascii(answer.key("sha256")) != digest) answer.breach("sha256");
    made.state = "taken";
    return made;
  });
}

Answer<Receipt> create_request(const Exchange& exchange, const model::RequestOrder& order) {
  if (order.kind != "review" && order.kind != "modification") return sdk::refuse(Outcome::not_supported);
  if (!is_case_number(order.case_key)) return sdk::refuse(Outcome::not_found);
  WireWrite write{.path = "/cases/" + order.case_key + "/requests", .write_id = order.write_id};
  write.body = json_body([&](JsonWriter& json) {
    text_member(json, "kind", text::upper_ascii(order.kind));
    text_member(json, "reasonCode", order.reason.empty() ? "OTHER" : text::upper_ascii(order.reason));
    text_member(json, "text", order.text);
    json.name("documentIds");
    json.begin_array();
    for (const std::string& key : order.document_keys) json.value(std::string_view(key));
    json.end_array();
  });
  return submit(exchange, write, request_receipt);
}

Answer<Receipt> read_request(const Exchange& exchange, const model::ReceiptQuery& query) {
  if (query.key.empty()) return sdk::refuse(Outcome::not_found);
  return fetch_receipt(exchange, "/requests/" + text::percent_encode(query.key), request_receipt);
}

}  // namespace casebridge::texas_icop
