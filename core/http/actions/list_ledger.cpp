// GET /v1/ledger?case=&limit=&cursor=
#include "core/desk/list_ledger.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {
namespace {

// A cursor belongs to the list it came from: that of one case is not good for all of them.
std::string list_name(const std::optional<std::string>& case_id) { return "ledger/" + case_id.value_or(""); }

Result<desk::ListLedger> decode(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({"case", "limit", "cursor"}));
  desk::ListLedger request;
  if (const auto given = call.query.find("case")) request.case_id = std::string(*given);
  CASEBRIDGE_TRY(request.limit, page_limit(call.query.find("limit").value_or("")));
  if (const auto cursor = call.query.find("cursor")) {
    CASEBRIDGE_TRY(auto place,
                   call.paging.place(*cursor, call.caller().account.text(), list_name(request.case_id)));
    request.after = desk::LedgerPlace{std::move(place.sort_key), std::move(place.record_id)};
  }
  return request;
}

}  // namespace

Result<Response> list_ledger(const Call& call) {
  CASEBRIDGE_TRY(const auto request, decode(call));
  CASEBRIDGE_TRY(const auto page, desk::list_ledger(call.use.desk, call.caller(), request));
  if (page.coverage.nothing_to_show && page.entries.empty()) {
    return problem_response(trouble(TroubleCode::all_sources_unavailable), call.context,
                            [&](JsonText& json) { encode::sources(json, page.coverage, call.context); });
  }
  std::string next;
  if (page.next) {
    next = call.paging.cursor({page.next->sort_key, page.next->record_id}, call.caller().account.text(),
                              list_name(request.case_id));
  }
  Response response = json(200, encode::body_of([&](JsonText& json) {
                             json.array("data");
                             for (const auto& one : page.entries) encode::record(json, one);
                             json.end_array();
                             encode::page(json, next, request.limit);
                             encode::meta(json, page.coverage, call.context);
                           }));
  response.set("Gateway-Completeness", encode::completeness_header(page.coverage));
  if (!next.empty()) {
    std::string target = "/v1/ledger?limit=" + std::to_string(request.limit);
    if (request.case_id) target += "&case=" + *request.case_id;
    response.set("Link", '<' + target + "&cursor=" + next + ">; rel=\"next\"");
  }
  return response;
}

}  // namespace casebridge::http::actions
