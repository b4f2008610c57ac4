// How long the state asks to wait, as a moment of the state's own clock.
#pragma once

#include <optional>

#include "core/base/instant.hpp"
#include "plugins/sdk/http.hpp"

namespace casebridge::sdk {

// The answer's Date, or ours when it has none.
Instant upstream_now(const HttpResponse& answer, Instant our_now);

// The end of Retry-After (RFC 9110 §10.2.3: seconds or a date); nullopt when it is missing or neither.
std::optional<Instant> retry_after(const HttpResponse& answer, Instant our_now);

}  // namespace casebridge::sdk
