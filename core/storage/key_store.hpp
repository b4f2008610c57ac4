// The vault's keys over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_keys.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlKeyStore final : public ports::KeyStore {
 public:
  explicit SqlKeyStore(Scope& scope) : scope_(scope) {}
  Result<std::vector<ports::StoredKey>> list() override;
  Result<bool> insert(const ports::StoredKey& key) override;
  Result<bool> move(const std::string& id, const std::string& from, const std::string& to,
                    Instant since) override;
  Result<std::int64_t> add_wraps(const std::string& id, std::int64_t more) override;
  std::vector<std::string> places() const override;
  Result<std::vector<ports::SealedText>> next(const std::string& place, const std::string& done_up_to,
                                              int rows_max) override;
  Result<bool> replace(const std::string& place, const ports::SealedText& old,
                       const std::string& text) override;
  Result<std::int64_t> count(const std::string& place, const std::string& beginning) override;
  Result<std::vector<ports::RewrapProgress>> progress() override;
  Result<bool> advance(const std::optional<ports::RewrapProgress>& before,
                       const ports::RewrapProgress& after) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
