// The stores of the identity wing over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_accounts.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlAccountStore final : public ports::AccountStore {
 public:
  explicit SqlAccountStore(Scope& scope) : scope_(scope) {}
  Result<void> insert(const ports::Account& account) override;
  Result<std::optional<ports::Account>> find(const AccountId& id) override;
  Result<std::optional<ports::Account>> find_by_email(const std::string& canonical) override;
  Result<void> set_email_verified(const AccountId& id, Instant at) override;
  Result<void> set_password(const AccountId& id, const std::string& hash,
                            std::int64_t credential_version) override;
  Result<void> stop_password(const AccountId& id, std::int64_t credential_version) override;
  Result<void> set_password_hash_only(const AccountId& id, const std::string& hash) override;
  Result<void> set_role(const AccountId& id, const std::string& role, Instant since) override;
  Result<void> note_sign_in(const AccountId& id, Instant at) override;
  Result<int> purge_unverified(Instant before) override;
  Result<bool> free_address(const std::string& canonical) override;

 private:
  Scope& scope_;
};

class SqlSessionStore final : public ports::SessionStore {
 public:
  explicit SqlSessionStore(Scope& scope) : scope_(scope) {}
  Result<void> insert(const ports::Session& session) override;
  // One statement, so that it may be glanced at.
  Result<std::optional<ports::FoundSession>> find_by_digest(const std::string& token_digest) override;
  Result<std::vector<ports::Session>> list(const AccountId& account) override;
  Result<void> touch(const SessionId& id, Instant last_seen) override;
  Result<void> set_csrf(const SessionId& id, const std::string& csrf_digest) override;
  Result<bool> remove(const AccountId& account, const SessionId& id) override;
  Result<int> remove_all_but(const AccountId& account, const std::optional<SessionId>& keep) override;
  Result<int> remove_ended(Instant idle_before, Instant now) override;

 private:
  Scope& scope_;
};

class SqlFlowStore final : public ports::FlowStore {
 public:
  explicit SqlFlowStore(Scope& scope) : scope_(scope) {}
  Result<void> insert(const ports::Flow& flow) override;
  Result<std::optional<ports::Flow>> find(const FlowId& id) override;
  Result<void> update(const ports::Flow& flow, std::int64_t expected_seq) override;
  // Codes that ended before the same moment go with the flows.
  Result<int> purge(Instant expired_before) override;

 private:
  Scope& scope_;
};

class SqlCodeStore final : public ports::CodeStore {
 public:
  explicit SqlCodeStore(Scope& scope) : scope_(scope) {}
  Result<void> replace(const ports::OneTimeCode& code) override;
  Result<std::optional<ports::OneTimeCode>> find(const std::string& purpose,
                                                 const std::string& subject) override;
  Result<void> count_try(const std::string& purpose, const std::string& subject) override;
  Result<bool> consume(const std::string& purpose, const std::string& subject,
                       const std::string& digest) override;

 private:
  Scope& scope_;
};

class SqlThrottleStore final : public ports::ThrottleStore {
 public:
  explicit SqlThrottleStore(Scope& scope) : scope_(scope) {}
  Result<ports::ThrottleState> read(const std::string& key) override;
  Result<void> write(const std::string& key, const ports::ThrottleState& state) override;
  Result<int> purge(Instant window_before) override;

 private:
  Scope& scope_;
};

class SqlMailStore final : public ports::MailStore {
 public:
  explicit SqlMailStore(Scope& scope) : scope_(scope) {}
  Result<void> insert(const ports::MailItem& item) override;
  Result<std::vector<ports::MailItem>> take_due(Instant now, Instant lease_until, int most) override;
  Result<void> remove(const MailId& id) override;
  Result<void> retry_at(const MailId& id, int tries, Instant at) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
