// Page, token, post, confirmation. What is kept of an order: its day, and its token or its confirmation.
#include "plugins/california_connect/written_form.hpp"

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"
#include "plugins/california_connect/page_text.hpp"
#include "plugins/california_connect/repeated_post.hpp"

namespace casebridge::california_connect {
namespace {

using model::Outcome;
using model::Receipt;
using model::Refusal;
using sdk::Answer;

constexpr std::string_view confirm_path = "/confirm/";
constexpr std::int64_t day_seconds = 24 * 3600;

std::string key_of(const std::string& write_id) { return "order/" + write_id; }

std::int64_t day_of(Instant instant) { return instant.time_since_epoch().count() / day_seconds; }

// "20528 token Kd83... 7.2" or "20528 done CC-20260316-000001"
struct Kept {
  SecretBytes token{};
  std::string version{};
  std::string confirmation{};
};

std::optional<Kept> read_kept(std::string_view text) {
  const auto words = text::split(text, ' ');
  if (words.size() == 3 && words[1] == "done") return Kept{{}, {}, words[2]};
  if (words.size() == 4 && words[1] == "token") return Kept{SecretBytes::copy_of(words[2]), words[3], {}};
  return std::nullopt;
}

// A token lives no longer than a session, so what is kept of another day is of no use.
void forget_old_orders(const sdk::Call& call) {
  const auto keys = call.values().keys("order/");
  if (!keys) return;
  const std::int64_t oldest = day_of(call.now()) - 1;
  for (const std::string& key : *keys) {
    const auto found = call.values().get(key);
    if (!found || !*found) continue;
    const std::string_view value = (*found)->octets.reveal();
    const auto day = text::parse_int(value.substr(0, value.find(' ')));
    if (!day || *day < oldest) (void)call.values().remove(key);
  }
}

Answer<sdk::Done> keep(const sdk::Call& call, const std::string& write_id, const std::string& what) {
  const std::string value = std::to_string(day_of(call.now())) + " " + what;
  auto put = call.values().put(key_of(write_id), value);
  if (put.refused() && put.refusal().reason == "quota_exceeded") {
    forget_old_orders(call);
    put = call.values().put(key_of(write_id), value);
  }
  if (!put) return put.refusal();
  return sdk::Done{};
}

// <b data-confirm="CC-...">, on the page that says that the form was sent before.
std::string confirmation_on(const Page& page) {
  for (const sdk::HtmlElement& each : page.body().all("b"))
    if (const auto number = each.attribute("data-confirm"); number && is_confirmation(*number))
      return *number;
  return {};
}

Receipt receipt(const std::string& state, const std::string& confirmation) {
  Receipt made;
  made.state = state;
  made.key = confirmation;
  made.confirmation = confirmation;
  return made;
}

// What the last answer says: a number when it was done, empty when nobody can say.
Answer<std::string> confirmation_of(const Repeated& sent, const FormOrder& order) {
  if (!sent.posted) {
    if (sent.unsure) return std::string();
    return sent.posted.refusal();
  }
  if (!sent.posted->page) {
    const std::string_view location = sent.posted->location;
    if (location.starts_with(confirm_path) && is_confirmation(location.substr(confirm_path.size())))
      return std::string(location.substr(confirm_path.size()));
    if (location.starts_with("/login")) return sdk::refuse(Outcome::session_expired);
    if (location == "/pin/change") return sdk::refuse(Outcome::action_needed, "password_expired");
    return sdk::drift("write/Location");
  }
  const Page& page = *sent.posted->page;
  if (page.kind() == PageKind::sent_before) {
    const std::string number = confirmation_on(page);
    if (number.empty()) return sdk::drift("write/data-confirm");
    return number;
  }
  if (page.kind() == PageKind::bad_token && sent.unsure) return std::string();
  if (page.kind() == order.page_kind) {
    if (page.error_code() != "E-FIELD") return sdk::drift("write/data-code");
    Refusal refusal = sdk::refuse(Outcome::invalid_field);
    refusal.field = order.our_field(page.error_field());
    return refusal;
  }
  return refusal_of(page);
}

// What was not done, and is known not to have been, may be tried with another token.
bool is_settled(const Answer<std::string>& number) {
  return number.refused() &&
         (number.refusal().outcome == Outcome::invalid_field || number.refusal().outcome == Outcome::bug);
}

}  // namespace

Answer<Receipt> post_order(Exchange& exchange, const FormOrder& order, const std::string& state) {
  const sdk::Call& call = exchange.call();
  SDK_TRY(const auto stored, call.values().get(key_of(order.write_id)));
  std::optional<Kept> kept = stored ? read_kept(stored->octets.reveal()) : std::nullopt;
  if (stored && !kept) return sdk::refuse(Outcome::bug, "kept_unreadable");
  if (kept && !kept->confirmation.empty()) return receipt(state, kept->confirmation);
  SDK_TRY(const Page page, exchange.read(order.path, order.page_kind));
  SDK_TRY(PageForm form, form_for(page, exchange.full(order.path)));
  const bool again = kept.has_value();
  if (again) {
    form.token = std::move(kept->token);
    form.version = kept->version;
  }
  sdk::Form fields = fields_of(form);
  SDK_TRY([[maybe_unused]] const sdk::Done filled, order.fill(page, fields));
  if (!again) {
    const std::string token = "token " + std::string(form.token.reveal()) + " " + form.version;
    SDK_TRY([[maybe_unused]] const sdk::Done done, keep(call, order.write_id, token));
  }
  Repeated sent = post_repeated(exchange, form, fields);
  sent.unsure = sent.unsure || again;
  const auto number = confirmation_of(sent, order);
  if (!number) {
    if (is_settled(number)) (void)call.values().remove(key_of(order.write_id));
    return number.refusal();
  }
  if (number->empty()) return receipt("unknown", "");
  // The portal has done it, whether or not we can remember it.
  (void)keep(call, order.write_id, "done " + *number);
  return receipt(state, *number);
}

}  // namespace casebridge::california_connect
