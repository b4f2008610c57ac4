// EndSession: signs out one of the caller's sessions, the present one included, or all the others.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/model/caller.hpp"
#include "core/ports/audit_trail.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

class EndSession {
 public:
  EndSession(ports::Store& store, const ports::AuditTrail& trail) : store_(store), trail_(trail) {}
  // Any thread. `session` is an id as it came in, or "current". not_found when it is not one of the caller's.
  Result<void> run(const model::Caller& caller, const std::string& session) const;
  // How many were ended.
  Result<int> end_others(const model::Caller& caller) const;

 private:
  ports::Store& store_;
  const ports::AuditTrail& trail_;
};

}  // namespace casebridge::desk
