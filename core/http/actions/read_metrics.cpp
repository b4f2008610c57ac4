// GET /metrics
#include "core/http/actions/actions.hpp"

namespace casebridge::http::actions {

Result<Response> read_metrics(const Call& call) { return Response(200, media_metrics, call.metrics.text()); }

}  // namespace casebridge::http::actions
