// The order's id is the state's idempotency key.
#include "plugins/texas_icop/submit.hpp"

#include <algorithm>
#include <chrono>

#include "plugins/sdk/repeated_write.hpp"

namespace casebridge::texas_icop {
namespace {

using model::Receipt;
using sdk::Answer;

constexpr std::size_t url_size_max = 2048;
constexpr std::chrono::seconds still_running_wait{2};

Answer<Receipt> read_receipt(const Exchange& exchange, const Envelope& envelope, const ReadReceipt& read) {
  Reading reading;
  Receipt receipt = read(WireObject(envelope.root(), "", reading), envelope.over_tls());
  if (!reading.followed()) {
    exchange.call().log(LogLevel::warn, sdk::Event::upstream_drift, {sdk::word("dataset", "receipt")});
    return sdk::drift(reading.where());
  }
  if (reading.unknown_codes() > 0)
    exchange.call().log(LogLevel::warn, sdk::Event::unknown_code,
                        {sdk::number("count", reading.unknown_codes()), sdk::word("dataset", "receipt")});
  return receipt;
}

Answer<Receipt> send_write(const Exchange& exchange, const WireWrite& write, const ReadReceipt& read) {
  const auto answer = exchange.write(write);
  if (answer) return read_receipt(exchange, *answer, read);
  const model::Refusal& why = answer.refusal();
  if (why.reason != "still_running") return why;
  const Instant soonest = exchange.call().now() + still_running_wait;
  return model::Pending{std::max(why.until.value_or(soonest), soonest), SecretBytes{}};
}

}  // namespace

SecretBytes json_body(const std::function<void(model::JsonWriter& json)>& fill) {
  model::SecretSink sink;
  model::JsonWriter json(sink);
  json.begin_object();
  fill(json);
  json.end_object();
  return sink.take();
}

void text_member(model::JsonWriter& json, std::string_view name, std::string_view text) {
  json.name(name);
  json.value(text);
}

bool is_page_address(std::string_view url, bool over_tls) {
  const bool scheme = url.starts_with("https://") || (!over_tls && url.starts_with("http://"));
  return scheme && url.size() <= url_size_max &&
         std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

Answer<Receipt> submit(const Exchange& exchange, const WireWrite& write, const ReadReceipt& read) {
  return sdk::perform_once(exchange.call(), [&] { return send_write(exchange, write, read); });
}

Answer<Receipt> fetch_receipt(const Exchange& exchange, const std::string& path, const ReadReceipt& read) {
  SDK_TRY(const Envelope envelope, exchange.read(path));
  return read_receipt(exchange, envelope, read);
}

}  // namespace casebridge::texas_icop
