// Makes records of what is told, and seals what would say something about a person.
#include "core/audit/trail.hpp"

#include <optional>
#include <utility>

#include "core/audit/chain.hpp"
#include "core/audit/plain_json.hpp"
#include "core/base/crypto.hpp"

namespace casebridge::audit {
namespace {

constexpr std::size_t subject_key_octets = 32;
// Whoever tries to sign in to an account that is not there leaves as much as others do.
constexpr std::string_view no_subject = "nobody";

std::string subject_of(const ports::AuditRecord& record) {
  return record.subject.empty() ? std::string(no_subject) : record.subject;
}

ports::SealedPlace place_of_subject_key(std::string_view subject) {
  return {"audit-subject", subject, subject, "", 0};
}

Result<std::optional<SecretBytes>> find_key(ports::AuditStore& store, const ports::Vault& vault,
                                            const std::string& subject) {
  CASEBRIDGE_TRY(const auto sealed, store.subject_key(subject));
  std::optional<SecretBytes> key;
  if (!sealed) return key;
  CASEBRIDGE_TRY(key, vault.open(*sealed, place_of_subject_key(subject)));
  return key;
}

Result<SecretBytes> find_or_make_key(ports::AuditStore& store, const ports::Vault& vault,
                                     const std::string& subject, const std::optional<AccountId>& account) {
  CASEBRIDGE_TRY(auto found, find_key(store, vault, subject));
  if (found) return std::move(*found);
  SecretBytes made = crypto::random_secret(subject_key_octets);
  CASEBRIDGE_TRY(const std::string sealed, vault.seal(made, place_of_subject_key(subject)));
  CASEBRIDGE_CHECK(store.add_subject_key(subject, account, sealed));
  return made;
}

// Bound to its record and its subject: it opens nowhere else.
std::string bound_to(const ports::AuditRecord& record) {
  return "casebridge audit personal\n" + record.id + "\n" + record.subject;
}

ports::AuditRecord record_of(const ports::AuditNote& note, Instant now) {
  ports::AuditRecord record;
  record.id = new_record_id("aud", now);
  record.stream = accounts_stream;
  record.at = note.at.value_or(now);
  record.subject = note.account ? note.account->text() : std::string();
  record.actor = note.actor;
  if (record.actor.empty()) record.actor = note.account ? record.subject : std::string(no_subject);
  record.action = note.action;
  record.outcome = note.outcome;
  record.request = note.request;
  record.details = plain_json(note.details);
  return record;
}

}  // namespace

Result<void> Trail::note(ports::Transaction& tx, const ports::AuditNote& note) const {
  ports::AuditRecord record = record_of(note, clock_.now());
  if (!note.address.empty() || !note.device.empty()) {
    CASEBRIDGE_TRY(const SecretBytes key,
                   find_or_make_key(tx.audit(), vault_, subject_of(record), note.account));
    const std::string personal = plain_json({{"address", note.address}, {"device", note.device}});
    CASEBRIDGE_TRY(const std::string sealed, crypto::seal(key, personal, bound_to(record)));
    record.personal = crypto::base64url(std::string_view(sealed));
  }
  return tx.audit().wait(record);
}

Result<std::string> open_personal(ports::AuditStore& store, const ports::Vault& vault,
                                  const ports::AuditRecord& record) {
  if (record.personal.empty()) return std::string();
  CASEBRIDGE_TRY(const auto key, find_key(store, vault, subject_of(record)));
  if (!key) return std::string();
  CASEBRIDGE_TRY(const std::string sealed, crypto::from_base64url(record.personal));
  CASEBRIDGE_TRY(const SecretBytes personal, crypto::open(*key, sealed, bound_to(record)));
  return std::string(personal.reveal());
}

}  // namespace casebridge::audit
