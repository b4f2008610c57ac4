// Requests as the interface words them. Every operation reads, so that none can have an effect twice.
#include "plugins/kansas_quick/exchange.hpp"

#include "core/model/adapter_messages.hpp"
#include "plugins/kansas_quick/wire_values.hpp"
#include "plugins/sdk/upstream.hpp"

namespace casebridge::kansas_quick {
namespace {

using model::Outcome;
using model::Refusal;
using sdk::Answer;
using sdk::HttpResponse;

constexpr std::uint32_t answer_size_max = 4u << 20;

bool is_about_time(const Refusal& refusal) {
  return refusal.outcome == Outcome::bug && refusal.reason == reason_assertion_time;
}

}  // namespace

Answer<HttpResponse> Exchange::send(const Question& question) const {
  SDK_TRY(const SecretBytes token, call_.assertion(quick_namespace, person_));
  const SecretBytes body = write_request(question, endpoint_.asker, new_call_id(), token);
  const std::string action =
      "\"" + std::string(quick_namespace) + ":" + std::string(question.operation) + "\"";
  sdk::HttpRequest request{.method = "POST",
                           .target = endpoint_.path,
                           .body = body.reveal(),
                           .timeout = endpoint_.deadline,
                           .answer_bytes_max = answer_size_max};
  request.headers = {{"Content-Type", "text/xml; charset=utf-8"}, {"SOAPAction", action}};
  return call_.http().send(request);
}

Answer<QuickAnswer> Exchange::ask(const Question& question) const {
  bool came_back = false, renewed = false;
  for (int attempt = 2;; ++attempt) {
    auto answer = send(question);
    if (sdk::was_away(answer) && !came_back && !call_.over()) {
      came_back = true;
      call_.log(LogLevel::info, sdk::Event::upstream_retry, {sdk::number("attempt", attempt)});
      continue;
    }
    if (!answer) return logged(answer.refusal(), 0);
    const int status = answer->status;
    auto opened = open_answer(std::move(*answer), question.operation, call_.now());
    if (opened) return opened;
    if (is_about_time(opened.refusal()) && !renewed && !call_.over()) {
      renewed = true;
      call_.log(LogLevel::info, sdk::Event::upstream_retry, {sdk::number("attempt", attempt)});
      continue;
    }
    return logged(opened.refusal(), status);
  }
}

}  // namespace casebridge::kansas_quick
