// Gate: whether a request may go on to its action, by what the row says, and in whose name.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/desk/identify_caller.hpp"
#include "core/http/rate_limiter.hpp"
#include "core/http/request.hpp"
#include "core/http/route.hpp"

namespace casebridge::http {

struct GateSetting {
  std::vector<std::string> origins;  // https://gateway.example; empty: the request's own scheme and Host
  Rates rates{};
  bool second_factor_required = false;  // for what shows cases or changes what is shown
};

// Any thread.
class Gate {
 public:
  using Identify = std::function<Result<desk::Identified>(const desk::IdentifyCaller::Request&)>;
  using Confirm = std::function<Result<void>(const desk::Identified&)>;  // asked where the row wants step-up
  Gate(Identify identify, Confirm confirm, const Clock& clock, GateSetting setting);

  // The session the request is made in, where there is one. Troubles: rate_limited, invalid_request (two
  // sessions at once), token_missing, token_invalid, token_expired, origin_refused, csrf_refused,
  // step_up_required, not_found (a row for this machine alone, or for another role), dependency_failed.
  Result<std::optional<desk::Identified>> admit(const Request& request, const Route& route);

 private:
  Result<std::optional<desk::Identified>> identify(const Request& request, const Route& route) const;
  Result<void> check_origin(const Request& request) const;
  Result<void> check_strength(const desk::Identified& who, const Route& route) const;

  Identify identify_;
  Confirm confirm_;
  const Clock& clock_;
  GateSetting setting_;
  RateLimiter limiter_;
};

// The session token a request carries, where it stands in its head: empty when none. invalid_request when it
// carries two.
Result<desk::IdentifyCaller::Request> session_token_of(const Head& head);

}  // namespace casebridge::http
