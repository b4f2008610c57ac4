// POST /v1/flows
#include "core/http/actions/actions.hpp"
#include "core/http/body_reader.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> start_flow(const Call& call) {
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  desk::StartFlow::Request request;
  request.kind = body.word(
      "kind", {"registration", "sign_in", "verify_email", "change_password", "step_up", "add_totp",
               "remove_totp", "add_passkey", "recovery_codes", "reset_password", "unlock", "not_me",
               "lost_phone", "stop_hold", "delete_account", "add_address", "change_email", "revert_email"});
  request.transport = body.word("transport", {"cookie", "bearer"});
  request.locale = body.optional_word("locale", {"en", "es"}).value_or(std::string(call.context.language));
  CASEBRIDGE_CHECK(body.done());
  request.caller = call.caller_if_any();
  request.origin = call.origin();
  CASEBRIDGE_TRY(const auto view, call.use.start_flow.run(request));
  Response response =
      json(201, encode::body_of([&](JsonText& json) { encode::flow(json, view, call.context); }));
  response.set("Location", "/v1/flows/" + view.id.text());
  return response;
}

}  // namespace casebridge::http::actions
