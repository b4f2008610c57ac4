// The store of the audit log over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_audit.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlAuditStore final : public ports::AuditStore {
 public:
  explicit SqlAuditStore(Scope& scope) : scope_(scope) {}
  Result<void> wait(const ports::AuditRecord& record) override;
  Result<bool> any_waiting() override;
  Result<bool> claim() override;
  Result<std::vector<ports::WaitingAudit>> waiting(int most) override;
  Result<std::optional<ports::AuditHead>> head(const std::string& stream) override;
  Result<void> append(std::int64_t number, const ports::AuditEntry& entry) override;
  Result<std::vector<std::string>> streams() override;
  Result<std::vector<ports::AuditEntry>> read(const std::string& stream, std::int64_t after_seq,
                                              int most) override;
  Result<std::vector<ports::AuditEntry>> about(const std::string& stream, const AccountId& account,
                                               std::int64_t before_seq, int most) override;
  Result<std::vector<ports::AuditEntry>> about(const std::string& stream, const AccountId& account,
                                               std::span<const std::string_view> actions,
                                               std::int64_t before_seq, int most) override;
  Result<std::optional<std::string>> subject_key(const std::string& subject) override;
  Result<void> add_subject_key(const std::string& subject, const std::optional<AccountId>& account,
                               const std::string& sealed) override;
  Result<bool> erase_subject_key(const std::string& subject) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
