// Requests as the interface words them.
#include "plugins/texas_smart/exchange.hpp"

#include "core/model/adapter_messages.hpp"
#include "plugins/sdk/upstream.hpp"

namespace casebridge::texas_smart {
using model::Outcome;
using model::Refusal;
using sdk::Answer;
using sdk::HttpResponse;

Answer<HttpResponse> Exchange::send(std::string_view operation, const SecretBytes& body,
                                    std::chrono::milliseconds deadline) const {
  const std::string action = "\"urn:itexas:smart:1:" + std::string(operation) + "\"";
  sdk::HttpRequest request{
      .method = "POST", .target = endpoint_.path, .body = body.reveal(), .timeout = deadline};
  request.headers = {{"Content-Type", "text/xml; charset=utf-8"}, {"SOAPAction", action}};
  return call_.http().send(request);
}

Answer<SoapAnswer> Exchange::read(SoapRequest request) const {
  const std::string operation = request.operation();
  const SecretBytes body = request.finish();
  auto answer = send(operation, body, endpoint_.deadline);
  if (sdk::was_away(answer) && !call_.over()) {
    call_.log(LogLevel::info, sdk::Event::upstream_retry, {sdk::number("attempt", 2)});
    answer = send(operation, body, endpoint_.deadline);
  }
  if (!answer) return logged(answer.refusal(), 0);
  const int status = answer->status;
  auto opened = open_answer(std::move(*answer), operation, call_.now());
  if (!opened) return logged(opened.refusal(), status);
  return opened;
}

Answer<SoapAnswer> Exchange::write(const std::string& operation, const SecretBytes& body,
                                   FaultDetail& detail) const {
  const bool pays = operation == "SubmitPayment";
  auto answer = send(operation, body, pays ? endpoint_.payment_deadline : endpoint_.deadline);
  if (!answer) return logged(answer.refusal(), 0);
  const int status = answer->status;
  auto opened = open_answer(std::move(*answer), operation, call_.now(), &detail);
  if (!opened) return logged(opened.refusal(), status);
  return opened;
}

Answer<SoapAnswer> Exchange::sign_in_step(SoapRequest request) const {
  const std::string operation = request.operation();
  auto answer = send(operation, request.finish(), endpoint_.deadline);
  if (!answer) {
    Refusal refusal = logged(answer.refusal(), 0);
    // A sign-in without an answer in time is reported like a lost one: it may have been counted.
    if (refusal.outcome == Outcome::timeout && refusal.reason == "lost_answer")
      refusal.outcome = Outcome::unavailable;
    return refusal;
  }
  const int status = answer->status;
  auto opened = open_answer(std::move(*answer), operation, call_.now());
  if (opened) return opened;
  Refusal refusal = logged(opened.refusal(), status);
  // Nor does a "come back later" of a failing server say that the try was not counted.
  if (refusal.outcome == Outcome::unavailable) refusal.until.reset();
  return refusal;
}

}  // namespace casebridge::texas_smart
