// POST /v1/link-attempts
#include "core/desk/start_link_attempt.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/body_reader.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> start_link_attempt(const Call& call) {
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  desk::StartLinkAttempt request;
  const std::string mode = body.word("mode", {"create", "repair", "enrol"});
  request.enrol = mode == "enrol";
  request.system = body.optional_text("system_id", 40).value_or("");
  request.custody = body.optional_word("custody", {"session_only", "vaulted"}).value_or("");
  const auto link = body.optional_text("link_id", 64);
  CASEBRIDGE_CHECK(body.done());
  if (link) request.repair = LinkId::parse(*link);
  if (mode != "repair" && link) return field_trouble("link_id", "only a repair names a link");
  if (mode != "repair" && request.system.empty()) return field_trouble("system_id", "is required");
  if (mode == "repair" && !request.repair) return field_trouble("link_id", "must be the id of a link");
  CASEBRIDGE_TRY(const auto view, desk::start_link_attempt(call.use.desk, call.caller(), request));
  Response response =
      json(201, encode::body_of([&](JsonText& json) { encode::attempt(json, view, call.context); }));
  response.set("Location", "/v1/link-attempts/" + view.id.text());
  return response;
}

}  // namespace casebridge::http::actions
