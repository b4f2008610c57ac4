// The audit log: records wait in one table, and go to the ends of their chains in another that only grows.
#include "core/storage/audit_store.hpp"

#include <limits>

#include "core/storage/audit_fields.hpp"

namespace casebridge::storage {
namespace {

// "auditlog" as a number: any constant that other users of the server are unlikely to lock.
constexpr std::int64_t audit_lock_key = 0x61756469746c6f67;

}  // namespace

Result<void> SqlAuditStore::wait(const ports::AuditRecord& record) {
  static const std::string sql = insert_sql<AuditRecordFields>("");
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<AuditRecordFields>(record)));
  return {};
}

Result<bool> SqlAuditStore::any_waiting() {
  static const std::string sql = "SELECT number FROM audit_waiting LIMIT 1";
  CASEBRIDGE_TRY(const auto found, select_column<std::int64_t>(scope_.connection(), sql, {}));
  return !found.empty();
}

// SQLite has one writer anyway.
Result<bool> SqlAuditStore::claim() {
  if (scope_.connection().engine() == Engine::sqlite) return true;
  static const std::string sql = "SELECT CASE WHEN pg_try_advisory_xact_lock(:key) THEN 1 ELSE 0 END";
  CASEBRIDGE_TRY(const auto got,
                 select_column<int>(scope_.connection(), sql, Values{}.with("key", audit_lock_key)));
  return !got.empty() && got.front() == 1;
}

Result<std::vector<ports::WaitingAudit>> SqlAuditStore::waiting(int most) {
  static const std::string sql = select_sql<WaitingAuditFields>("ORDER BY number LIMIT :most");
  return select_all<WaitingAuditFields>(scope_.connection(), sql, Values{}.with("most", most));
}

Result<std::optional<ports::AuditHead>> SqlAuditStore::head(const std::string& stream) {
  static const std::string sql =
      select_sql<AuditEntryFields>("WHERE stream = :stream ORDER BY seq DESC LIMIT 1");
  CASEBRIDGE_TRY(auto last,
                 select_one<AuditEntryFields>(scope_.connection(), sql, Values{}.with("stream", stream)));
  std::optional<ports::AuditHead> head;
  if (last) head = ports::AuditHead{last->seq, std::move(last->hash)};
  return head;
}

Result<void> SqlAuditStore::append(std::int64_t number, const ports::AuditEntry& entry) {
  static const std::string taken = "DELETE FROM audit_waiting WHERE number = :number";
  static const std::string added = insert_sql<AuditEntryFields>("");
  CASEBRIDGE_TRY(const auto gone, scope_.connection().run(taken, Values{}.with("number", number)));
  if (gone != 1) return trouble(TroubleCode::version_conflict, "the record waits no longer");
  CASEBRIDGE_CHECK(scope_.connection().run(added, values_of<AuditEntryFields>(entry)));
  return {};
}

Result<std::vector<std::string>> SqlAuditStore::streams() {
  static const std::string sql = "SELECT DISTINCT stream FROM audit_event ORDER BY stream";
  return select_column<std::string>(scope_.connection(), sql, {});
}

Result<std::vector<ports::AuditEntry>> SqlAuditStore::read(const std::string& stream, std::int64_t after_seq,
                                                           int most) {
  static const std::string sql = audit_page_sql();
  return select_all<AuditEntryFields>(
      scope_.connection(), sql,
      Values{}.with("stream", stream).with("after_seq", after_seq).with("most", most));
}

Result<std::vector<ports::AuditEntry>> SqlAuditStore::about(const std::string& stream,
                                                            const AccountId& account, std::int64_t before_seq,
                                                            int most) {
  static const std::string sql = select_sql<AuditEntryFields>(
      "WHERE subject = :subject AND stream = :stream AND seq < :before_seq ORDER BY seq DESC LIMIT :most");
  const std::int64_t end = before_seq == 0 ? std::numeric_limits<std::int64_t>::max() : before_seq;
  return select_all<AuditEntryFields>(
      scope_.connection(), sql,
      Values{}.with("subject", account).with("stream", stream).with("before_seq", end).with("most", most));
}

Result<std::vector<ports::AuditEntry>> SqlAuditStore::about(const std::string& stream,
                                                            const AccountId& account,
                                                            std::span<const std::string_view> actions,
                                                            std::int64_t before_seq, int most) {
  if (actions.empty()) return std::vector<ports::AuditEntry>{};
  const std::int64_t end = before_seq == 0 ? std::numeric_limits<std::int64_t>::max() : before_seq;
  Values values;
  values.with("subject", account).with("stream", stream).with("before_seq", end).with("most", most);
  std::string among;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const std::string name = "action_" + std::to_string(i);
    among += (i == 0 ? ":" : ", :") + name;
    values.with(name, std::string(actions[i]));
  }
  const std::string sql = select_sql<AuditEntryFields>(
      "WHERE subject = :subject AND stream = :stream AND seq < :before_seq AND action IN (" + among +
      ") ORDER BY seq DESC LIMIT :most");
  return select_all<AuditEntryFields>(scope_.connection(), sql, values);
}

Result<std::optional<std::string>> SqlAuditStore::subject_key(const std::string& subject) {
  static const std::string sql = "SELECT sealed_key FROM audit_subject_key WHERE subject = :subject";
  CASEBRIDGE_TRY(auto found,
                 select_column<std::string>(scope_.connection(), sql, Values{}.with("subject", subject)));
  std::optional<std::string> sealed;
  if (!found.empty()) sealed = std::move(found.front());
  return sealed;
}

Result<void> SqlAuditStore::add_subject_key(const std::string& subject,
                                            const std::optional<AccountId>& account,
                                            const std::string& sealed) {
  static const std::string sql =
      "INSERT INTO audit_subject_key (subject, account_id, sealed_key)"
      " VALUES (:subject, :account_id, :sealed_key)";
  CASEBRIDGE_CHECK(scope_.connection().run(
      sql, Values{}.with("subject", subject).with("account_id", account).with("sealed_key", sealed)));
  return {};
}

Result<bool> SqlAuditStore::erase_subject_key(const std::string& subject) {
  static const std::string sql = "DELETE FROM audit_subject_key WHERE subject = :subject";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}.with("subject", subject)));
  return written == 1;
}

}  // namespace casebridge::storage
