// Accounts for operators: /v1/admin/account-search and /v1/admin/accounts/{account_id}/...
#include "core/base/text.hpp"
#include "core/desk/mend_account.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/actions/operating.hpp"
#include "core/http/body_reader.hpp"

namespace casebridge::http::actions {
namespace {

constexpr std::size_t email_length_max = 254;

Response shown(const desk::InspectedAccount& view) {
  return json(200, encode::body_of([&](JsonText& json) { encode::admin_account(json, view); }));
}

Result<Response> done(const Result<void>& outcome) {
  if (!outcome) return outcome.error();
  return Response(204);
}

}  // namespace

Result<Response> find_account(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  const std::string email = body.text("email", email_length_max);
  CASEBRIDGE_CHECK(body.done());
  CASEBRIDGE_TRY(const auto view, desk::find_account(*operating, operator_of(call), email));
  return shown(view);
}

Result<Response> inspect_account(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto account, call.id<AccountId>("account_id"));
  CASEBRIDGE_TRY(const auto view, desk::inspect_account(*operating, operator_of(call), account));
  return shown(view);
}

Result<Response> unlock_account(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_TRY(const auto account, call.id<AccountId>("account_id"));
  return done(desk::unlock_account(*operating, operator_of(call), account));
}

Result<Response> inspect_sessions(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto account, call.id<AccountId>("account_id"));
  CASEBRIDGE_TRY(const auto views, desk::inspect_sessions(*operating, operator_of(call), account));
  return list_of(views, encode::admin_session);
}

Result<Response> end_account_sessions(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_TRY(const auto account, call.id<AccountId>("account_id"));
  return done(desk::end_account_sessions(*operating, operator_of(call), account, std::nullopt));
}

Result<Response> end_account_session(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_TRY(const auto account, call.id<AccountId>("account_id"));
  CASEBRIDGE_TRY(const auto session, call.id<SessionId>("session_id"));
  return done(desk::end_account_sessions(*operating, operator_of(call), account, session));
}

Result<Response> begin_password_reset(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_TRY(const auto account, call.id<AccountId>("account_id"));
  return done(desk::begin_password_reset(*operating, operator_of(call), account));
}

// A cursor is good for the list of the one account only, and for the operator it was made for.
Result<Response> inspect_events(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_CHECK(call.query.only({"limit", "cursor"}));
  CASEBRIDGE_TRY(const auto account, call.id<AccountId>("account_id"));
  const std::string list = "events of " + account.text();
  const std::string& owner = call.caller().account.text();
  desk::ListActivity asked;
  CASEBRIDGE_TRY(asked.limit, page_limit(call.query.find("limit").value_or("")));
  if (const auto cursor = call.query.find("cursor")) {
    CASEBRIDGE_TRY(const Keyset place, call.paging.place(*cursor, owner, list));
    asked.before_seq = text::parse_int(place.sort_key).value_or(0);
  }
  CASEBRIDGE_TRY(const auto page, desk::inspect_events(*operating, operator_of(call), account, asked));
  std::string next;
  if (page.more) next = call.paging.cursor({std::to_string(page.last_seq), page.last_id}, owner, list);
  return json(200, encode::body_of([&](JsonText& json) {
                members_of(json, page.events, encode::admin_event);
                encode::page(json, next, asked.limit);
              }));
}

}  // namespace casebridge::http::actions
