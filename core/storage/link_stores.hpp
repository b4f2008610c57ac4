// The stores of linking over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_links.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

// link_already_exists, with the other link as reference, when a live link of the account to the same person
// is there. Every change raises the account's version.
class SqlLinkStore final : public ports::LinkStore {
 public:
  explicit SqlLinkStore(Scope& scope) : scope_(scope) {}
  Result<void> insert(const ports::Link& link) override;
  Result<std::optional<ports::Link>> find(const AccountId& account, const LinkId& id) override;
  Result<std::vector<ports::Link>> list(const AccountId& account) override;
  Result<std::vector<ports::Link>> list_without_job(const std::string& job_kind, int most) override;
  Result<std::vector<ports::TroubledLink>> list_in_trouble(int most) override;
  Result<std::optional<ports::Link>> find_live(const AccountId& account, const std::string& system,
                                               const std::string& subject_digest) override;
  Result<void> update(const ports::Link& link) override;
  Result<void> remove(const AccountId& account, const LinkId& id) override;

 private:
  Result<void> refuse_second(const ports::Link& link);
  Scope& scope_;
};

class SqlLinkSecretStore final : public ports::LinkSecretStore {
 public:
  explicit SqlLinkSecretStore(Scope& scope) : scope_(scope) {}
  Result<void> put(const LinkId& link, const ports::SealedRow& row) override;
  Result<std::optional<ports::SealedRow>> get(const LinkId& link, const std::string& kind) override;
  Result<void> remove(const LinkId& link, const std::string& kind) override;
  Result<void> remove_all(const LinkId& link) override;

 private:
  Scope& scope_;
};

class SqlLinkAttemptStore final : public ports::LinkAttemptStore {
 public:
  explicit SqlLinkAttemptStore(Scope& scope) : scope_(scope) {}
  Result<void> insert(const ports::LinkAttempt& attempt) override;
  Result<std::optional<ports::LinkAttempt>> find(const AccountId& account, const LinkAttemptId& id) override;
  Result<void> update(const ports::LinkAttempt& attempt) override;
  Result<std::vector<ports::LinkAttempt>> list_open(const AccountId& account) override;
  Result<int> purge(Instant expired_before) override;

 private:
  Scope& scope_;
};

class SqlGuardStore final : public ports::GuardStore {
 public:
  explicit SqlGuardStore(Scope& scope) : scope_(scope) {}
  Result<ports::GuardState> read(const std::string& system, const std::string& identity_digest) override;
  Result<void> write(const std::string& system, const std::string& identity_digest,
                     const ports::GuardState& state) override;
  Result<bool> was_refused(const std::string& system, const std::string& credential_digest) override;
  Result<void> remember_refused(const std::string& system, const std::string& credential_digest,
                                Instant at) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
