// DELETE /v1/link-attempts/{attempt_id}
#include "core/desk/cancel_link_attempt.hpp"

#include "core/http/actions/actions.hpp"

namespace casebridge::http::actions {

Result<Response> cancel_link_attempt(const Call& call) {
  CASEBRIDGE_TRY(const auto id, call.id<LinkAttemptId>("attempt_id"));
  CASEBRIDGE_CHECK(desk::cancel_link_attempt(call.use.desk, call.caller(), id));
  return Response(204);
}

}  // namespace casebridge::http::actions
