// Reads entries of the audit log about one account. What is shown is named here; anything else stays inside.
#include "core/desk/list_activity.hpp"

#include <utility>

#include "core/audit/chain.hpp"
#include "core/audit/seal_waiting.hpp"
#include "core/audit/trail.hpp"
#include "core/model/json_document.hpp"

namespace casebridge::desk {
namespace {

// The member of an object of texts; empty where there is none.
class Members {
 public:
  explicit Members(const std::string& object) : document_(model::JsonDocument::parse(object)) {}
  std::string text(std::string_view name) const {
    if (!document_) return {};
    const auto found = document_->root().find(name);
    return found ? found->text() : std::string();
  }

 private:
  Result<model::JsonDocument> document_;
};

std::string actor_of(const ports::AuditRecord& record) {
  if (record.actor == record.subject) return "you";
  return record.actor == "gateway" ? "gateway" : "somebody";
}

ActivityView view_of(const ports::AuditEntry& entry, const std::string& personal) {
  const ports::AuditRecord& record = entry.record;
  const Members details(record.details), about(personal);
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

}  // namespace

Result<ActivityPage> list_activity(const Desk& desk, const model::Caller& caller, const ListActivity& asked) {
  CASEBRIDGE_CHECK(audit::seal_waiting(desk.store));
  ActivityPage page;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    page = {};
    CASEBRIDGE_TRY(auto entries, tx.audit().about(std::string(audit::accounts_stream), caller.account,
                                                  asked.before_seq, asked.limit + 1));
    page.more = entries.size() > static_cast<std::size_t>(asked.limit);
    if (page.more) entries.pop_back();
    for (const ports::AuditEntry& entry : entries) {
      CASEBRIDGE_TRY(std::string personal, audit::open_personal(tx.audit(), desk.vault, entry.record));
      page.events.push_back(view_of(entry, personal.empty() ? "{}" : personal));
    }
    return {};
  }));
  return page;
}

}  // namespace casebridge::desk
