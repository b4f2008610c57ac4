// GET /v1/link-attempts/{attempt_id}
#include "core/desk/read_link_attempt.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> read_link_attempt(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto id, call.id<LinkAttemptId>("attempt_id"));
  CASEBRIDGE_TRY(const auto view, desk::read_link_attempt(call.use.desk, call.caller(), id));
  return json(200, encode::body_of([&](JsonText& json) { encode::attempt(json, view, call.context); }));
}

}  // namespace casebridge::http::actions
