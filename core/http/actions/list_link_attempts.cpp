// GET /v1/link-attempts: the open ones, so that another device can go on with one.
#include "core/desk/read_link_attempt.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> list_link_attempts(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto attempts, desk::list_link_attempts(call.use.desk, call.caller()));
  return json(200, encode::body_of([&](JsonText& json) {
                json.array("data");
                for (const auto& one : attempts) {
                  json.object();
                  encode::attempt(json, one, call.context);
                  json.end_object();
                }
                json.end_array();
              }));
}

}  // namespace casebridge::http::actions
