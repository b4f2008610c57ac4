// GET /v1/me/passkeys
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> list_passkeys(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto passkeys, call.use.list_passkeys.run(call.caller()));
  return json(200, encode::body_of([&](JsonText& json) {
                json.array("data");
                for (const auto& one : passkeys) {
                  json.object();
                  encode::passkey(json, one);
                  json.end_object();
                }
                json.end_array();
              }));
}

}  // namespace casebridge::http::actions
