// Holds: what is asked for takes effect only after a time in which every address of the account hears of it,
// and in which any session and any of those mails can stop it. They stand in the database, so a restart ends
// none.
#pragma once

#include <chrono>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/identity/alerts.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::identity {

inline constexpr const char* hold_lost_phone = "lost_phone";
inline constexpr const char* hold_deletion = "deletion";

struct HoldSettings {
  std::chrono::seconds wait = std::chrono::hours{24};
  std::chrono::seconds window = std::chrono::hours{72};  // after the wait; then it has to be asked for again
  std::chrono::seconds deletion_memory =
      std::chrono::hours{24 * 365};  // of a gateway that was down meanwhile
};

// Within a write transaction. False: one that stands already stays as it is, and nobody is written to again.
Result<bool> begin_hold(ports::Transaction& tx, const Alerts& alerts, const ports::Account& account,
                        const std::string& kind, Instant now, const HoldSettings& settings);
// False when none stood. The owner hears of the end.
Result<bool> stop_hold(ports::Transaction& tx, const Alerts& alerts, const ports::Account& account,
                       const std::string& kind, Instant now);

}  // namespace casebridge::identity
