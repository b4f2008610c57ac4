// GET /v1/jurisdictions?q=
#include "core/base/text.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/directory.hpp"

namespace casebridge::http::actions {

Result<Response> list_jurisdictions(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({"q"}));
  const std::string_view q = text::trim(call.query.find("q").value_or(""));
  constexpr std::size_t question_characters_max = 100;
  if (text::count_code_points(q) > question_characters_max) return field_trouble("q", "is too long");
  if (!q.empty()) return json(200, call.directory.find(q, call.context.language));
  const Directory::Prepared& all = call.directory.all(call.context.language);
  Response response = json(200, all.body);
  response.set("ETag", all.etag);
  return response;
}

}  // namespace casebridge::http::actions
