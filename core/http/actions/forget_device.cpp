// DELETE /v1/me/devices/{device_id}
#include "core/desk/known_devices.hpp"
#include "core/http/actions/actions.hpp"

namespace casebridge::http::actions {

Result<Response> forget_device(const Call& call) {
  CASEBRIDGE_TRY(const auto id, call.id<DeviceId>("device_id"));
  CASEBRIDGE_CHECK(desk::forget_device(call.use.desk, call.caller(), id));
  return Response(204);
}

}  // namespace casebridge::http::actions
