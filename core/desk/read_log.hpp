// ReadLog: who read what of the cases, gathered in memory so that a read waits for no write.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/base/clock.hpp"
#include "core/model/caller.hpp"
#include "core/ports/audit_trail.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

// Any thread. One event for each session, thing and minute; written by the next flush, a second later at
// most.
class ReadLog {
 public:
  ReadLog(ports::Store& store, const ports::AuditTrail& trail, const Clock& clock)
      : store_(store), trail_(trail), clock_(clock) {}
  // `action` is a constant of audit_actions; `record` an id of ours, or empty. A trouble when too much waits
  // and cannot be written: then nothing may be shown either.
  Result<void> saw(const model::Caller& caller, std::string_view action, std::string_view record,
                   std::string_view request_id);
  // What cannot be written waits for the next one.
  Result<int> flush();

 private:
  struct Sight {
    AccountId account;
    std::string session;
    std::string_view action;
    std::string record;
    std::string request;
    Instant at{};
  };
  Result<void> write(const std::vector<Sight>& sights);

  ports::Store& store_;
  const ports::AuditTrail& trail_;
  const Clock& clock_;
  std::mutex mutex_;  // guards what follows
  Instant minute_{};
  std::unordered_set<std::string> seen_;  // in this minute
  std::vector<Sight> waiting_;
};

}  // namespace casebridge::desk
