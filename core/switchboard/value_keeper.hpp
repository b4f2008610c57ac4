// ValueKeeper: kv/1 of one system over the store, every key and value sealed, with a quota.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/secret.hpp"
#include "core/ports/store.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::switchboard {

struct ValueQuota {
  std::int64_t entries_max = 1000;
  std::int64_t bytes_max = 4 * 1024 * 1024;  // keys and values in clear
};

// Any thread; `store` and `vault` must outlive it. Each call is one transaction and answers one of
// CASEBRIDGE_KV_*.
class ValueKeeper {
 public:
  ValueKeeper(std::string system, ValueQuota quota, ports::Store& store, const ports::Vault& vault)
      : system_(std::move(system)), quota_(quota), store_(store), vault_(vault) {}

  std::int32_t get(std::string_view key, SecretBytes& value, std::int64_t& version) const;
  std::int32_t put(std::string_view key, std::string_view value, std::int64_t expected,
                   std::int64_t& version);
  std::int32_t remove(std::string_view key, std::int64_t expected);
  std::int32_t list(std::string_view prefix, std::vector<std::string>& keys) const;

 private:
  std::string digest_of(std::string_view key) const;
  ports::SealedPlace place_of_key() const;
  ports::SealedPlace place_of_value(std::string_view digest, std::int64_t version) const;
  Result<ports::AdapterValue> sealed_value(std::string_view key, std::string_view value,
                                           std::int64_t version) const;

  const std::string system_;
  const ValueQuota quota_;
  ports::Store& store_;
  const ports::Vault& vault_;
};

}  // namespace casebridge::switchboard
