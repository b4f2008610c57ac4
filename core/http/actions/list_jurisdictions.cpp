// GET /v1/jurisdictions?q=
#include "core/desk/list_jurisdictions.hpp"

#include "core/base/text.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> list_jurisdictions(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({"q"}));
  const std::string_view q = call.query.find("q").value_or("");
  if (text::count_code_points(q) > 100) return field_trouble("q", "is too long");
  return json(200, encode::body_of([&](JsonText& json) {
                json.array("data");
                for (const auto& one : desk::list_jurisdictions(call.use.desk, q)) {
                  json.object();
                  encode::jurisdiction(json, one, call.context);
                  json.end_object();
                }
                json.end_array();
              }));
}

}  // namespace casebridge::http::actions
