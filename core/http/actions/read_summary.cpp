// GET /v1/me/summary: what all cases come to, each debt once.
#include "core/desk/read_summary.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> read_summary(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto summary, desk::read_summary(call.use.desk, call.caller()));
  if (summary.coverage.nothing_to_show) {
    return problem_response(trouble(TroubleCode::all_sources_unavailable), call.context,
                            [&](JsonText& json) { encode::sources(json, summary.coverage, call.context); });
  }
  Response response =
      json(200, encode::body_of([&](JsonText& json) { encode::summary(json, summary, call.context); }));
  response.set("Gateway-Completeness", encode::completeness_header(summary.coverage));
  return response;
}

}  // namespace casebridge::http::actions
