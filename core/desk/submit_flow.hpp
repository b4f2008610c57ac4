// SubmitFlow: takes the fields of the step in turn, and ends the flow with a session where it leads to one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/identity/flow_view.hpp"
#include "core/model/caller.hpp"

namespace casebridge::identity {
class Flows;
}

namespace casebridge::desk {

class SubmitFlow {
 public:
  struct Request {
    std::string flow;      // as it came in; a malformed id is flow_not_found
    std::int64_t seq = 0;  // of the view the fields were typed into
    identity::FlowFields fields{};
    std::optional<model::Caller> caller{};  // who is signed in, if anybody
    model::Origin origin;
    std::string_view device{};  // what the browser keeps of earlier sign-ins; stays in the request's head
  };

  explicit SubmitFlow(identity::Flows& flows) : flows_(flows) {}
  // Any thread; blocks for a password hash. A wrong password or code is a view with `refusal`. Troubles:
  // flow_not_found, flow_expired, flow_out_of_order (seq, or already done), invalid_field, rate_limited,
  // resend_too_early, overloaded, dependency_failed.
  Result<identity::FlowView> run(const Request& request) const;

 private:
  identity::Flows& flows_;
};

}  // namespace casebridge::desk
