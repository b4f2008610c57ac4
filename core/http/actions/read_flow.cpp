// GET /v1/flows/{flow_id}
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> read_flow(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto view, call.use.read_flow.run({call.path.at("flow_id"), call.caller_if_any()}));
  return json(200, encode::body_of([&](JsonText& json) { encode::flow(json, view, call.context); }));
}

}  // namespace casebridge::http::actions
