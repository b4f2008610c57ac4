// Notes with the references of a link.
#include "core/desk/tell.hpp"

namespace casebridge::desk {

Result<void> tell(const Desk& desk, ports::Transaction& tx, std::string_view action, const AccountId& account,
                  Facts facts, By by) {
  ports::AuditNote note{.action = action, .account = account};
  if (by == By::gateway) note.actor = "gateway";
  note.details = std::move(facts);
  return desk.trail.note(tx, note);
}

Result<void> tell_refusal(const Desk& desk, ports::Transaction& tx, std::string_view action,
                          const AccountId& account, Facts facts) {
  ports::AuditNote note{.action = action, .account = account, .outcome = "refused"};
  note.details = std::move(facts);
  return desk.trail.note(tx, note);
}

Result<void> tell_opening(const Desk& desk, ports::Transaction& tx, std::string_view action,
                          const ports::Link& link, std::string_view purpose, By by) {
  return tell(desk, tx, action, link.account,
              {{"link", link.id.text()}, {"system", link.system}, {"purpose", std::string(purpose)}}, by);
}

}  // namespace casebridge::desk
