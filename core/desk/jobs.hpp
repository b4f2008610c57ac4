// Jobs: the kinds of background work, and what the use case of a job tells the scheduler.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace casebridge::desk {

inline constexpr std::string_view job_sync = "sync";                      // subject: sync id
inline constexpr std::string_view job_end_session = "end_session";        // subject: a key of its own
inline constexpr std::string_view job_resume_attempt = "resume_attempt";  // subject: attempt id
inline constexpr std::string_view job_refresh_link = "refresh_link";      // subject: link id; never over
inline constexpr std::string_view job_watch_letter = "watch_letter";      // subject: attempt id

// How a job went. Not set `again_at`: it is over. A Trouble instead of this is tried again with a growing
// pause.
struct JobEnd {
  std::optional<Instant> again_at{};
  std::string payload{};  // of the next run
};

}  // namespace casebridge::desk
