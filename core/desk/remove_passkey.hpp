// RemovePasskey: takes one of the caller's passkeys away, tells the owner, and signs all other devices out.
#pragma once

#include <chrono>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/identity/alerts.hpp"
#include "core/model/caller.hpp"
#include "core/ports/audit_trail.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

class RemovePasskey {
 public:
  RemovePasskey(ports::Store& store, const ports::AuditTrail& trail, const identity::Alerts& alerts,
                const Clock& clock, std::chrono::seconds step_up_age)
      : store_(store), trail_(trail), alerts_(alerts), clock_(clock), step_up_age_(step_up_age) {}
  // Any thread. step_up_required; not_found also when it is another account's; invalid_field when the account
  // would be left with its password alone.
  Result<void> run(const model::Caller& caller, const ports::PasskeyId& passkey) const;

 private:
  ports::Store& store_;
  const ports::AuditTrail& trail_;
  const identity::Alerts& alerts_;
  const Clock& clock_;
  std::chrono::seconds step_up_age_;
};

}  // namespace casebridge::desk
