// Makes records of what is told, and seals what would say something about a person.
#include "core/audit/trail.hpp"

#include <optional>
#include <utility>

#include "core/audit/chain.hpp"
#include "core/audit/plain_json.hpp"
#include "core/base/crypto.hpp"

namespace casebridge::audit {
namespace {

constexpr std::string_view nobody = "nobody";

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
  if (record.actor.empty()) record.actor = note.account ? record.subject : std::string(nobody);
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
    CASEBRIDGE_TRY(const SecretBytes key, keys_.find_or_make(tx.audit(), subject_of(record), note.account));
    const std::string personal = plain_json({{"address", note.address}, {"device", note.device}});
    CASEBRIDGE_TRY(const std::string sealed, crypto::seal(key, personal, bound_to(record)));
    record.personal = crypto::base64url(std::string_view(sealed));
  }
  return tx.audit().wait(record);
}

Result<std::string> open_personal(const std::optional<SecretBytes>& key, const ports::AuditRecord& record) {
  if (record.personal.empty() || !key) return std::string();
  CASEBRIDGE_TRY(const std::string sealed, crypto::from_base64url(record.personal));
  CASEBRIDGE_TRY(const SecretBytes personal, crypto::open(*key, sealed, bound_to(record)));
  return std::string(personal.reveal());
}

}  // namespace casebridge::audit
