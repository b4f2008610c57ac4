// The values of kv/1 over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/adapter_values.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlAdapterValueStore final : public ports::AdapterValueStore {
 public:
  explicit SqlAdapterValueStore(Scope& scope) : scope_(scope) {}
  Result<std::optional<ports::AdapterValue>> find(const std::string& system,
                                                  const std::string& key_digest) override;
  Result<std::vector<std::string>> sealed_keys(const std::string& system) override;
  Result<ports::AdapterUsage> usage(const std::string& system) override;
  Result<void> set_usage(const ports::AdapterUsage& usage) override;
  Result<void> put(const ports::AdapterValue& value) override;
  Result<void> remove(const std::string& system, const std::string& key_digest) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
