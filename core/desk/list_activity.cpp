// Reads entries of the audit log about one account. What is shown is named here; anything else stays inside.
#include "core/desk/list_activity.hpp"

#include <utility>

#include "core/audit/chain.hpp"
#include "core/audit/seal_waiting.hpp"
#include "core/audit/trail.hpp"
#include "core/desk/event_details.hpp"

namespace casebridge::desk {
namespace {

// Which operator it was is for whoever watches over operators.
std::string actor_of(const ports::AuditRecord& record) {
  if (record.actor == record.subject) return "you";
  if (record.action.starts_with("operator_")) return "operator";
  return record.actor == "gateway" ? "gateway" : "somebody";
}

ActivityView view_of(const ports::AuditEntry& entry, const std::string& personal) {
  const ports::AuditRecord& record = entry.record;
  const EventDetails details(record.details), about(personal);
  return {record.id,
          entry.seq,
          record.at,
          record.action,
          record.outcome,
          actor_of(record),
          details.text("system"),
          details.text("link"),
          details.text("session"),
          details.text("case"),
          details.text("reason"),
          about.text("address"),
          about.text("device")};
}

Result<std::optional<SecretBytes>> opened(const ports::Vault& vault, const AccountId& account,
                                          const std::optional<std::string>& sealed) {
  std::optional<SecretBytes> key;
  if (!sealed) return key;
  CASEBRIDGE_TRY(key, audit::open_subject_key(vault, account.text(), *sealed));
  return key;
}

}  // namespace

Result<ActivityPage> list_activity(const Desk& desk, const model::Caller& caller, const ListActivity& asked) {
  CASEBRIDGE_CHECK(audit::seal_waiting(desk.store));
  ActivityPage page;
  std::vector<ports::AuditEntry> entries;
  std::optional<std::string> sealed_key;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(entries, tx.audit().about(std::string(audit::accounts_stream), caller.account,
                                             asked.before_seq, asked.limit + 1));
    CASEBRIDGE_TRY(sealed_key, tx.audit().subject_key(caller.account.text()));
    return {};
  }));
  page.more = entries.size() > static_cast<std::size_t>(asked.limit);
  if (page.more) entries.pop_back();
  // One key for all of them, and asked for when nobody waits for the transaction.
  CASEBRIDGE_TRY(const auto key, opened(desk.vault, caller.account, sealed_key));
  for (const ports::AuditEntry& entry : entries) {
    CASEBRIDGE_TRY(const std::string personal, audit::open_personal(key, entry.record));
    page.events.push_back(view_of(entry, personal.empty() ? "{}" : personal));
  }
  return page;
}

}  // namespace casebridge::desk
