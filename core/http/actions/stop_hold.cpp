// DELETE /v1/me/holds/{hold_kind}
#include "core/desk/holds.hpp"
#include "core/http/actions/actions.hpp"

namespace casebridge::http::actions {

Result<Response> stop_hold(const Call& call) {
  CASEBRIDGE_CHECK(desk::stop_hold(call.use.desk, call.use.alerts, call.caller(), call.path.at("hold_kind")));
  return Response(204);
}

}  // namespace casebridge::http::actions
