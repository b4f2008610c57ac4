// VaultWatch: keeps the ring of keys in step with the database, and says in log and metrics how the vault is.
#pragma once

#include <atomic>
#include <memory>

#include "core/base/log.hpp"
#include "core/vault/key_register.hpp"
#include "core/vault/record_vault.hpp"
#include "core/vault/rewrap.hpp"

namespace casebridge::gateway {

// Chores run on one thread; what they found is read from any.
class VaultWatch {
 public:
  VaultWatch(std::unique_ptr<ports::KeyDatabase> database, vault::RecordVault& vault, const Clock& clock,
             const Log& log)
      : database_(std::move(database)),
        vault_(vault),
        log_(log),
        keys_(*database_, vault.ring(), clock),
        rewrap_(*database_, vault) {}
  // Every few seconds: states of keys, and wraps to use up.
  Result<void> refresh() { return keys_.refresh(); }
  // Less often, since it asks every provider.
  Result<void> look();

  double key_wraps() const { return static_cast<double>(wraps_.load()); }
  double rewrap_rows_seen() const { return static_cast<double>(rows_seen_.load()); }
  double rewrap_places_left() const { return static_cast<double>(places_left_.load()); }

 private:
  void tell_health();
  Result<void> count_wraps();

  const std::unique_ptr<ports::KeyDatabase> database_;
  vault::RecordVault& vault_;
  const Log& log_;
  vault::KeyRegister keys_;
  vault::Rewrap rewrap_;
  bool was_well_ = true;
  bool has_warned_ = false;
  std::atomic<std::int64_t> wraps_ = 0, rows_seen_ = 0, places_left_ = 0;
};

}  // namespace casebridge::gateway
