// POST /v1/systems/{system_id}/credential-recovery
#include "core/desk/recover_credential.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/body_reader.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> recover_credential(const Call& call) {
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  desk::RecoverCredential request{call.path.at("system_id"), {}, {}, {}, call.request.request_id};
  request.what = body.word("what", {"user_name", "password", "pin"});
  request.channel = body.optional_word("channel", {"email", "post"}).value_or("");
  request.fields = body.secrets("fields");
  CASEBRIDGE_CHECK(body.done());
  CASEBRIDGE_TRY(const auto view, desk::recover_credential(call.use.desk, call.caller(), std::move(request)));
  return json(200, encode::body_of([&](JsonText& json) { encode::recovery(json, view, call.context); }));
}

}  // namespace casebridge::http::actions
