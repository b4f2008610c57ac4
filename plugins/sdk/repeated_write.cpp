// One more try, never two.
#include "plugins/sdk/repeated_write.hpp"

namespace casebridge::sdk {
namespace {

using model::Outcome;
using model::Refusal;

bool was_not_sent(const Answer<model::Receipt>& answer) {
  return answer.refused() && answer.refusal().reason == "not_sent";
}

bool is_open(const Answer<model::Receipt>& answer) {
  return answer.refused() && leaves_open(answer.refusal());
}

}  // namespace

// A state keeps its answer under the order's id, so these would have been a receipt if it had taken the order
// before.
bool is_settled(const Refusal& refusal) {
  switch (refusal.outcome) {
    case Outcome::invalid_field:
    case Outcome::not_permitted:
    case Outcome::not_found:
    case Outcome::source_rejected:
    case Outcome::not_supported: return true;
    default: return false;
  }
}

bool leaves_open(const Refusal& refusal) {
  if (refusal.reason == "lost_answer") return true;
  if (refusal.outcome == Outcome::schema_drift) return !refusal.reason.starts_with("redirect");
  if (refusal.outcome != Outcome::unavailable || refusal.until) return false;
  return refusal.reason != "not_sent" && refusal.reason != "not_ready" &&
         !refusal.reason.starts_with("http_4");
}

Answer<model::Receipt> perform_once(const Call& call, const std::function<Answer<model::Receipt>()>& send) {
  Answer<model::Receipt> answer = send();
  bool open = is_open(answer);
  if ((open || was_not_sent(answer)) && !call.over()) {
    call.log(LogLevel::info, Event::upstream_retry, {number("attempt", 2)});
    answer = send();
    open = open || is_open(answer);
  }
  if (!open || !answer.refused() || is_settled(answer.refusal())) return answer;
  call.log(LogLevel::warn, Event::adapter_note, {word("outcome", model::name_of(answer.refusal().outcome))});
  return model::Receipt{};
}

}  // namespace casebridge::sdk
