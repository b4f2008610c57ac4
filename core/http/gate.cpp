// No action checks access; everything a row asks for is decided here, in the same order for all.
#include "core/http/gate.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/http/cookies.hpp"
#include "core/http/session_cookie.hpp"
#include "core/identity/network_prefix.hpp"

namespace casebridge::http {
namespace {

using Credential = desk::IdentifyCaller::Request;

constexpr std::size_t token_bytes_max = 256;

bool is_write(Method method) { return method != Method::get && method != Method::head; }

// Operators see nothing of cases and links, and nobody else sees what operators see: each other's rows are
// as good as none.
bool fits_role(const desk::Identified& who, const Route& route) {
  return who.is_operator ? !shows_cases(route) : !is_for_operators(route);
}

Trouble two_sessions() {
  return trouble(TroubleCode::invalid_request, "the request carries more than one session");
}

}  // namespace

Result<Credential> session_token_of(const Head& head) {
  Credential found;
  if (const auto authorization = head.field("authorization")) {
    const std::size_t blank = authorization->find(' ');
    const std::string_view scheme = authorization->substr(0, blank);
    if (blank != std::string_view::npos && text::equal_ignoring_case(scheme, "bearer")) {
      found = {text::trim(authorization->substr(blank + 1)), "bearer"};
    }
    if (found.token.empty())
      return trouble(TroubleCode::token_invalid, "Authorization is not a Bearer token");
  }
  const CookiesOfName cookies = find_cookies(head, session_cookie_name);
  // Two cookies of this name cannot come from this gateway alone; which one is meant is not guessed.
  if (cookies.count > 1 || (cookies.count == 1 && !found.token.empty())) return two_sessions();
  if (cookies.count == 1) found = {cookies.value, "cookie"};
  if (found.token.size() > token_bytes_max) return trouble(TroubleCode::token_invalid);
  return found;
}

Gate::Gate(Identify identify, Confirm confirm, const Clock& clock, GateSetting setting)
    : identify_(std::move(identify)),
      confirm_(std::move(confirm)),
      clock_(clock),
      setting_(std::move(setting)),
      limiter_(setting_.rates) {}

Result<std::optional<desk::Identified>> Gate::admit(const Request& request, const Route& route) {
  if (const auto wait = limiter_.take(route.rate, identity::network_prefix(request.peer, 32, 64))) {
    Trouble limited = trouble(TroubleCode::rate_limited);
    limited.retry_at = clock_.now() + *wait;
    return limited;
  }
  if (route.caller == CallerKind::loopback) {
    if (!request.peer_is_loopback) return trouble(TroubleCode::not_found);
    return std::optional<desk::Identified>();
  }
  CASEBRIDGE_TRY(auto who, identify(request, route));
  if (route.caller != CallerKind::account) return who;
  if (!who) return trouble(TroubleCode::token_missing);
  if (!fits_role(*who, route)) return trouble(TroubleCode::not_found);
  CASEBRIDGE_CHECK(check_strength(*who, route));
  return who;
}

Result<std::optional<desk::Identified>> Gate::identify(const Request& request, const Route& route) const {
  const bool needed = route.caller == CallerKind::account;
  const bool write = is_write(request.head.method);
  // A form of another site can reach the flows without any session, so they are guarded as cookies are.
  if (write && !needed) CASEBRIDGE_CHECK(check_origin(request));
  CASEBRIDGE_TRY(Credential credential, session_token_of(request.head));
  if (credential.token.empty()) return std::optional<desk::Identified>();
  const bool cookie = credential.transport == "cookie";
  credential.unattended = route.unattended;
  auto found = identify_(credential);
  if (!found) {
    if (needed || found.error().code == TroubleCode::dependency_failed) return std::move(found).error();
    return std::optional<desk::Identified>();
  }
  if (write && cookie) {
    if (needed) CASEBRIDGE_CHECK(check_origin(request));
    if (!desk::IdentifyCaller::csrf_matches(*found, request.head.field("x-csrf-token").value_or(""))) {
      if (needed) return trouble(TroubleCode::csrf_refused);
      return std::optional<desk::Identified>();  // the session is simply not used
    }
  }
  return std::optional<desk::Identified>(std::move(*found));
}

Result<void> Gate::check_origin(const Request& request) const {
  const auto origin = request.head.field("origin");
  const auto site = request.head.field("sec-fetch-site").value_or("same-origin");
  if (site != "same-origin" && site != "none") return trouble(TroubleCode::origin_refused);
  if (!origin) return {};  // no browser, or an old one: what follows still needs the anti-forgery value
  if (!setting_.origins.empty()) {
    const bool known =
        std::find(setting_.origins.begin(), setting_.origins.end(), *origin) != setting_.origins.end();
    return known ? Result<void>() : trouble(TroubleCode::origin_refused);
  }
  const std::string own = (request.tls ? "https://" : "http://") + request.head.host;
  return *origin == own ? Result<void>() : trouble(TroubleCode::origin_refused);
}

Result<void> Gate::check_strength(const desk::Identified& who, const Route& route) const {
  const model::Caller& caller = who.caller;
  const bool needs_factor =
      is_for_operators(route) || (setting_.second_factor_required && shows_cases(route));
  if (needs_factor && caller.assurance != model::Assurance::two_factor) {
    Trouble alone = trouble(TroubleCode::step_up_required);
    alone.remedy_action = "add_second_factor";
    return alone;
  }
  const bool strong = static_cast<int>(caller.assurance) >= static_cast<int>(route.assurance);
  if (strong) return route.step_up ? confirm_(who) : Result<void>();
  Trouble refused = trouble(TroubleCode::step_up_required);
  refused.remedy_action = "step_up";
  return refused;
}

}  // namespace casebridge::http
