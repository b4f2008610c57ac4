// Tells first, then changes: whoever loses the say in it hears of it.
#include "core/desk/contact.hpp"

#include <algorithm>

#include "core/desk/tell.hpp"

namespace casebridge::desk {
namespace {

Result<ContactView> view_in(ports::Transaction& tx, const AccountId& id) {
  ContactView view;
  CASEBRIDGE_TRY(const auto account, tx.accounts().find(id));
  if (!account) return trouble(TroubleCode::token_invalid);
  view.sign_in_address = account->email;
  CASEBRIDGE_TRY(view.settings, tx.safety().contact(id));
  CASEBRIDGE_TRY(view.addresses, tx.safety().list_addresses(id));
  return view;
}

// The log and the owner.
Result<void> announce(const Desk& desk, ports::Transaction& tx, const identity::Alerts& alerts,
                      const model::Caller& caller, std::string_view action) {
  CASEBRIDGE_TRY(const auto account, tx.accounts().find(caller.account));
  if (!account) return trouble(TroubleCode::token_invalid);
  CASEBRIDGE_CHECK(tell(desk, tx, action, caller.account, {{"session", caller.session.text()}}));
  return alerts.send(tx, *account, "contact_changed", desk.clock.now());
}

}  // namespace

Result<ContactView> read_contact(const Desk& desk, const model::Caller& caller) {
  ContactView view;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(view, view_in(tx, caller.account));
    return {};
  }));
  return view;
}

Result<ContactView> change_contact(const Desk& desk, const identity::Alerts& alerts,
                                   const model::Caller& caller, const ports::ContactSettings& settings) {
  ContactView view;
  CASEBRIDGE_CHECK(desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto further, tx.safety().list_addresses(caller.account));
    const auto lasts = [](const ports::FurtherAddress& address) { return !address.kept_until; };
    if (settings.leaves_out_sign_in && std::none_of(further.begin(), further.end(), lasts))
      return field_trouble("leaves_out_sign_in_address", "there is no other address");
    CASEBRIDGE_CHECK(announce(desk, tx, alerts, caller, "contact_changed"));
    CASEBRIDGE_TRY(const auto before, tx.safety().contact(caller.account));
    ports::ContactSettings after = settings;
    const bool changes = before.leaves_out_sign_in != settings.leaves_out_sign_in;
    after.since = changes ? desk.clock.now() : before.since;
    CASEBRIDGE_CHECK(tx.safety().set_contact(caller.account, after));
    CASEBRIDGE_TRY(view, view_in(tx, caller.account));
    return {};
  }));
  return view;
}

Result<void> remove_address(const Desk& desk, const identity::Alerts& alerts, const model::Caller& caller,
                            const AddressId& id) {
  return desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    const Instant now = desk.clock.now();
    CASEBRIDGE_TRY(const auto further, tx.safety().list_addresses(caller.account));
    const auto found = std::find_if(further.begin(), further.end(),
                                    [&](const ports::FurtherAddress& one) { return one.id == id; });
    if (found == further.end()) return trouble(TroubleCode::not_found);
    if (found->kept_until && now < *found->kept_until)
      return trouble(TroubleCode::version_conflict, "a former address is told of everything for a while");
    CASEBRIDGE_CHECK(announce(desk, tx, alerts, caller, "address_removed"));
    CASEBRIDGE_TRY([[maybe_unused]] const bool removed, tx.safety().remove_address(caller.account, id));
    return {};
  });
}

}  // namespace casebridge::desk
