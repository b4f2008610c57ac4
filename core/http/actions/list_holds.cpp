// GET /v1/me/holds
#include "core/desk/holds.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> list_holds(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto holds, desk::list_holds(call.use.desk, call.caller()));
  return json(200, encode::body_of([&](JsonText& json) {
                json.array("data");
                for (const auto& one : holds) {
                  json.object();
                  encode::hold(json, one);
                  json.end_object();
                }
                json.end_array();
              }));
}

}  // namespace casebridge::http::actions
