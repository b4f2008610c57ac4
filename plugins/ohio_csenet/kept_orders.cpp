// "1773669600 sent 9900000..." or "1773669600 done taken OHU-20260316-000001", under the order's id.
#include "plugins/ohio_csenet/kept_orders.hpp"

#include "core/base/text.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;

constexpr std::string_view order_prefix = "order/";
constexpr std::chrono::hours forgotten_after{7 * 24};

std::string order_key(const std::string& write_id) { return std::string(order_prefix) + write_id; }

std::int64_t seconds_of(Instant instant) {
  return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

std::string_view first_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

std::optional<KeptOrder> read_kept(std::string_view text) {
  const auto seconds = text::parse_int(first_word(text));
  if (!seconds) return std::nullopt;
  KeptOrder kept;
  kept.since = Instant{std::chrono::seconds{*seconds}};
  const std::string_view what = first_word(text);
  if (what == "sent") {
    kept.line = std::string(text);
  } else if (what == "done") {
    kept.state = std::string(first_word(text));
    kept.confirmation = std::string(text);
  }
  if (kept.line.empty() == kept.state.empty()) return std::nullopt;
  return kept;
}

void forget_old_orders(const sdk::Call& call) {
  const auto keys = call.values().keys(order_prefix);
  if (!keys) return;
  for (const std::string& key : *keys) {
    const auto found = call.values().get(key);
    if (!found || !*found) continue;
    const auto kept = read_kept((*found)->octets.reveal());
    if (!kept || call.now() - kept->since > forgotten_after) (void)call.values().remove(key);
  }
}

sdk::Answer<sdk::Done> put_value(const sdk::Call& call, const std::string& write_id, const std::string& what,
                                 std::int64_t expected) {
  std::string value = std::to_string(seconds_of(call.now())) + " " + what;
  auto done = call.values().put(order_key(write_id), value, expected);
  if (done.refused() && done.refusal().reason == "quota_exceeded") {
    forget_old_orders(call);
    done = call.values().put(order_key(write_id), value, expected);
  }
  wipe(value);
  if (!done) return done.refusal();
  return sdk::Done{};
}

}  // namespace

sdk::Answer<std::optional<KeptOrder>> find_kept(const sdk::Call& call, const std::string& write_id) {
  SDK_TRY(const auto found, call.values().get(order_key(write_id)));
  if (!found) return std::optional<KeptOrder>{};
  auto kept = read_kept(found->octets.reveal());
  if (!kept) return sdk::refuse(Outcome::bug, "kept_unreadable");
  return kept;
}

sdk::Answer<sdk::Done> keep_line(const sdk::Call& call, const std::string& write_id,
                                 const std::string& line) {
  return put_value(call, write_id, "sent " + line, sdk::Values::none);
}

void keep_receipt(const sdk::Call& call, const std::string& write_id, const model::Receipt& receipt) {
  (void)put_value(call, write_id, "done " + receipt.state + " " + receipt.confirmation, sdk::Values::any);
}

void forget(const sdk::Call& call, const std::string& write_id) {
  (void)call.values().remove(order_key(write_id));
}

}  // namespace casebridge::ohio_csenet
