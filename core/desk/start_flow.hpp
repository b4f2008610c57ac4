// StartFlow: begins a registration, a sign-in, or anything else that core/identity/flow_table.cpp lists.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/identity/flow_view.hpp"
#include "core/model/caller.hpp"

namespace casebridge::identity {
class Flows;
}

namespace casebridge::desk {

class StartFlow {
 public:
  struct Request {
    std::string kind;                       // registration, sign_in, step_up, add_totp ...
    std::string transport;                  // cookie, bearer: how the session at its end will be carried
    std::string locale = "en";              // en, es; anything else is taken as en
    std::optional<model::Caller> caller{};  // needed by kinds that begin with a session
    model::Origin origin;
  };

  explicit StartFlow(identity::Flows& flows) : flows_(flows) {}
  // Any thread. Troubles: invalid_field (kind, transport), token_missing, step_up_required, not_found (no
  // app to remove), rate_limited, dependency_failed.
  Result<identity::FlowView> run(const Request& request) const;

 private:
  identity::Flows& flows_;
};

}  // namespace casebridge::desk
