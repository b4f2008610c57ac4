// GET /v1/me/sessions
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> list_sessions(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto sessions, call.use.list_sessions.run(call.caller()));
  return json(200, encode::body_of([&](JsonText& json) {
                json.array("data");
                for (const auto& one : sessions) {
                  json.object();
                  encode::session(json, one);
                  json.end_object();
                }
                json.end_array();
              }));
}

}  // namespace casebridge::http::actions
