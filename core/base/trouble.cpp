// The table of troubles: one row per code. A missing, swapped or half-filled row does not compile.
#include "core/base/trouble.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace casebridge {
namespace {

// The name, the URN tail and the message id follow from the code, so they cannot drift apart.
#define ROW(code, category, status, actor, retryable, level, title)                              \
  TroubleRow {                                                                                   \
    TroubleCode::code, #code, category, status, Actor::actor, retryable, LogLevel::level, title, \
        "problem." #code                                                                         \
  }
constexpr bool again = true;   // the same request may succeed later
constexpr bool never = false;  // it will not, as long as nothing else changes

constexpr std::array rows{
    // A request that cannot be understood or carried out as it stands (RFC 9110 §15.5, RFC 6585).
    ROW(invalid_request, "request", 400, app, never, info, "The request is not well formed"),
    ROW(invalid_field, "request", 422, app, never, info, "A field has a value that is not allowed"),
    ROW(unsupported_parameter, "request", 400, app, never, info, "A parameter is not known here"),
    ROW(not_found, "request", 404, app, never, info, "There is nothing here for this caller"),
    ROW(method_not_allowed, "request", 405, app, never, info, "The method is not allowed on this resource"),
    ROW(unsupported_media_type, "request", 415, app, never, info,
        "The body has a media type that is not read"),
    ROW(payload_too_large, "request", 413, app, never, info, "The body is larger than allowed"),
    ROW(uri_too_long, "request", 414, app, never, info, "The request target is longer than allowed"),
    ROW(headers_too_large, "request", 431, app, never, info, "The header fields are larger than allowed"),
    ROW(not_acceptable, "request", 406, app, never, info, "No representation fits the Accept field"),
    ROW(expectation_failed, "request", 417, app, never, info, "The expectation cannot be met"),
    ROW(request_timeout, "request", 408, app, again, info, "The request did not arrive in time"),
    ROW(version_conflict, "request", 412, app, never, info, "The record has changed since it was read"),
    ROW(idempotency_key_missing, "request", 400, app, never, info, "The request needs an Idempotency-Key"),
    ROW(idempotency_in_progress, "request", 409, app, again, info,
        "The first request with this key still runs"),
    ROW(idempotency_key_reused, "request", 422, app, never, info, "The key belongs to another request"),
    ROW(cursor_invalid, "request", 400, app, never, info, "The cursor was not issued here"),
    ROW(http_version_not_supported, "request", 505, app, never, info, "The HTTP version is not spoken here"),
    ROW(method_not_implemented, "request", 501, app, never, info,
        "What the request asks for is not known to this server"),

    // Who is asking (RFC 9110 §15.5.2 and §15.5.4, RFC 9470). Texts never tell whether an account exists.
    ROW(token_missing, "auth", 401, app, never, info, "The request carries no session"),
    ROW(token_invalid, "auth", 401, app, never, info, "The session is not valid"),
    ROW(token_expired, "auth", 401, user, never, info, "The session has ended"),
    ROW(csrf_refused, "auth", 403, app, never, warn, "The anti-forgery value is missing or wrong"),
    ROW(origin_refused, "auth", 403, app, never, warn, "The request comes from another site"),
    ROW(step_up_required, "auth", 403, user, never, info, "A fresh confirmation of identity is needed"),
    ROW(sign_in_refused, "auth", 401, user, never, info, "The sign-in was refused"),
    ROW(flow_not_found, "auth", 404, app, never, info, "There is no such flow in this browser"),
    ROW(flow_expired, "auth", 410, user, never, info, "The flow has expired; start a new one"),
    ROW(flow_out_of_order, "auth", 409, app, never, info, "The flow waits for another step"),
    ROW(code_refused, "auth", 422, user, never, info, "The code was refused"),
    ROW(code_expired, "auth", 422, user, never, info, "The code has expired; ask for a new one"),
    ROW(password_refused, "auth", 422, user, never, info, "The password is not strong enough"),
    ROW(sharing_stopped, "auth", 409, user, never, info, "The owner has stopped all sharing"),

    // Between an account and a person at a system.
    ROW(link_action_required, "link", 409, user, never, info,
        "The link needs its owner before it can be used"),
    ROW(link_already_exists, "link", 409, app, never, info, "This person is already linked"),
    ROW(identity_mismatch, "link", 422, user, never, info, "The state's record does not fit the answers"),

    // What a state asks before it opens, and what it answers.
    ROW(challenge_wrong_answer, "challenge", 422, user, never, info, "The state refused the answer"),
    ROW(challenge_expired, "challenge", 410, user, never, info, "The challenge has expired"),
    ROW(challenge_lockout_risk, "challenge", 409, user, never, info, "One attempt is left before a lock"),
    ROW(account_locked, "challenge", 409, user, never, info, "The state has locked the account"),
    ROW(account_unavailable, "challenge", 409, user, never, info,
        "The state's account cannot be used online"),
    ROW(challenge_out_of_order, "challenge", 409, app, never, info, "The challenge is not the one in turn"),
    ROW(credential_refused, "challenge", 422, user, never, info, "The state refused the credential"),
    ROW(credential_already_refused, "challenge", 409, user, never, info,
        "The same credential was refused before"),
    ROW(credential_expired, "challenge", 409, user, never, info,
        "The credential must be renewed at the state"),
    ROW(resend_too_early, "challenge", 429, user, again, info, "A new code cannot be sent yet"),
    ROW(needs_enrolment, "challenge", 409, user, never, info, "The person must first enrol with the state"),
    ROW(action_needed_at_source, "challenge", 409, user, never, info,
        "Something must be done at the state first"),

    // A state's system did not do what was asked (RFC 9110 §15.6.3 to §15.6.5).
    ROW(source_unavailable, "source", 503, state, again, warn, "The state's system cannot be reached"),
    ROW(source_timeout, "source", 504, state, again, warn, "The state's system did not answer in time"),
    ROW(source_maintenance, "source", 503, state, again, info, "The state's system is under maintenance"),
    ROW(source_rate_limited, "source", 503, nobody, again, warn, "The state's system asks for a slower pace"),
    ROW(source_rejected, "source", 502, gateway, never, warn, "The state's system refused the request"),
    ROW(source_changed, "source", 502, gateway, never, error,
        "The state's system answers in an unknown form"),
    ROW(source_not_permitted, "source", 403, state, never, warn, "The state does not permit this"),
    ROW(source_not_found, "source", 404, nobody, never, info, "The state's system has no such record"),
    ROW(source_session_ended, "source", 409, user, never, info, "The session with the state has ended"),
    ROW(all_sources_unavailable, "source", 503, state, again, warn, "No state's system could be reached"),
    ROW(system_unknown, "source", 404, app, never, info, "There is no such system"),

    // About a set of records.
    ROW(dataset_syncing, "data", 409, nobody, again, info, "The first sync of these records still runs"),
    ROW(needs_user, "data", 409, user, never, info, "Fresh records need their owner to sign in to the state"),

    // Too much at once (RFC 6585 §4).
    ROW(rate_limited, "capacity", 429, app, again, info, "Too many requests"),
    ROW(overloaded, "capacity", 503, nobody, again, warn, "The gateway has no free place just now"),

    // The gateway itself.
    ROW(internal, "platform", 500, gateway, never, error, "The gateway made a mistake"),
    ROW(dependency_failed, "platform", 503, gateway, again, error, "A part the gateway needs does not work"),
    ROW(not_supported, "platform", 501, nobody, never, info, "This gateway cannot do that"),
    ROW(adapter_fault, "platform", 502, gateway, never, error, "The adapter of this system failed"),
};
#undef ROW

// The compiler's own spelling of an enumerator; starts with '(' when the number has no name.
template <TroubleCode code>
constexpr std::string_view enumerator_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  text.remove_prefix(text.find("code = ") + std::string_view("code = ").size());
  text = text.substr(0, text.find_first_of(";]"));
  return text.front() == '(' ? text : text.substr(text.rfind(':') + 1);
}

