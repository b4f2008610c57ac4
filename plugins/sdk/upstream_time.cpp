// Retry-After against the clock of the one who sent it.
#include "plugins/sdk/upstream_time.hpp"

#include <chrono>

#include "core/base/text.hpp"

namespace casebridge::sdk {
namespace {

constexpr std::int64_t wait_seconds_max = 31LL * 24 * 3600;

}  // namespace

Instant upstream_now(const HttpResponse& answer, Instant our_now) {
  return answer.date.value_or(our_now);
}

std::optional<Instant> retry_after(const HttpResponse& answer, Instant our_now) {
  const auto header = answer.header("Retry-After");
  if (!header) return std::nullopt;
  const std::string_view value = text::trim(*header);
  if (!text::all_digits(value)) return parse_http_date(value);
  const auto seconds = text::parse_int(value);
  if (!seconds || *seconds > wait_seconds_max) return std::nullopt;
  return upstream_now(answer, our_now) + std::chrono::seconds{*seconds};
}

}  // namespace casebridge::sdk
