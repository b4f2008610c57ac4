// The views that the pages show, one after the other.
#include "core/desk/export_account.hpp"

#include "core/desk/holds.hpp"
#include "core/desk/list_cases.hpp"
#include "core/desk/list_links.hpp"
#include "core/desk/safety_stop.hpp"
#include "core/desk/tell.hpp"

namespace casebridge::desk {

Result<AccountExport> export_account(const Desk& desk, const model::Caller& caller,
                                     const std::vector<model::Dataset>& datasets,
                                     std::string_view device_cookie) {
  // Told before anything is gathered: what was told and not taken is better than the other way round.
  CASEBRIDGE_CHECK(desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(check_sharing(tx, caller.account));
    return tell(desk, tx, "data_exported", caller.account, {{"session", caller.session.text()}});
  }));
  AccountExport made;
  made.made_at = desk.clock.now();
  CASEBRIDGE_TRY(made.contact, read_contact(desk, caller));
  CASEBRIDGE_TRY(made.devices, list_devices(desk, caller, device_cookie));
  CASEBRIDGE_TRY(made.holds, list_holds(desk, caller));
  CASEBRIDGE_TRY(LinkList links, list_links(desk, caller));
  made.links = std::move(links.links);
  CASEBRIDGE_TRY(const CaseList cases, list_cases(desk, caller));
  for (const CaseView& one : cases.cases) {
    auto file = view_case(desk, caller, one.record.id, datasets);
    // Unlinked between two looks: then it is not the account's any more.
    if (!file && file.error().code == TroubleCode::not_found) continue;
    if (!file) return file.error();
    made.cases.push_back(std::move(*file));
  }
  return made;
}

}  // namespace casebridge::desk
