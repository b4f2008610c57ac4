// The rules that every interface shares.
#include "plugins/sdk/upstream.hpp"

#include <utility>

namespace casebridge::sdk {

using model::Outcome;

bool was_away(const Answer<HttpResponse>& answer) {
  if (answer.refused())
    return answer.refusal().outcome == Outcome::unavailable &&
           (answer.refusal().reason == "not_sent" || answer.refusal().reason == "lost_answer");
  const int status = answer->status;
  return (status == 502 || status == 503 || status == 504) && !answer->header("Retry-After");
}

model::Refusal logged(const Call& call, model::Refusal refusal, int http_status) {
  const bool broken = refusal.outcome == Outcome::schema_drift;
  call.log(broken ? LogLevel::warn : LogLevel::info, broken ? Event::upstream_drift : Event::upstream_error,
           {number("status", http_status), word("outcome", model::name_of(refusal.outcome))});
  return refusal;
}

Answer<Done> end_reading(const Call& call, const Reading& reading, std::string_view what) {
  if (!reading.followed()) {
    call.log(LogLevel::warn, Event::upstream_drift, {word("dataset", what)});
    return drift(reading.where());
  }
  if (reading.unknown_codes() > 0)
    call.log(LogLevel::warn, Event::unknown_code,
             {number("count", reading.unknown_codes()), word("dataset", what)});
  if (reading.left_out_count() > 0)
    call.log(LogLevel::warn, Event::record_dropped,
             {number("count", reading.left_out_count()), word("dataset", what)});
  return Done{};
}

}  // namespace casebridge::sdk
