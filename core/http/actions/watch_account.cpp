// GET /v1/me/events: the answer is a stream that lives for some minutes.
#include "core/base/text.hpp"
#include "core/http/accept.hpp"
#include "core/http/account_events.hpp"
#include "core/http/actions/actions.hpp"

namespace casebridge::http::actions {

Result<Response> watch_account(const Call& call) {
  CASEBRIDGE_CHECK(call.query.only({}));
  if (!accepts(call.request.head.field("accept").value_or(""), media_events))
    return trouble(TroubleCode::not_acceptable, "this is answered as " + std::string(media_events));
  desk::WatchAccount::Seen seen;
  // Anything but a version of ours is no version: then all is news.
  const std::string_view last = call.request.head.field("last-event-id").value_or("");
  if (!last.empty() && text::all_digits(last)) seen.version = text::parse_int(last);
  CASEBRIDGE_TRY(auto place, call.streams.take(call.caller().account.text()));
  Response response(
      200, media_events,
      std::make_shared<AccountEvents>(AccountEvents::Start{
          call.use.watch_account, call.caller(), std::move(seen), std::move(place), call.streams.setting(),
          call.context.messages, std::string(call.context.language), call.use.desk.clock}));
  response.set("X-Accel-Buffering", "no");  // a proxy that collects an answer first would show nothing
  return response;
}

}  // namespace casebridge::http::actions
