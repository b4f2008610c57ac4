// GET /v1/flows/{flow_id}/qr-code: the address for an authenticator app, as a picture that its camera reads.
#include <algorithm>

#include "core/http/actions/actions.hpp"
#include "core/identity/qr_code.hpp"

namespace casebridge::http::actions {

Result<Response> show_qr_code(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto view, call.use.read_flow.run({call.path.at("flow_id"), call.caller_if_any()}));
  const auto uri = std::find_if(view.shown.begin(), view.shown.end(),
                                [](const identity::FlowShown& shown) { return shown.name == "uri"; });
  if (uri == view.shown.end()) return trouble(TroubleCode::not_found, "the form shows no address");
  const SecretBytes svg = identity::qr_code_svg(uri->value);
  return Response(200, media_svg, std::string(svg.reveal()));
}

}  // namespace casebridge::http::actions
