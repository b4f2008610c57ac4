// /.well-known/: where a password manager takes its user to change a password, and to add or see passkeys.
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> show_change_password(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  Response response(303);
  response.set("Location", "/security/password");
  return response;
}

// Addresses of the configured origin, whatever the request says of itself.
Result<Response> list_passkey_endpoints(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  const std::string origin(call.public_origin);
  return json(200, encode::body_of([&](JsonText& json) {
                json.text("enroll", origin + "/security/passkeys/add");
                json.text("manage", origin + "/security/passkeys");
              }));
}

}  // namespace casebridge::http::actions
