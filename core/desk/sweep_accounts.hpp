// SweepAccounts: the regular clean-up of what flows and sessions leave behind.
#pragma once

#include <chrono>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/identity/sessions.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

struct AccountSweepSettings {
  std::chrono::seconds unconfirmed_life =
      std::chrono::hours{24};  // accounts whose address was never confirmed
  std::chrono::seconds throttle_memory =
      std::chrono::hours{24};                                // after that, locks begin at the first again
  std::chrono::seconds flow_memory = std::chrono::hours{1};  // expired flows still say that they expired
};

class SweepAccounts {
 public:
  SweepAccounts(ports::Store& store, const Clock& clock, identity::SessionSettings sessions,
                AccountSweepSettings settings = {})
      : store_(store), clock_(clock), sessions_(sessions), settings_(settings) {}

  struct Swept {
    int accounts = 0;
    int sessions = 0;
    int flows = 0;
    int devices = 0;
    int links_and_holds = 0;
    int throttles = 0;
  };
  // Any thread.
  Result<Swept> run() const;

 private:
  ports::Store& store_;
  const Clock& clock_;
  identity::SessionSettings sessions_;
  AccountSweepSettings settings_;
};

}  // namespace casebridge::desk
