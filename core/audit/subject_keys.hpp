// SubjectKeys: keys of subjects, those that were opened lately kept at hand, so that an event need not ask
// whoever holds the keys of the vault.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "core/ports/store_audit.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::audit {

// Whose key seals what is personal in a record: the account's, or one for all events of nobody known.
std::string subject_of(const ports::AuditRecord& record);
// `sealed` as the store has it.
Result<SecretBytes> open_subject_key(const ports::Vault& vault, const std::string& subject,
                                     const std::string& sealed);

struct KeepSettings {
  std::size_t keys_max = 1'000;
  std::chrono::seconds life = std::chrono::minutes(5);
};

// Any thread; the vault is never asked under the lock. A key is kept with the sealed text it came from, so
// that one that was erased, or wrapped anew, is not found here any more.
class SubjectKeys {
 public:
  SubjectKeys(const ports::Vault& vault, const Clock& clock, KeepSettings settings = {})
      : vault_(vault), clock_(clock), settings_(settings) {}
  // Makes one where the subject has none.
  Result<SecretBytes> find_or_make(ports::AuditStore& store, const std::string& subject,
                                   const std::optional<AccountId>& account) const;

 private:
  struct Kept {
    std::string sealed;
    SecretBytes key;
    Instant until{};
  };
  std::optional<SecretBytes> kept(const std::string& subject, const std::string& sealed) const;
  void keep(const std::string& subject, const std::string& sealed, const SecretBytes& key) const;

  const ports::Vault& vault_;
  const Clock& clock_;
  const KeepSettings settings_;
  mutable std::mutex mutex_;  // of kept_
  mutable std::map<std::string, Kept> kept_;
};

}  // namespace casebridge::audit
