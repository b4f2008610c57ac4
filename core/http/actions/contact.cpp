// GET and PUT /v1/me/contact, DELETE /v1/me/addresses/{address_id}
#include "core/desk/contact.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/body_reader.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {
namespace {

Response shown(const desk::ContactView& view) {
  return json(200, encode::body_of([&](JsonText& json) { encode::contact(json, view); }));
}

}  // namespace

Result<Response> read_contact(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto view, desk::read_contact(call.use.desk, call.caller()));
  return shown(view);
}

Result<Response> change_contact(const Call& call) {
  CASEBRIDGE_TRY(BodyReader body, BodyReader::open(call.request.body));
  ports::ContactSettings settings;
  settings.leaves_out_sign_in = body.flag("leaves_out_sign_in_address");
  settings.plain = body.flag("plain");
  CASEBRIDGE_CHECK(body.done());
  CASEBRIDGE_TRY(const auto view,
                 desk::change_contact(call.use.desk, call.use.alerts, call.caller(), settings));
  return shown(view);
}

Result<Response> remove_address(const Call& call) {
  CASEBRIDGE_TRY(const auto id, call.id<AddressId>("address_id"));
  CASEBRIDGE_CHECK(desk::remove_address(call.use.desk, call.use.alerts, call.caller(), id));
  return Response(204);
}

}  // namespace casebridge::http::actions
