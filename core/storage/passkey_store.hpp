// The store of passkeys over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_passkeys.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlPasskeyStore final : public ports::PasskeyStore {
 public:
  explicit SqlPasskeyStore(Scope& scope) : scope_(scope) {}
  Result<std::string> settle_user_handle(const AccountId& account, const std::string& fresh) override;
  Result<std::optional<std::string>> find_user_handle(const AccountId& account) override;
  Result<void> insert(const ports::Passkey& passkey) override;
  Result<std::optional<ports::Passkey>> find_by_credential(const std::string& credential_id) override;
  Result<std::vector<ports::Passkey>> list(const AccountId& account) override;
  Result<bool> rename(const AccountId& account, const ports::PasskeyId& id, const std::string& name) override;
  Result<bool> note_use(const ports::Passkey& before, std::int64_t sign_count, bool backed_up,
                        Instant at) override;
  Result<bool> remove(const AccountId& account, const ports::PasskeyId& id) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
