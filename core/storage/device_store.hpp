// The store of known devices over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_safety.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlDeviceStore final : public ports::DeviceStore {
 public:
  explicit SqlDeviceStore(Scope& scope) : scope_(scope) {}
  Result<void> insert(const ports::KnownDevice& device) override;
  Result<std::optional<ports::KnownDevice>> find(const AccountId& account,
                                                 const std::string& token_digest) override;
  Result<std::vector<ports::KnownDevice>> list(const AccountId& account) override;
  Result<void> see(const ports::KnownDevice& device) override;
  Result<bool> forget(const AccountId& account, const DeviceId& id) override;
  Result<int> forget_all_but(const AccountId& account, const std::optional<DeviceId>& keep) override;
  Result<int> purge(Instant expired_before) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
