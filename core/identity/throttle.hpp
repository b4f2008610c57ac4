// Throttle: how often a secret may be tried. One engine for every path that tests one.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/ports/store_accounts.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::identity {

struct ThrottleRule {
  std::string_view name;
  int tries_max = 0;
  std::chrono::seconds window{};       // 0: tries add up until one is good
  std::chrono::seconds first_lock{0};  // 0: no lock; the window's end opens again
  std::chrono::seconds later_lock{0};
  bool kept = false;  // tries that add up are not forgotten, however long nobody tries
};

struct ThrottleRules {
  ThrottleRule account{"account", 5, std::chrono::minutes{15}, std::chrono::minutes{15},
                       std::chrono::minutes{30}};
  ThrottleRule account_and_address{"account-address", 5, std::chrono::minutes{1}};
  ThrottleRule address{"address", 20, std::chrono::minutes{1}};
  ThrottleRule starts{"starts", 300, std::chrono::minutes{5}};
  // Of codes from the mail, for one address of a mailbox and one of the network. Each code has five tries.
  ThrottleRule code_tries{"code-tries", 10, std::chrono::hours{1}};
  ThrottleRule code_sends{"code-sends", 5, std::chrono::hours{1}};
  ThrottleRule code_sends_in_all{"code-sends-in-all", 20, std::chrono::hours{1}};  // whoever asks
  // All wrong passwords in a row (NIST SP 800-63B allows a hundred): then only a new password helps.
  ThrottleRule failures{"failures", 100, std::chrono::seconds{0}, std::chrono::hours{24 * 365 * 100},
                        {},         true};
  // The same for a browser that completed a whole sign-in: what strangers try locks only strangers out.
  ThrottleRule device{"device", 5, std::chrono::minutes{15}, std::chrono::minutes{15},
                      std::chrono::minutes{30}};
  ThrottleRule device_failures{
      "device-failures", 100, std::chrono::seconds{0}, std::chrono::hours{24 * 365 * 100}, {}, true};
  // How often an owner is told of sign-ins from devices that are not known.
  ThrottleRule device_notices{"device-notices", 10, std::chrono::hours{1}};
  ThrottleRule app_codes{"app-codes", 10, std::chrono::hours{1}};
  ThrottleRule recovery_codes{"recovery-codes", 10, std::chrono::hours{1}};
  // How often an owner is told that a second factor was wrong.
  ThrottleRule factor_notices{"factor-notices", 1, std::chrono::hours{1}};
};

struct Spent {
  bool allowed = true;
  std::optional<Instant> retry_at{};  // when refused
  bool began_lock = false;            // by this try, which was still allowed
};

// Any thread. Subjects (account ids, typed names, addresses) are stored as keyed digests only.
class Throttle {
 public:
  explicit Throttle(const ports::Vault& vault) : vault_(vault) {}
  // Counts a try before it is made, within the write transaction that decides to make it: tries that run at
  // the same time cannot outrun the limit. The last one of a window is still allowed, and locks.
  Result<Spent> spend(ports::ThrottleStore& store, const ThrottleRule& rule, std::string_view subject,
                      Instant now) const;
  // The try was good: forgets the tries and the locks.
  Result<void> forgive(ports::ThrottleStore& store, const ThrottleRule& rule, std::string_view subject,
                       Instant now) const;
  // As it stands; counts nothing.
  Result<ports::ThrottleState> look(ports::ThrottleStore& store, const ThrottleRule& rule,
                                    std::string_view subject) const {
    return store.read(key(rule, subject));
  }

 private:
  std::string key(const ThrottleRule& rule, std::string_view subject) const;
  const ports::Vault& vault_;
};

Trouble rate_limited(const Spent& spent);
// The part of an IP address that counts as one caller: all of IPv4, the /64 of IPv6.
std::string counted_address(std::string_view address);

}  // namespace casebridge::identity
