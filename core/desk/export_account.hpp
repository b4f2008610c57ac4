// ExportAccount: everything the gateway shows the account's owner, at once. Nothing that projection
// withholds.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/desk/contact.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/known_devices.hpp"
#include "core/desk/link_view.hpp"
#include "core/desk/view_case.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::desk {

struct AccountExport {
  Instant made_at{};
  ContactView contact;
  std::vector<DeviceView> devices;
  std::vector<ports::Hold> holds;
  std::vector<LinkView> links;
  std::vector<CaseFile> cases;  // each with the datasets asked for
};

// Any thread. No state is asked. sharing_stopped while a safety stop stands. `device_cookie` as it came in.
Result<AccountExport> export_account(const Desk&, const model::Caller&,
                                     const std::vector<model::Dataset>& datasets,
                                     std::string_view device_cookie);

}  // namespace casebridge::desk
