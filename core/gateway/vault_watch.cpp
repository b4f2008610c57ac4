// Says each change once: that the vault cannot be used, that it can again, that a key has wrapped very often.
#include "core/gateway/vault_watch.hpp"

namespace casebridge::gateway {

Result<void> VaultWatch::look() {
  tell_health();
  CASEBRIDGE_CHECK(count_wraps());
  CASEBRIDGE_TRY(const vault::RewrapSum sum, rewrap_.sum());
  rows_seen_ = sum.seen;
  places_left_ = sum.seen == 0 ? 0 : sum.places_left;  // nobody has ever asked for it
  return {};
}

void VaultWatch::tell_health() {
  const auto healthy = vault_.examine();
  const bool well = healthy.has_value();
  if (well == was_well_) return;
  was_well_ = well;
  if (well)
    log_.write(LogLevel::info, "vault_works");
  else
    log_.write(LogLevel::error, "vault_failed", {{"reason", healthy.error().detail}});
}

Result<void> VaultWatch::count_wraps() {
  CASEBRIDGE_TRY(const auto keys, keys_.keys());
  const std::string current = vault_.ring().current();
  for (const ports::StoredKey& key : keys) {
    if (key.id != current) continue;
    wraps_ = key.wraps;
    const bool often = static_cast<std::uint64_t>(key.wraps) >= vault::WrapLimits{}.warn_from;
    if (often && !has_warned_) log_.write(LogLevel::warn, "key_wraps_often", {{"wraps", key.wraps}});
    has_warned_ = often;
  }
  return {};
}

}  // namespace casebridge::gateway
