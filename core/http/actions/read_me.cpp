// GET /v1/me
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {
namespace {

std::string_view name_of(model::Assurance assurance) {
  switch (assurance) {
    case model::Assurance::none: return "none";
    case model::Assurance::password: return "password";
    case model::Assurance::two_factor: return "two_factor";
  }
  return "none";
}

}  // namespace

Result<Response> read_me(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  CASEBRIDGE_TRY(const auto me, call.use.read_me.run(call.caller()));
  return json(200, encode::body_of([&](JsonText& json) {
                json.text("id", me.account.text()).text("email", me.email);
                json.truth("email_verified", me.email_verified).text("locale", me.locale);
                json.instant("created_at", me.created_at).text("assurance", name_of(me.assurance));
                json.instant("authenticated_at", me.authenticated_at);
                const std::string_view without_app = me.passkeys > 0 ? "passkey" : "none";
                json.text("second_factor", me.has_totp ? "totp" : without_app);
                json.integer("passkeys", me.passkeys);
                json.integer("recovery_codes_left", me.recovery_codes_left);
                json.truth("second_factor_required", me.second_factor_required);
                // So that a page that was loaded anew can write again; it is good for this session alone.
                if (call.who->transport == "cookie") json.secret("csrf_token", call.who->csrf_token);
              }));
}

}  // namespace casebridge::http::actions
