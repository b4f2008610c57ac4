// GET /v1/openapi.json
#include "core/http/actions/actions.hpp"
#include "core/http/open_api.hpp"

namespace casebridge::http::actions {

Result<Response> read_open_api(const Call&) { return json(200, std::string(open_api_json())); }

}  // namespace casebridge::http::actions
