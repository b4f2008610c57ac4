// The order's own id is the request's, so the same order never becomes two requests.
#include "plugins/georgia_batch/writes.hpp"

#include "core/base/text.hpp"
#include "plugins/georgia_batch/catch_up.hpp"
#include "plugins/georgia_batch/opened_link.hpp"
#include "plugins/georgia_batch/requests.hpp"

namespace casebridge::georgia_batch {
namespace {

using model::Outcome;
using model::Receipt;
using sdk::Answer;
using sdk::Done;

constexpr std::size_t subject_max = 80, body_max = 1000, text_max = 500;

model::Refusal invalid_order(std::string field) {
  model::Refusal refusal = sdk::refuse(Outcome::invalid_field);
  refusal.field = std::move(field);
  return refusal;
}

// A case that is not available online takes nothing either.
Answer<OpenedLink> link_of_order(const sdk::Call& call, const SecretBytes& session) {
  SDK_TRY(OpenedLink opened, open_link(call, session));
  if (!opened.kept.is_available()) return sdk::refuse(Outcome::not_found);
  return opened;
}

Answer<Link> link_of_receipt(const sdk::Call& call, const SecretBytes& session) {
  const auto open = Session::open(session);
  if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
  SDK_TRY(auto link, find_link(call, open->link));
  if (!link) return sdk::refuse(Outcome::session_expired);
  return std::move(*link);
}

// What no field of a request file may hold; a text of several lines is one.
bool has_forbidden(std::string_view field, std::string_view allowed = {}) {
  std::string rest(field);
  std::erase_if(rest, [&](char c) { return allowed.find(c) != std::string_view::npos; });
  return text::has_control(rest) || !text::is_utf8(rest);
}
constexpr std::string_view line_ends = "\r\n";

std::string state_of(const Request& request) {
  if (request.state != "acknowledged") return "taken";
  // Whatever else is 0xx has been done; 1xx never is.
  if (request.code.starts_with('1')) return "refused";
  return request.result == "RECEIVED" || request.code == "001" ? "in_work" : "done";
}

Receipt receipt_of(const Request& request) {
  Receipt made;
  made.key = request.id;
  made.state = state_of(request);
  made.confirmation = request.confirmation;
  made.updated_at = parse_instant(request.processed);
  // What is refused for a restricted case looks as if the case were not there.
  if (made.state == "refused" && request.code == "100") made.upstream_text = request.text;
  return made;
}

Answer<Receipt> send(const sdk::Call& call, const OpenedLink& opened, const std::string& id, std::string type,
                     std::vector<std::string> parameters) {
  const Link& link = opened.link;
  const Requests requests(call);
  SDK_TRY([[maybe_unused]] const Done added,
          requests.add({id, std::move(type), link.case_number, link.person, {}, std::move(parameters)}));
  SDK_TRY(const auto later, requests.flush(opened.ledger.newest()));
  SDK_TRY(const auto known, requests.find(id));
  if (!known) return sdk::refuse(Outcome::unavailable, "store_failed");
  if (later && known->state == "queued") return model::Pending{*later, {}};
  return receipt_of(*known);
}

// Ten digits where we have +1 and ten digits.
std::string national(const std::string& phone) {
  const bool ours = phone.size() == 12 && phone.starts_with("+1") && text::all_digits(phone.substr(2));
  return ours ? phone.substr(2) : phone;
}

std::string reason_word(const std::string& reason) {
  return reason.empty() ? "OTHER" : text::upper_ascii(reason);
}

}  // namespace

Answer<Receipt> order_contact(const sdk::Call& call, const SecretBytes& session,
                              const model::ContactUpdate& order) {
  SDK_TRY(const OpenedLink opened, link_of_order(call, session));
  const model::Address address = order.mailing_address.value_or(model::Address{});
  for (const std::string& part : {address.line1, address.line2, address.city, address.state, address.zip})
    if (has_forbidden(part)) return invalid_order("mailing_address");
  if (has_forbidden(order.phone.value_or(""))) return invalid_order("phone");
  if (has_forbidden(order.email.value_or(""))) return invalid_order("email");
  return send(call, opened, order.write_id, "ADDR",
              {address.line1, address.line2, address.city, address.state, address.zip,
               national(order.phone.value_or("")), order.email.value_or("")});
}

Answer<Receipt> order_message(const sdk::Call& call, const SecretBytes& session,
                              const model::MessageOrder& order) {
  SDK_TRY(const OpenedLink opened, link_of_order(call, session));
  if (order.case_key != opened.link.case_number) return sdk::refuse(Outcome::not_found);
  const std::size_t subject = text::count_code_points(order.subject);
  const std::size_t body = text::count_code_points(order.body);
  if (subject == 0 || subject > subject_max || has_forbidden(order.subject)) return invalid_order("subject");
  if (body == 0 || body > body_max || has_forbidden(order.body, line_ends)) return invalid_order("body");
  return send(call, opened, order.write_id, "MSG", {order.subject, order.body});
}

Answer<Receipt> order_request(const sdk::Call& call, const SecretBytes& session,
                              const model::RequestOrder& order) {
  SDK_TRY(const OpenedLink opened, link_of_order(call, session));
  if (order.case_key != opened.link.case_number) return sdk::refuse(Outcome::not_found);
  if (!order.document_keys.empty()) return sdk::refuse(Outcome::not_supported);
  if (order.kind == "pay_record") {
    if (!order.from) return invalid_order("from");
    if (!order.to || *order.to < *order.from) return invalid_order("to");
    return send(call, opened, order.write_id, "PAYREC", {order.from->text(), order.to->text()});
  }
  if (order.kind != "review" && order.kind != "modification") return sdk::refuse(Outcome::not_supported);
  if (text::count_code_points(order.text) > text_max || has_forbidden(order.text, line_ends))
    return invalid_order("text");
  if (has_forbidden(order.reason)) return invalid_order("reason");
  return send(call, opened, order.write_id, order.kind == "review" ? "REVIEW" : "MODIFY",
              {reason_word(order.reason), order.text});
}

Answer<Receipt> ask_receipt(const sdk::Call& call, const SecretBytes& session,
                            const model::ReceiptQuery& query) {
  SDK_TRY(const Link link, link_of_receipt(call, session));
  SDK_TRY([[maybe_unused]] const RunLedger ledger, catch_up(call));
  SDK_TRY(const auto known, Requests(call).find(query.key));
  if (!known || known->case_number != link.case_number || known->person != link.person)
    return sdk::refuse(Outcome::not_found);
  return receipt_of(*known);
}

}  // namespace casebridge::georgia_batch
