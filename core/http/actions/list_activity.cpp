// GET /v1/me/activity?limit=&cursor=
#include "core/desk/list_activity.hpp"

#include "core/base/text.hpp"
#include "core/http/actions/actions.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::actions {
namespace {

constexpr std::string_view activity_list = "activity";

Result<desk::ListActivity> decode_activity(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({"limit", "cursor"}));
  desk::ListActivity asked;
  CASEBRIDGE_TRY(asked.limit, page_limit(call.query.find("limit").value_or("")));
  if (const auto cursor = call.query.find("cursor")) {
    CASEBRIDGE_TRY(const Keyset place,
                   call.paging.place(*cursor, call.caller().account.text(), activity_list));
    asked.before_seq = text::parse_int(place.sort_key).value_or(0);
  }
  return asked;
}

void activity_event(JsonText& json, const desk::ActivityView& one) {
  json.object()
      .text("id", one.id)
      .instant("at", one.at)
      .text("action", one.action)
      .text("outcome", one.outcome)
      .text("actor", one.actor)
      .text_unless_empty("system", one.system)
      .text_unless_empty("link_id", one.link)
      .text_unless_empty("session_id", one.session)
      .text_unless_empty("case_id", one.case_id)
      .text_unless_empty("reason", one.reason)
      .text_unless_empty("address", one.address)
      .text_unless_empty("device", one.device)
      .end_object();
}

}  // namespace

Result<Response> list_activity(const Call& call) {
  CASEBRIDGE_TRY(const auto asked, decode_activity(call));
  CASEBRIDGE_TRY(const auto page, desk::list_activity(call.use.desk, call.caller(), asked));
  std::string next;
  if (page.more) {
    const desk::ActivityView& last = page.events.back();
    next =
        call.paging.cursor({std::to_string(last.seq), last.id}, call.caller().account.text(), activity_list);
  }
  Response response = json(200, encode::body_of([&](JsonText& json) {
                             json.array("data");
                             for (const auto& one : page.events) activity_event(json, one);
                             json.end_array();
                             encode::page(json, next, asked.limit);
                           }));
  if (!next.empty())
    response.set("Link", "</v1/me/activity?limit=" + std::to_string(asked.limit) + "&cursor=" + next +
                             ">; rel=\"next\"");
  return response;
}

}  // namespace casebridge::http::actions
