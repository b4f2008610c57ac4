// Hands the fields on to the identity wing.
#include "core/desk/submit_flow.hpp"

#include "core/identity/flows.hpp"

namespace casebridge::desk {

Result<identity::FlowView> SubmitFlow::run(const Request& request) const {
  return flows_.submit(request.flow, request.seq, request.fields, request.caller, request.origin,
                       request.device);
}

}  // namespace casebridge::desk
