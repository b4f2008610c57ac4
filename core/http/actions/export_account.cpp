// GET /v1/me/export
#include "core/desk/export_account.hpp"

#include "core/http/actions/actions.hpp"
#include "core/http/device_cookie.hpp"
#include "core/http/encode/case_file.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {
namespace {

template <class List, class Write>
void objects(JsonText& json, std::string_view name, const List& list, const Write& write) {
  json.array(name);
  for (const auto& one : list) {
    json.object();
    write(one);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

Result<Response> export_account(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  const auto asked = encode::include_all();
  CASEBRIDGE_TRY(const auto made,
                 desk::export_account(call.use.desk, call.caller(), encode::datasets_of(asked),
                                      device_cookie_of(call.request.head)));
  CASEBRIDGE_TRY(const auto me, call.use.read_me.run(call.caller()));
  CASEBRIDGE_TRY(const auto sessions, call.use.list_sessions.run(call.caller()));
  Response response = json(
      200, encode::body_of([&](JsonText& json) {
        json.instant("made_at", made.made_at).object("account");
        json.text("id", me.account.text()).text("email", me.email);
        json.truth("email_verified", me.email_verified).text("locale", me.locale);
        json.instant("created_at", me.created_at).end_object();
        json.object("contact");
        encode::contact(json, made.contact);
        json.end_object();
        objects(json, "sessions", sessions, [&](const auto& one) { encode::session(json, one); });
        objects(json, "devices", made.devices, [&](const auto& one) { encode::device(json, one); });
        objects(json, "holds", made.holds, [&](const auto& one) { encode::hold(json, one); });
        objects(json, "links", made.links, [&](const auto& one) { encode::link(json, one, call.context); });
        objects(json, "cases", made.cases,
                [&](const auto& one) { encode::case_file(json, asked, one, call.context); });
      }));
  response.set("Content-Disposition", "attachment; filename=\"account.json\"");
  return response;
}

}  // namespace casebridge::http::actions
