// Asks the identity wing for the present form.
#include "core/desk/read_flow.hpp"

#include "core/identity/flows.hpp"

namespace casebridge::desk {

Result<identity::FlowView> ReadFlow::run(const Request& request) const {
  return flows_.read(request.flow, request.caller);
}

}  // namespace casebridge::desk
