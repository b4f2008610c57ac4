// GET /v1/jurisdictions/{jurisdiction_id}
#include "core/desk/read_jurisdiction.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> read_jurisdiction(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto view, desk::read_jurisdiction(call.use.desk, call.path.at("jurisdiction_id")));
  return json(200, encode::body_of([&](JsonText& json) {
                encode::jurisdiction(json, view, call.context);
                encode::guidance(json, *view.info, call.context.language);
              }));
}

}  // namespace casebridge::http::actions
