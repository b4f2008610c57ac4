// AccountEvents: what happens to one account, as server-sent events (WHATWG HTML §9.2), for a bounded time.
#pragma once

#include <string>

#include "core/desk/watch_account.hpp"
#include "core/http/body_stream.hpp"
#include "core/http/problem.hpp"
#include "core/http/stream_places.hpp"

namespace casebridge::http {

// Events: `sync` for each reading of a state that moved on; then `account`, whose id is the account's
// version: what a client that comes back has seen. `end` with the reason, before the stream ends by itself.
class AccountEvents final : public BodyStream {
 public:
  struct Start {
    desk::WatchAccount watch;
    model::Caller caller;
    desk::WatchAccount::Seen seen;
    StreamPlaces::Place place;  // held as long as this lives
    StreamSetting setting;
    const Messages& messages;
    std::string language;
    const Clock& clock;
  };
  explicit AccountEvents(Start start);

  bool next(std::string& into, bool stopping) override;
  std::chrono::milliseconds pause() const override { return start_.setting.look_ms; }

 private:
  using SteadyClock = std::chrono::steady_clock;
  bool end(std::string& into, std::string_view reason) const;
  void write(std::string& into, const desk::AccountNews& news);

  Start start_;
  const SteadyClock::time_point begun_;
  SteadyClock::time_point written_;
  bool greeted_ = false;
};

}  // namespace casebridge::http
