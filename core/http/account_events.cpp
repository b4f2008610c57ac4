// The data of every event is one line of JSON, so nothing in it can be taken for another event.
#include "core/http/account_events.hpp"

#include "core/http/encode/encode.hpp"

namespace casebridge::http {
namespace {

constexpr std::string_view come_back = "retry: 3000\n\n";
constexpr std::string_view heartbeat = ": nothing new\n\n";

void append_event(std::string& into, std::string_view name, std::string_view id, const std::string& data) {
  into.append("event: ").append(name);
  if (!id.empty()) into.append("\nid: ").append(id);
  into.append("\ndata: ").append(data).append("\n\n");
}

}  // namespace

AccountEvents::AccountEvents(Start start)
    : start_(std::move(start)), begun_(SteadyClock::now()), written_(begun_) {}

bool AccountEvents::next(std::string& into, bool stopping) {
  const auto now = SteadyClock::now();
  if (!greeted_) into.append(come_back);
  greeted_ = true;
  if (stopping) return end(into, "stopping");
  if (now - begun_ >= start_.setting.life_ms) return end(into, "time_is_up");
  const auto news = start_.watch.run(start_.caller, start_.seen);
  if (!news) {
    const bool over = news.error().code == TroubleCode::token_expired;
    return end(into, over ? "signed_out" : "unavailable");
  }
  if (news->changed) {
    write(into, *news);
  } else if (now - written_ >= start_.setting.heartbeat_ms) {
    into.append(heartbeat);
  }
  if (!into.empty()) written_ = now;
  return true;
}

bool AccountEvents::end(std::string& into, std::string_view reason) const {
  append_event(into, "end", "", encode::body_of([&](JsonText& json) { json.text("reason", reason); }));
  return false;
}

// Only the last event of a turn has an id: who missed it asks for the whole turn again.
void AccountEvents::write(std::string& into, const desk::AccountNews& news) {
  const ProblemContext context{start_.messages, start_.language, {}, {}, start_.clock.now()};
  start_.seen = {news.version, {}};
  for (const desk::SyncView& sync : news.syncs) {
    if (!sync.finished_at) start_.seen.open.push_back(sync.id);
    append_event(into, "sync", "",
                 encode::body_of([&](JsonText& json) { encode::sync(json, sync, context); }));
  }
  append_event(into, "account", std::to_string(news.version),
               encode::body_of([&](JsonText& json) { json.integer("version", news.version); }));
}

}  // namespace casebridge::http
