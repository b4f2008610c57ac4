// GET, POST and DELETE /v1/me/safety-stop
#include "core/desk/safety_stop.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {
namespace {

Response shown(const desk::SafetyStopView& view) {
  return json(200, encode::body_of([&](JsonText& json) {
                json.instant("stopped_at", view.stopped_at);
                json.integer("sessions_ended", view.sessions_ended);
                json.integer("devices_forgotten", view.devices_forgotten);
              }));
}

}  // namespace

Result<Response> read_safety_stop(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto view, desk::read_safety_stop(call.use.desk, call.caller()));
  return shown(view);
}

Result<Response> begin_safety_stop(const Call& call) {
  CASEBRIDGE_TRY(const auto view, desk::begin_safety_stop(call.use.desk, call.caller()));
  return shown(view);
}

Result<Response> lift_safety_stop(const Call& call) {
  CASEBRIDGE_CHECK(desk::lift_safety_stop(call.use.desk, call.use.alerts, call.caller()));
  return Response(204);
}

}  // namespace casebridge::http::actions
