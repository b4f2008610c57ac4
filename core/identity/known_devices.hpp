// Known devices: a cookie marks a browser that completed a whole sign-in. It stands for no password and no
// second factor; it only keeps a stranger's wrong tries apart from its owner's, and a mail from being
// written.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::identity {

struct DeviceSettings {
  std::chrono::seconds life = std::chrono::hours{24 * 30};  // since the last whole sign-in
  std::size_t per_account_max = 10;
};

// The cookie of a browser that several people share: one token for each of them, newest first.
constexpr std::size_t device_tokens_max = 4;

// The device of this account that one of the cookie's tokens belongs to. Tokens that were not given out for
// the account count as none.
Result<std::optional<ports::KnownDevice>> find_device(ports::DeviceStore& devices, const AccountId& account,
                                                      std::string_view cookie, Instant now);

struct RememberedDevice {
  SecretBytes cookie;  // to be set anew, for as long as the device is known
  bool was_known = false;
};
// Within the write transaction that opens a session after a whole sign-in.
Result<RememberedDevice> remember_device(ports::DeviceStore& devices, const AccountId& account,
                                         std::string_view cookie, const model::Origin& origin, Instant now,
                                         const DeviceSettings& settings);

}  // namespace casebridge::identity
