// Contact: which addresses an account is written to, and whether its mails say from whom they come.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"
#include "core/identity/alerts.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::desk {

struct ContactView {
  std::string sign_in_address;
  ports::ContactSettings settings;
  std::vector<ports::FurtherAddress> addresses;
};

Result<ContactView> read_contact(const Desk&, const model::Caller&);
// invalid_field when the sign-in address is to be left out and there is no other. All addresses are told,
// also one that is left out from now on: a last mail.
Result<ContactView> change_contact(const Desk&, const identity::Alerts&, const model::Caller&,
                                   const ports::ContactSettings&);
// not_found; action refused with version_conflict while a former address can still take the change back. The
// address is told, a last time.
Result<void> remove_address(const Desk&, const identity::Alerts&, const model::Caller&, const AddressId&);

}  // namespace casebridge::desk
