// Stores of the case data: snapshots (append-only versions), the state of each dataset, changes, syncs, jobs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace casebridge::ports {

// One record as it is now. `body` is the full record, `projected` the octets this viewer may see.
struct RecordVersion {
  LinkId link;
  std::string case_key;   // the state's key of the case; the dataset `cases` has its own key here too
  std::string dataset;    // cases, orders, obligations, balances, payments, disbursements ...
  std::string record_id;  // cas_..., ord_..., obl_..., bal_..., led_...
  std::int64_t version = 1;
  std::string upstream_key;
  std::string content_hash;            // hex SHA-256 of body and projected: a change of either is new
  std::string body;                    // JSON; sealing at rest is the storage engine's business
  std::string projected;               // JSON members "data" and "missing" as shown
  std::string sort_key;                // for keyset paging: newest first where the dataset has dates
  std::optional<std::string> as_of{};  // date
  Instant retrieved_at{};
  Instant known_from{};
};

struct DatasetState {
  LinkId link;
  std::string case_key;  // empty for the list of cases itself
  std::string dataset;
  std::string sync;  // never, queued, running, ok, partial, failed, needs_user, unsupported, not_permitted
  std::optional<std::string> as_of{};
  std::optional<Instant> retrieved_at{};  // when the content last changed
  std::optional<Instant> verified_at{};   // when the state last confirmed it
  std::optional<Instant> last_attempt_at{};
  int failures = 0;     // in a row
  std::string trouble;  // problem code of the last failure; empty after success
  std::optional<Instant> retry_at{};
  std::optional<std::string> history_from{};  // date; the state keeps what is older to itself
};

struct RecordPage {
  std::vector<RecordVersion> records;
  bool has_more = false;
};
struct RecordQuery {
  AccountId account;
  std::optional<LinkId> link{};
  std::optional<std::string> case_key{};
  std::vector<std::string> datasets;  // any of
  std::string after_sort_key{};       // keyset: strictly after (descending by sort_key, then record_id)
  std::string after_record_id{};
  int limit = 100;             // 0: all
  bool with_outdated = false;  // also of links that have to be projected anew
};
// A live link whose stored projections follow other rules than those its system has now.
struct OutdatedLink {
  LinkId link;
  std::string system;
};
struct ChangeCounts {
  int added = 0, changed = 0, removed = 0, unchanged = 0;
};

class SnapshotStore {
 public:
  virtual ~SnapshotStore() = default;
  // Current records of the account's live links, ordered by sort_key descending, record_id descending.
  // Nothing of a link that is outdated is found, here and by `find`.
  virtual Result<RecordPage> current(const RecordQuery&) = 0;
  virtual Result<std::optional<RecordVersion>> find(const AccountId&, const std::string& record_id) = 0;
  // Replaces the content of (link, case, dataset): same key and hash stays, new hash is a new version,
  // a key that is gone gets a tombstone. Writes `change` rows. Record ids of known keys are kept.
  virtual Result<ChangeCounts> replace(const LinkId&, const std::string& case_key, const std::string& dataset,
                                       const std::vector<RecordVersion>& records, Instant now) = 0;
  virtual Result<void> put_state(const DatasetState&) = 0;
  virtual Result<std::vector<DatasetState>> states(const AccountId&) = 0;  // of all live links
  virtual Result<void> erase(const LinkId&) = 0;                           // everything of a link
  // By which rules records of a system must be projected to be shown; empty: nobody has said so. Changing
  // them makes every link of the system outdated, and raises the versions of their accounts.
  virtual Result<std::string> projection_rules(const std::string& system) = 0;
  virtual Result<void> set_projection_rules(const std::string& system, const std::string& rules) = 0;
  virtual Result<std::vector<OutdatedLink>> outdated(const AccountId&) = 0;
  // All that is stored of the link follows the rules that its system has now.
  virtual Result<void> mark_projected(const LinkId&) = 0;
};

struct Sync {
  SyncId id;
  LinkId link;
  AccountId account;
  std::string state;     // queued, running, succeeded, partial, failed, needs_user
  std::string trigger;   // user, sign_in, scheduled
  std::string progress;  // JSON: per dataset {dataset, case, sync, records}
  std::string trouble;
  int added = 0, changed = 0, removed = 0;
  Instant created_at{};
  std::optional<Instant> finished_at{};
};

class SyncStore {
 public:
  virtual ~SyncStore() = default;
  virtual Result<void> insert(const Sync&) = 0;
  virtual Result<void> update(const Sync&) = 0;
  virtual Result<std::optional<Sync>> find(const AccountId&, const SyncId&) = 0;
  virtual Result<std::optional<Sync>> find_by_id(const SyncId&) = 0;
  virtual Result<std::optional<Sync>> find_open(const LinkId&) = 0;  // queued or running
};

struct Job {
  JobId id;
  std::string kind;     // sync, end_session ...
  std::string subject;  // what it is about: a sync id, a link id; one open job per (kind, subject)
  std::string payload;  // JSON, secrets sealed
  Instant run_at{};
  int tries = 0;
};

class JobStore {
 public:
  virtual ~JobStore() = default;
  // Keeps an open job of the same (kind, subject); true when a new one was made.
  virtual Result<bool> enqueue(const Job&) = 0;
  // Takes due jobs for this owner until lease_until; a job whose lease ran out is due again.
  virtual Result<std::vector<Job>> take_due(const std::string& owner, Instant now, Instant lease_until,
                                            int most) = 0;
  virtual Result<bool> extend(const JobId&, const std::string& owner,
                              Instant lease_until) = 0;  // false: lost
  virtual Result<void> finish(const JobId&) = 0;
  virtual Result<void> retry(const JobId&, Instant run_at, int tries, const std::string& payload) = 0;
};

}  // namespace casebridge::ports
