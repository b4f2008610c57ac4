// KnownDevices: the browsers that an account was signed in from in the last thirty days, to see and to
// forget.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::desk {

struct DeviceView {
  DeviceId id;
  bool current = false;
  std::string device;   // user agent, shortened
  std::string address;  // coarse: IPv4 /24, IPv6 /48
  Instant created_at{};
  Instant last_seen_at{};
  Instant expires_at{};
};

// `cookie`: what the caller's browser keeps, as it came in.
Result<std::vector<DeviceView>> list_devices(const Desk&, const model::Caller&, std::string_view cookie);
// not_found when it is not one of the caller's. Its sessions go on; its next sign-in is told of by mail.
Result<void> forget_device(const Desk&, const model::Caller&, const DeviceId&);

}  // namespace casebridge::desk
