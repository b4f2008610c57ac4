// Columns of the audit log's tables.
#pragma once

#include "core/ports/store_audit.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {

template <class R, class Column>
void visit_audit_record(R& record, Column&& column) {
  column("id", record.id);
  column("at", record.at);
  column("actor", record.actor);
  column("subject", record.subject);
  column("action", record.action);
  column("outcome", record.outcome);
  column("request", record.request);
  column("details", record.details);
  column("personal", record.personal);
}

struct AuditEntryFields {
  using Row = ports::AuditEntry;
  static constexpr std::string_view table = "audit_event";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("stream", row.record.stream);
    column("seq", row.seq);
    visit_audit_record(row.record, column);
    column("prev_hash", row.prev_hash);
    column("hash", row.hash);
  }
};

// Without its number, which the database gives.
struct AuditRecordFields {
  using Row = ports::AuditRecord;
  static constexpr std::string_view table = "audit_waiting";
  static constexpr std::size_t keys = 0;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("stream", row.stream);
    visit_audit_record(row, column);
  }
};

struct WaitingAuditFields {
  using Row = ports::WaitingAudit;
  static constexpr std::string_view table = "audit_waiting";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("number", row.number);
    AuditRecordFields::visit(row.record, column);
  }
};

inline std::string audit_page_sql() {
  return select_sql<AuditEntryFields>("WHERE stream = :stream AND seq > :after_seq ORDER BY seq LIMIT :most");
}

}  // namespace casebridge::storage
