// DELETE /v1/links/{link_id}
#include "core/desk/unlink.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"
#include "core/http/etag.hpp"

namespace casebridge::http::actions {

Result<Response> unlink(const Call& call) {
  CASEBRIDGE_TRY(const auto id, call.id<LinkId>("link_id"));
  desk::Unlink request{id, std::nullopt, call.request.request_id};
  if (const auto condition = call.request.head.field("if-match"); condition && *condition != "*") {
    request.expected_version = version_of(*condition);
    if (!request.expected_version)
      return trouble(TroubleCode::version_conflict, "If-Match names no version of a link");
  }
  CASEBRIDGE_TRY(const auto receipt, desk::unlink(call.use.desk, call.caller(), request));
  return json(200, encode::body_of([&](JsonText& json) { encode::unlink_receipt(json, receipt); }));
}

}  // namespace casebridge::http::actions
