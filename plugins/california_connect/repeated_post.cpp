// One more try, never two.
#include "plugins/california_connect/repeated_post.hpp"

namespace casebridge::california_connect {

using model::Outcome;

bool leaves_open(const model::Refusal& refusal) {
  if (refusal.reason == "redirect_refused") return false;
  return refusal.outcome == Outcome::schema_drift || refusal.reason == "lost_answer" ||
         refusal.reason.starts_with("http_5");
}

Repeated post_repeated(Exchange& exchange, const PageForm& form, const sdk::Form& fields) {
  auto first = exchange.post_once(form, fields);
  const bool open = first.refused() && leaves_open(first.refusal());
  const bool never_sent = first.refused() && first.refusal().reason == "not_sent";
  if ((!open && !never_sent) || exchange.call().over()) return {std::move(first), open};
  exchange.call().log(LogLevel::info, sdk::Event::upstream_retry, {sdk::number("attempt", 2)});
  auto second = exchange.post_once(form, fields);
  const bool still_open = open || (second.refused() && leaves_open(second.refusal()));
  return {std::move(second), still_open};
}

}  // namespace casebridge::california_connect
