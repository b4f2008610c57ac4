// What adapters keep from call to call, sealed: the rows of kv/1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace casebridge::ports {

struct AdapterValue {
  std::string system;
  std::string key_digest;  // keyed digest of the key: the row's address
  std::string sealed_key;  // the key itself
  std::string sealed;      // the value, bound to the digest and the version
  std::int64_t size = 0;   // octets of key and value in clear
  std::int64_t version = 0;
};

struct AdapterUsage {
  std::string system;
  std::int64_t entries = 0;
  std::int64_t octets = 0;
  std::int64_t last_version = 0;  // given to any value, also to one that has been removed since
};

class AdapterValueStore {
 public:
  virtual ~AdapterValueStore() = default;
  virtual Result<std::optional<AdapterValue>> find(const std::string& system,
                                                   const std::string& key_digest) = 0;
  virtual Result<std::vector<std::string>> sealed_keys(const std::string& system) = 0;
  virtual Result<AdapterUsage> usage(const std::string& system) = 0;
  virtual Result<void> set_usage(const AdapterUsage&) = 0;
  virtual Result<void> put(const AdapterValue&) = 0;  // replaces
  virtual Result<void> remove(const std::string& system, const std::string& key_digest) = 0;
};

}  // namespace casebridge::ports
