// Hands the wish on to the identity wing.
#include "core/desk/start_flow.hpp"

#include "core/identity/flows.hpp"

namespace casebridge::desk {

Result<identity::FlowView> StartFlow::run(const Request& request) const {
  return flows_.start(request.kind, request.transport, request.locale, request.caller, request.origin);
}

}  // namespace casebridge::desk
