// GET /v1/cases: every case of every link, from what is stored.
#include "core/desk/list_cases.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"
#include "core/http/etag.hpp"

namespace casebridge::http::actions {

Result<Response> list_cases(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  const AccountId& account = call.caller().account;
  if (auto same = call.kept_cases.find(account, call.who->account_version, call.context.now))
    return std::move(*same);
  CASEBRIDGE_TRY(const auto list, desk::list_cases(call.use.desk, call.caller()));
  if (list.coverage.nothing_to_show) {
    return problem_response(trouble(TroubleCode::all_sources_unavailable), call.context,
                            [&](JsonText& json) { encode::sources(json, list.coverage, call.context); });
  }
  Response response = json(200, encode::body_of([&](JsonText& json) {
                             json.array("data");
                             for (const auto& one : list.cases) {
                               json.object();
                               encode::case_record(json, one);
                               json.end_object();
                             }
                             json.end_array().array("clusters");
                             for (const auto& one : list.clusters) encode::cluster(json, one);
                             json.end_array();
                             encode::page(json, "", static_cast<int>(list.cases.size()));
                             encode::meta(json, list.coverage, call.context);
                           }));
  response.set("Gateway-Completeness", encode::completeness_header(list.coverage));
  if (list.same_until) {
    response.set("ETag", strong_etag(response.body()));
    call.kept_cases.keep(account, list.coverage.account_version, response, call.context.now,
                         *list.same_until);
  }
  return response;
}

}  // namespace casebridge::http::actions
