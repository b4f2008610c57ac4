// Desk: what the use cases of links, syncs and views need, and the settings they obey. One instance, made by
// main.
#pragma once

#include <chrono>
#include <functional>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/identity/sessions.hpp"
#include "core/ports/audit_trail.hpp"
#include "core/ports/store.hpp"
#include "core/ports/systems.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::desk {

struct Settings {
  std::chrono::milliseconds login_timeout_ms{30'000};  // one step of a sign-in at a state
  std::chrono::milliseconds read_timeout_ms{60'000};   // one reading call, all pages of a case
  std::chrono::milliseconds end_timeout_ms{3'000};     // ending a state's session while the parent waits
  std::chrono::seconds login_grace_s{10};              // beyond login_timeout_ms nobody waits for the answer
  std::chrono::seconds attempt_life_s{24 * 3600};      // of an attempt nobody goes on with
  std::chrono::seconds refresh_interval_s{15 * 60};    // between two refreshes a stale read may start
  std::chrono::seconds attempt_keep_s{24 * 3600};      // beyond their life, before they are purged
  int end_session_tries_max = 8;
  std::chrono::seconds letter_look_s{12 * 3600};          // between two looks where a state's letter stands
  std::chrono::seconds letter_reminder_s{7 * 24 * 3600};  // between two mails about it
  int letter_reminders_max = 4;
  identity::SessionSettings sessions{};  // by which a session vouches for its owner
};

// The references outlive every use case. Use cases are functions of any thread; none keeps state of its own.
struct Desk {
  ports::Store& store;
  ports::Systems& systems;
  const ports::Vault& vault;
  const Clock& clock;
  const Log& log;
  const ports::AuditTrail& trail;
  Settings settings{};
  // Wakes the scheduler after a job was committed; may be empty.
  std::function<void()> wake_jobs{};
};

}  // namespace casebridge::desk
