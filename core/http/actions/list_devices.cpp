// GET /v1/me/devices
#include "core/desk/known_devices.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/device_cookie.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> list_devices(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto devices,
                 desk::list_devices(call.use.desk, call.caller(), device_cookie_of(call.request.head)));
  return json(200, encode::body_of([&](JsonText& json) {
                json.array("data");
                for (const auto& one : devices) {
                  json.object();
                  encode::device(json, one);
                  json.end_object();
                }
                json.end_array();
              }));
}

}  // namespace casebridge::http::actions
