// GET /v1/status
#include "core/desk/read_status.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> read_status(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  return json(200, encode::body_of([&](JsonText& json) {
                json.array("data");
                for (const auto& one : desk::read_status(call.use.desk)) {
                  json.object();
                  encode::system_status(json, one, call.context);
                  json.end_object();
                }
                json.end_array();
              }));
}

}  // namespace casebridge::http::actions
