// ReadFlow: the form of the step in turn, for a client that was reloaded. Never hands out a session.
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

class ReadFlow {
 public:
  struct Request {
    std::string flow;
    std::optional<model::Caller> caller{};
  };

  explicit ReadFlow(identity::Flows& flows) : flows_(flows) {}
  // Any thread. Troubles: flow_not_found, flow_expired, dependency_failed.
  Result<identity::FlowView> run(const Request& request) const;

 private:
  identity::Flows& flows_;
};

}  // namespace casebridge::desk
