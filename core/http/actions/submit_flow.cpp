// POST /v1/flows/{flow_id}: one step. The step that ends a flow hands out the session, as a cookie or in the
// body.
#include "core/http/actions/actions.hpp"
#include "core/http/body_reader.hpp"
#include "core/http/device_cookie.hpp"
#include "core/http/encode/encode.hpp"
#include "core/http/session_cookie.hpp"

namespace casebridge::http::actions {

Result<Response> submit_flow(const Call& call) {
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  desk::SubmitFlow::Request request;
  request.flow = call.path.at("flow_id");
  request.seq = body.count("seq");
  constexpr std::size_t new_passkey_max = 8 * 1024;
  request.fields = body.secrets("fields", new_passkey_max);
  CASEBRIDGE_CHECK(body.done());
  request.caller = call.caller_if_any();
  request.origin = call.origin();
  request.device = device_cookie_of(call.request.head);
  CASEBRIDGE_TRY(const auto view, call.use.submit_flow.run(request));
  if (view.refusal) {
    return problem_response(*view.refusal, call.context, [&](JsonText& json) {
      json.object("flow");
      encode::flow(json, view, call.context);
      json.end_object();
    });
  }
  Response response =
      json(200, encode::body_of([&](JsonText& json) { encode::flow(json, view, call.context); }));
  if (view.outcome && view.outcome->session.transport == "cookie") {
    response.set("Set-Cookie", session_cookie(view.outcome->token.reveal()));
    if (!view.outcome->device.empty())
      response.set("Set-Cookie", device_cookie(view.outcome->device.reveal()));
  }
  return response;
}

}  // namespace casebridge::http::actions
