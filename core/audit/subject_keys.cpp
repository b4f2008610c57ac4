// Looks among the kept keys with the sealed text that the store has now, and only then asks the vault.
#include "core/audit/subject_keys.hpp"

#include <algorithm>
#include <utility>

#include "core/base/crypto.hpp"

namespace casebridge::audit {
namespace {

constexpr std::size_t subject_key_octets = 32;
// Whoever tries to sign in to an account that is not there leaves as much as others do.
constexpr std::string_view no_subject = "nobody";

ports::SealedPlace place_of_subject_key(std::string_view subject) {
  return {"audit-subject", subject, subject, "", 0};
}

}  // namespace

std::string subject_of(const ports::AuditRecord& record) {
  return record.subject.empty() ? std::string(no_subject) : record.subject;
}

Result<SecretBytes> open_subject_key(const ports::Vault& vault, const std::string& subject,
                                     const std::string& sealed) {
  return vault.open(sealed, place_of_subject_key(subject));
}

Result<SecretBytes> SubjectKeys::find_or_make(ports::AuditStore& store, const std::string& subject,
                                              const std::optional<AccountId>& account) const {
  CASEBRIDGE_TRY(const auto stored, store.subject_key(subject));
  if (!stored) {
    SecretBytes made = crypto::random_secret(subject_key_octets);
    CASEBRIDGE_TRY(const std::string sealed, vault_.seal(made, place_of_subject_key(subject)));
    CASEBRIDGE_CHECK(store.add_subject_key(subject, account, sealed));
    return made;
  }
  if (auto found = kept(subject, *stored)) return std::move(*found);
  CASEBRIDGE_TRY(SecretBytes opened, open_subject_key(vault_, subject, *stored));
  keep(subject, *stored, opened);
  return opened;
}

std::optional<SecretBytes> SubjectKeys::kept(const std::string& subject, const std::string& sealed) const {
  const Instant now = clock_.now();
  const std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& one) { return one.second.until <= now; });
  const auto found = kept_.find(subject);
  if (found == kept_.end() || found->second.sealed != sealed) return std::nullopt;
  return found->second.key.clone();
}

void SubjectKeys::keep(const std::string& subject, const std::string& sealed, const SecretBytes& key) const {
  const Instant until = clock_.now() + settings_.life;
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= settings_.keys_max && !kept_.contains(subject))
    kept_.erase(std::min_element(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) {
      return a.second.until < b.second.until;
    }));
  kept_.insert_or_assign(subject, Kept{sealed, key.clone(), until});
}

}  // namespace casebridge::audit
