// The audit log as it is stored: what waits for its place in the chain, the chain itself, keys of subjects.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace casebridge::ports {

// One thing that happened. Every text is ASCII; nothing of a case and no secret is in it.
struct AuditRecord {
  std::string id;      // aud_...
  std::string stream;  // the chain it belongs to
  Instant at{};
  std::string actor;     // account id, or who else did it: gateway, machine, nobody
  std::string subject;   // account id; empty where none is concerned
  std::string action;    // a word of audit_actions
  std::string outcome;   // ok, refused
  std::string request;   // id of the request; empty where none asked
  std::string details;   // JSON object of references, members sorted
  std::string personal;  // sealed under the subject's key; empty where there is nothing
};

// The record in its place: seq counts from 1 without a gap in each stream.
struct AuditEntry {
  AuditRecord record;
  std::int64_t seq = 0;
  std::string prev_hash;  // hex; zeros before the first
  std::string hash;       // hex
};

struct AuditHead {
  std::int64_t seq = 0;
  std::string hash;
};

struct WaitingAudit {
  std::int64_t number = 0;
  AuditRecord record;
};

class AuditStore {
 public:
  virtual ~AuditStore() = default;
  // In the transaction of what is told of: both are there or neither.
  virtual Result<void> wait(const AuditRecord&) = 0;
  virtual Result<bool> any_waiting() = 0;
  // Until the end of the transaction nobody else moves records into chains; false: somebody is at it.
  virtual Result<bool> claim() = 0;
  virtual Result<std::vector<WaitingAudit>> waiting(int most) = 0;  // oldest first
  virtual Result<std::optional<AuditHead>> head(const std::string& stream) = 0;
  // Takes the waiting record away and puts the entry at the end of its stream. version_conflict when it waits
  // no longer or the place is taken.
  virtual Result<void> append(std::int64_t number, const AuditEntry&) = 0;

  virtual Result<std::vector<std::string>> streams() = 0;
  virtual Result<std::vector<AuditEntry>> read(const std::string& stream, std::int64_t after_seq,
                                               int most) = 0;
  // Newest first; `before_seq` 0: from the newest.
  virtual Result<std::vector<AuditEntry>> about(const std::string& stream, const AccountId&,
                                                std::int64_t before_seq, int most) = 0;
  // The same, of these actions alone: whoever may not see the others learns not even that there are any.
  virtual Result<std::vector<AuditEntry>> about(const std::string& stream, const AccountId&,
                                                std::span<const std::string_view> actions,
                                                std::int64_t before_seq, int most) = 0;

  // The sealed key under which personal values about a subject are sealed. It goes with its account; what was
  // sealed under it is then unreadable, while the chain stays as it is.
  virtual Result<std::optional<std::string>> subject_key(const std::string& subject) = 0;
  virtual Result<void> add_subject_key(const std::string& subject, const std::optional<AccountId>& account,
                                       const std::string& sealed) = 0;
  virtual Result<bool> erase_subject_key(const std::string& subject) = 0;  // false: not there
};

}  // namespace casebridge::ports
