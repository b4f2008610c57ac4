// GET /v1/links
#include "core/desk/list_links.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> list_links(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto list, desk::list_links(call.use.desk, call.caller()));
  return json(200, encode::body_of([&](JsonText& json) {
                json.array("data");
                for (const auto& one : list.links) {
                  json.object();
                  encode::link(json, one, call.context);
                  json.end_object();
                }
                json.end_array();
              }));
}

}  // namespace casebridge::http::actions
