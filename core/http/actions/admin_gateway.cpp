// The gateway for operators: GET /v1/admin/keys, adapters, links and audit
#include "core/desk/inspect_gateway.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/actions/operating.hpp"

namespace casebridge::http::actions {

Result<Response> inspect_keys(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto view, desk::inspect_keys(*operating, operator_of(call)));
  return json(200, encode::body_of([&](JsonText& json) { encode::admin_keys(json, view); }));
}

Result<Response> inspect_adapters(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto views, desk::inspect_adapters(*operating, operator_of(call)));
  return list_of(views, encode::admin_adapter);
}

Result<Response> inspect_links(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto views, desk::inspect_links(*operating, operator_of(call)));
  return list_of(views, encode::admin_link);
}

Result<Response> inspect_audit(const Call& call) {
  CASEBRIDGE_TRY(const desk::Operating* operating, operating_of(call));
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto view, desk::inspect_audit(*operating, operator_of(call)));
  return json(200, encode::body_of([&](JsonText& json) { encode::admin_audit(json, view); }));
}

}  // namespace casebridge::http::actions
