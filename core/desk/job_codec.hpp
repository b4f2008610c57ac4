// The payloads of jobs as text. Secrets in them are sealed before they come here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"

namespace casebridge::desk {

struct EndSessionPayload {
  std::string account;
  std::string system;
  std::string sealed;  // bound to the job's subject
};
std::string encode(const EndSessionPayload& payload);
Result<EndSessionPayload> decode_end_session(std::string_view text);

struct ResumeAttemptPayload {
  std::string account;
  std::string locale;
};
std::string encode(const ResumeAttemptPayload& payload);
Result<ResumeAttemptPayload> decode_resume_attempt(std::string_view text);

struct RefreshLinkPayload {
  std::string account;
};
std::string encode(const RefreshLinkPayload& payload);
Result<RefreshLinkPayload> decode_refresh_link(std::string_view text);

// What was done so far about a letter that is on its way.
struct WatchLetterPayload {
  std::string account;
  std::string challenge;  // whose code the letter brings; another one is another letter
  Instant since{};        // when the letter was ordered
  int reminders = 0;
};
std::string encode(const WatchLetterPayload& payload);
Result<WatchLetterPayload> decode_watch_letter(std::string_view text);

// What a state answered "not yet" to, while a sync ran. Empty: the sync begins at its beginning.
struct SyncPayload {
  struct Waiting {
    std::string case_key;  // empty: the list of cases
    std::string sealed;    // bound to the sync and this key
  };
  std::vector<Waiting> waiting;
};
std::string encode(const SyncPayload& payload);
Result<SyncPayload> decode_sync_payload(std::string_view text);  // "" is the empty one

}  // namespace casebridge::desk