template <std::size_t... index>
constexpr bool in_order(std::index_sequence<index...>) {
  return ((enumerator_name<static_cast<TroubleCode>(index)>() == rows[index].name) && ...);
}

constexpr bool filled(const TroubleRow& row) {
  return !row.category.empty() && row.http_status >= 400 && row.http_status <= 599 && !row.title.empty();
}

static_assert(in_order(std::make_index_sequence<rows.size()>{}), "a code has no row, or rows are swapped");
static_assert(enumerator_name<static_cast<TroubleCode>(rows.size())>().front() == '(',
              "a last code has no row");
static_assert(std::all_of(rows.begin(), rows.end(), filled), "a row is not complete");

}  // namespace

const std::vector<TroubleRow>& trouble_table() {
  static const std::vector<TroubleRow> table(rows.begin(), rows.end());
  return table;
}

const TroubleRow& row_of(TroubleCode code) { return rows[static_cast<std::size_t>(code)]; }

std::optional<TroubleCode> trouble_code_of(std::string_view name) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const TroubleRow& row) { return row.name == name; });
  if (found == rows.end()) return std::nullopt;
  return found->code;
}

std::string_view name_of(Actor actor) {
  switch (actor) {
    case Actor::user: return "user";
    case Actor::app: return "app";
    case Actor::state: return "state";
    case Actor::gateway: return "gateway";
    case Actor::nobody: return "nobody";
  }
  return "nobody";
}

}  // namespace casebridge
