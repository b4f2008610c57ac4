// PATCH /v1/me/passkeys/{passkey_id}
#include "core/http/actions/actions.hpp"
#include "core/http/body_reader.hpp"

namespace casebridge::http::actions {

Result<Response> rename_passkey(const Call& call) {
  constexpr std::size_t name_length_max = 60;
  CASEBRIDGE_TRY(const ports::PasskeyId passkey, call.id<ports::PasskeyId>("passkey_id"));
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  const std::string name = body.text("name", name_length_max);
  CASEBRIDGE_CHECK(body.done());
  CASEBRIDGE_CHECK(call.use.rename_passkey.run(call.caller(), passkey, name));
  return Response(204);
}

}  // namespace casebridge::http::actions
