// GET /v1/syncs/{sync_id}
#include "core/desk/read_sync.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {

Result<Response> read_sync(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto id, call.id<SyncId>("sync_id"));
  CASEBRIDGE_TRY(const auto view, desk::read_sync(call.use.desk, call.caller(), id));
  return json(200, encode::body_of([&](JsonText& json) { encode::sync(json, view, call.context); }));
}

}  // namespace casebridge::http::actions
