// The stores of the case data over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_cases.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

// Everything that changes what is shown raises the account's version.
class SqlSnapshotStore final : public ports::SnapshotStore {
 public:
  explicit SqlSnapshotStore(Scope& scope) : scope_(scope) {}
  Result<ports::RecordPage> current(const ports::RecordQuery& query) override;
  Result<std::optional<ports::RecordVersion>> find(const AccountId& account,
                                                   const std::string& record_id) override;
  // A record whose projection or place in the order differs is a new version as well, even if its hash is the
  // same: what a viewer may see can change without the record. invalid_field when a key is given twice.
  Result<ports::ChangeCounts> replace(const LinkId& link, const std::string& case_key,
                                      const std::string& dataset,
                                      const std::vector<ports::RecordVersion>& records, Instant now) override;
  Result<void> put_state(const ports::DatasetState& state) override;
  Result<std::vector<ports::DatasetState>> states(const AccountId& account) override;
  Result<void> erase(const LinkId& link) override;
  Result<std::string> projection_rules(const std::string& system) override;
  Result<void> set_projection_rules(const std::string& system, const std::string& rules) override;
  Result<std::vector<ports::OutdatedLink>> outdated(const AccountId& account) override;
  Result<void> mark_projected(const LinkId& link) override;

 private:
  Scope& scope_;
};

class SqlSyncStore final : public ports::SyncStore {
 public:
  explicit SqlSyncStore(Scope& scope) : scope_(scope) {}
  Result<void> insert(const ports::Sync& sync) override;
  // not_found when the sync went with its link meanwhile.
  Result<void> update(const ports::Sync& sync) override;
  Result<std::optional<ports::Sync>> find(const AccountId& account, const SyncId& id) override;
  Result<std::optional<ports::Sync>> find_by_id(const SyncId& id) override;
  Result<std::optional<ports::Sync>> find_open(const LinkId& link) override;

 private:
  Scope& scope_;
};

class SqlJobStore final : public ports::JobStore {
 public:
  explicit SqlJobStore(Scope& scope) : scope_(scope) {}
  Result<bool> enqueue(const ports::Job& job) override;
  Result<std::vector<ports::Job>> take_due(const std::string& owner, Instant now, Instant lease_until,
                                           int most) override;
  Result<bool> extend(const JobId& id, const std::string& owner, Instant lease_until) override;
  Result<void> finish(const JobId& id) override;
  Result<void> retry(const JobId& id, Instant run_at, int tries, const std::string& payload) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
