// GET /v1/cases/{case_id}?include=orders,obligations,balances,ledger
#include "core/desk/view_case.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/case_file.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> view_case(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({"include"}));
  CASEBRIDGE_TRY(const auto asked, encode::read_include(call.query.find("include").value_or("")));
  CASEBRIDGE_TRY(const auto file, desk::view_case(call.use.desk, call.caller(), call.path.at("case_id"),
                                                  encode::datasets_of(asked)));
  Response response =
      json(200, encode::body_of([&](JsonText& json) { encode::case_file(json, asked, file, call.context); }));
  response.set("Gateway-Completeness", encode::completeness_header(file.coverage));
  return response;
}

}  // namespace casebridge::http::actions
