// The list; tests hold it against the migrations.
#include "core/storage/sealed_columns.hpp"

namespace casebridge::storage {
namespace {

constexpr SealedColumn columns_of_records[] = {
    {"link_secret", "sealed", "link_id", "kind", "'state-' || kind",
     "(SELECT l.account_id FROM link l WHERE l.id = link_id)", "link_id",
     "(SELECT l.system FROM link l WHERE l.id = link_id)", "version"},
    {"link_attempt", "sealed_resume", "id", "", "'login-resume'", "account_id", "id", "system", "version"},
    {"link_attempt", "sealed_credential", "id", "", "'login-credential'", "account_id", "id", "system",
     "version"},
    {"totp_app", "sealed_secret", "account_id", "", "'totp-secret'", "account_id", "''", "''", "added_at"},
    {"mail", "sealed_text", "id", "", "'mail'", "''", "id", "''", "0"},
    {"adapter_value", "sealed_key", "system", "key_digest", "'adapter-value-key'", "''", "''", "system", "0"},
    {"adapter_value", "sealed", "system", "key_digest", "'adapter-value'", "''", "key_digest", "system",
     "version"},
    {"audit_subject_key", "sealed_key", "subject", "", "'audit-subject'", "subject", "subject"},
    {"flow", "data", "id", ""},
    {"job", "payload", "id", ""},
};

}  // namespace

std::span<const SealedColumn> sealed_columns() { return columns_of_records; }

}  // namespace casebridge::storage
