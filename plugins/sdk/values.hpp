// What a system's adapter remembers from call to call, over the host service kv/1: small, sealed, bounded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/secret.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "plugins/sdk/answer.hpp"

namespace casebridge::sdk {

// Refusals: unavailable, reason version_conflict: read again, decide again; bug, reason quota_exceeded: the
// operator must raise it, nothing was changed; unavailable, reason store_failed; bug for a key or value that
// cannot be; timeout, reason call_over.
class Values {
 public:
  Values(const casebridge_kv_v1* service, const casebridge_call* call) : service_(service), call_(call) {}
  static constexpr std::int64_t any = CASEBRIDGE_KV_ANY_VERSION;
  static constexpr std::int64_t none = 0;

  struct Value {
    SecretBytes octets;
    std::int64_t version = 0;
  };
  Answer<std::optional<Value>> get(std::string_view key) const;
  // Answers the new version. `expected` is the version that is replaced, `none` or `any`: with it, two
  // machines never count one try twice, nor forget one.
  Answer<std::int64_t> put(std::string_view key, std::string_view octets, std::int64_t expected = any) const;
  Answer<Done> remove(std::string_view key, std::int64_t expected = any) const;
  Answer<std::vector<std::string>> keys(std::string_view prefix = {}) const;

 private:
  const casebridge_kv_v1* service_;
  const casebridge_call* call_;
};

}  // namespace casebridge::sdk
