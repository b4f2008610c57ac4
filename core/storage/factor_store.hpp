// The store of second factors over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_factors.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlFactorStore final : public ports::FactorStore {
 public:
  explicit SqlFactorStore(Scope& scope) : scope_(scope) {}
  Result<bool> has_second_factor(const AccountId& account) override;
  Result<void> set_totp(const ports::TotpApp& app) override;
  Result<std::optional<ports::TotpApp>> find_totp(const AccountId& account) override;
  Result<bool> take_totp_step(const AccountId& account, std::int64_t step) override;
  Result<bool> remove_totp(const AccountId& account) override;
  Result<void> replace_recovery_codes(const AccountId& account,
                                      const std::vector<std::string>& hashes) override;
  Result<std::vector<ports::RecoveryCode>> unused_recovery_codes(const AccountId& account) override;
  Result<bool> use_recovery_code(const ports::RecoveryCode& code, Instant at) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
