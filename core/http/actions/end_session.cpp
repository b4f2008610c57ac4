// DELETE /v1/me/sessions/{session_id}; `current` signs out.
#include "core/http/actions/actions.hpp"
#include "core/http/session_cookie.hpp"

namespace casebridge::http::actions {

Result<Response> end_session(const Call& call) {
  const std::string& session = call.path.at("session_id");
  CASEBRIDGE_CHECK(call.use.end_session.run(call.caller(), session));
  Response response(204);
  const bool own = session == "current" || session == call.caller().session.text();
  if (own && call.who->transport == "cookie") response.set("Set-Cookie", ended_session_cookie());
  return response;
}

}  // namespace casebridge::http::actions
