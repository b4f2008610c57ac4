// Checks what was asked for, then stores an attempt whose first challenge is the form of the system.
#include "core/desk/start_link_attempt.hpp"

#include "core/desk/attempt_row.hpp"
#include "core/desk/link_row.hpp"

namespace casebridge::desk {
namespace {

Result<void> check_custody(const std::string& custody, const ports::SystemInfo& system) {
  const bool known = custody == "session_only" || custody == "vaulted";
  if (!known) return field_trouble("custody", "must be session_only or vaulted");
  const bool allowed = custody == "vaulted" ? system.vaulted_allowed : system.session_only_allowed;
  if (!allowed) return field_trouble("custody", "is not offered by this system");
  return {};
}

// What is typed to open an account is no credential, so there is nothing that could be kept of it.
Result<void> check_enrolment(StartLinkAttempt& input, const ports::SystemInfo& system) {
  if (!system.enrolment) return field_trouble("mode", "is not offered by this system");
  if (input.custody.empty()) input.custody = "session_only";
  if (input.custody == "session_only") return {};
  return field_trouble("custody", "must be session_only where an account is opened");
}

std::string mode_of(const StartLinkAttempt& input) {
  if (input.repair) return "repair";
  return input.enrol ? "enrol" : "create";
}

bool was_refused(const ports::Systems& systems, const std::string& system) {
  for (const ports::SystemHealth& health : systems.health()) {
    if (health.system == system) return health.state == "refused";
  }
  return false;
}

// What a repair takes over from its link where the caller left it open.
Result<void> fill_from_link(ports::Transaction& tx, const AccountId& account, StartLinkAttempt& input) {
  CASEBRIDGE_TRY(const auto link, tx.links().find(account, *input.repair));
  if (!link || is_gone(*link)) return trouble(TroubleCode::not_found, "link");
  if (!input.system.empty() && input.system != link->system)
    return field_trouble("system", "is not the link's");
  input.system = link->system;
  if (input.custody.empty()) input.custody = link->custody;
  return {};
}

}  // namespace

Result<AttemptView> start_link_attempt(const Desk& desk, const model::Caller& caller,
                                       const StartLinkAttempt& asked) {
  std::optional<AttemptView> view;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    StartLinkAttempt input = asked;
    if (input.repair) CASEBRIDGE_CHECK(fill_from_link(tx, caller.account, input));
    const ports::SystemInfo* system = desk.systems.find(input.system);
    if (system == nullptr) return trouble(TroubleCode::system_unknown);
    if (input.enrol) CASEBRIDGE_CHECK(check_enrolment(input, *system));
    CASEBRIDGE_CHECK(check_custody(input.custody, *system));
    if (was_refused(desk.systems, system->id))
      return trouble(TroubleCode::source_unavailable, "adapter refused");
    const Instant now = desk.clock.now();
    ports::LinkAttempt row{LinkAttemptId::make(now),
                           caller.account,
                           input.repair,
                           system->id,
                           mode_of(input),
                           input.custody,
                           {},
                           1,
                           {},
                           {},
                           {},
                           {},
                           {},
                           {},
                           {},
                           {},
                           false,
                           now,
                           now + desk.settings.attempt_life_s,
                           1};
    open_form(row, *system, now);
    CASEBRIDGE_CHECK(tx.attempts().insert(row));
    view = view_of(desk, row);
    return {};
  });
  if (!written) return written.error();
  return std::move(*view);
}

}  // namespace casebridge::desk
