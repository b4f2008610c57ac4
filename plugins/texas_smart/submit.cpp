// The order's id is the service's requestId.
#include "plugins/texas_smart/submit.hpp"

#include "plugins/sdk/repeated_write.hpp"
#include "plugins/sdk/xml.hpp"

namespace casebridge::texas_smart {
namespace {

using model::Outcome;
using model::Receipt;
using sdk::Answer;

// The parent decides about a fee, never we: it is shown, and the order comes again with it or not at all.
Answer<Receipt> fee_wanted(const FaultDetail& detail) {
  if (!detail.fee) return sdk::drift("SmartFault/Fee");
  Receipt made;
  made.state = "needs_confirmation";
  made.fee = detail.fee;
  return made;
}

Answer<Receipt> send_write(const Exchange& exchange, const std::string& operation, const SecretBytes& body,
                           const ReadReceipt& read) {
  FaultDetail detail;
  const auto answer = exchange.write(operation, body, detail);
  if (!answer) {
    if (answer.refusal().reason == "fee_changed") return fee_wanted(detail);
    return answer.refusal();
  }
  Reading reading;
  Receipt receipt = read(answer->payload(reading));
  SDK_TRY([[maybe_unused]] const sdk::Done done, sdk::end_reading(exchange.call(), reading, "receipt"));
  return receipt;
}

}  // namespace

Answer<Receipt> submit(const Exchange& exchange, SoapRequest request, const ReadReceipt& read) {
  const std::string operation = request.operation();
  const SecretBytes body = request.finish();
  return sdk::perform_once(exchange.call(), [&] { return send_write(exchange, operation, body, read); });
}

model::Refusal refused_field(const char* name) {
  model::Refusal refusal = sdk::refuse(Outcome::invalid_field);
  refusal.field = name;
  return refusal;
}

Answer<sdk::Done> check_text(std::string_view text, const char* name) {
  if (!sdk::fits_xml(text)) return refused_field(name);
  return sdk::Done{};
}

}  // namespace casebridge::texas_smart
