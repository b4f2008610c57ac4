// One look at the account's factors.
#include "core/identity/step_up.hpp"

namespace casebridge::identity {

Result<void> check_step_up(ports::FactorStore& factors, const model::Caller& caller, Instant now,
                           std::chrono::seconds age) {
  CASEBRIDGE_TRY(const bool has_factor, factors.has_second_factor(caller.account));
  const auto strongest = has_factor ? model::Assurance::two_factor : model::Assurance::password;
  const bool strong = static_cast<int>(caller.assurance) >= static_cast<int>(strongest);
  if (strong && now - caller.authenticated_at <= age) return {};
  Trouble required = trouble(TroubleCode::step_up_required);
  required.remedy_action = "step_up";
  return required;
}

}  // namespace casebridge::identity
