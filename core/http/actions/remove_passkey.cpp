// DELETE /v1/me/passkeys/{passkey_id}
#include "core/http/actions/actions.hpp"

namespace casebridge::http::actions {

Result<Response> remove_passkey(const Call& call) {
  CASEBRIDGE_TRY(const ports::PasskeyId passkey, call.id<ports::PasskeyId>("passkey_id"));
  CASEBRIDGE_CHECK(call.use.remove_passkey.run(call.caller(), passkey));
  return Response(204);
}

}  // namespace casebridge::http::actions
