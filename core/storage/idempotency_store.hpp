// Answers kept for requests with an Idempotency-Key, over SQL. Bound to one open transaction.
#pragma once

#include "core/ports/store.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlIdempotencyStore final : public ports::IdempotencyStore {
 public:
  explicit SqlIdempotencyStore(Scope& scope) : scope_(scope) {}
  Result<std::optional<ports::StoredAnswer>> reserve(const std::string& scope, const std::string& key,
                                                     const ports::StoredAnswer& running) override;
  Result<void> complete(const std::string& scope, const std::string& key, int status,
                        const std::string& body) override;
  Result<void> release(const std::string& scope, const std::string& key) override;
  Result<int> purge(Instant created_before) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
