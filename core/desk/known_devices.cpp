// Lists and forgets devices of the caller's own account.
#include "core/desk/known_devices.hpp"

#include "core/desk/tell.hpp"
#include "core/identity/known_devices.hpp"

namespace casebridge::desk {

Result<std::vector<DeviceView>> list_devices(const Desk& desk, const model::Caller& caller,
                                             std::string_view cookie) {
  const Instant now = desk.clock.now();
  std::vector<DeviceView> views;
  CASEBRIDGE_CHECK(desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    views.clear();
    CASEBRIDGE_TRY(const auto own, identity::find_device(tx.devices(), caller.account, cookie, now));
    CASEBRIDGE_TRY(const auto devices, tx.devices().list(caller.account));
    for (const ports::KnownDevice& device : devices) {
      if (now >= device.expires_at) continue;
      views.push_back({device.id, own && own->id == device.id, device.name, device.address, device.created_at,
                       device.last_seen_at, device.expires_at});
    }
    return {};
  }));
  return views;
}

Result<void> forget_device(const Desk& desk, const model::Caller& caller, const DeviceId& id) {
  return desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const bool forgotten, tx.devices().forget(caller.account, id));
    if (!forgotten) return trouble(TroubleCode::not_found);
    return tell(desk, tx, "device_forgotten", caller.account, {{"session", caller.session.text()}});
  });
}

}  // namespace casebridge::desk
