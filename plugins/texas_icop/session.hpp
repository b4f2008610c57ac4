// The sign-in machine of iCOP: password, then perhaps a code by e-mail or a security question, then a token.
#pragma once

#include "core/base/secret.hpp"
#include "plugins/texas_icop/exchange.hpp"

namespace casebridge::texas_icop {

// One login call at most. What was typed is sent as it was typed: case and blanks matter to the state.
sdk::Answer<model::AuthStep> begin_session(const Exchange& exchange, const model::AuthBegin& begin);

// `resume` is what the challenge gave. An answer, or a request for another code.
sdk::Answer<model::AuthStep> continue_session(const Exchange& exchange, const SecretBytes& resume,
                                              const model::AuthAnswer& answer);

}  // namespace casebridge::texas_icop
