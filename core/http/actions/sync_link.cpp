// POST /v1/links/{link_id}/syncs
#include "core/desk/sync_link.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> sync_link(const Call& call) {
  CASEBRIDGE_TRY(const auto link, call.id<LinkId>("link_id"));
  CASEBRIDGE_TRY(const auto started,
                 desk::sync_link(call.use.desk, call.caller(), {link, call.request.request_id}));
  Response response =
      json(202, encode::body_of([&](JsonText& json) { encode::sync(json, started.sync, call.context); }));
  response.set("Location", "/v1/syncs/" + started.sync.id.text());
  return response;
}

}  // namespace casebridge::http::actions
