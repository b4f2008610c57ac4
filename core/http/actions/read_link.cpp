// GET /v1/links/{link_id}: its ETag begins with the version, which DELETE takes in If-Match.
#include "core/desk/read_link.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"
#include "core/http/etag.hpp"

namespace casebridge::http::actions {

Result<Response> read_link(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto id, call.id<LinkId>("link_id"));
  CASEBRIDGE_TRY(const auto view, desk::read_link(call.use.desk, call.caller(), id));
  Response response =
      json(200, encode::body_of([&](JsonText& json) { encode::link(json, view, call.context); }));
  response.set("ETag", strong_etag(response.body(), view.version));
  return response;
}

}  // namespace casebridge::http::actions
