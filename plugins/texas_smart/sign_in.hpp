// The sign-in machine of the service: user name and password, then always a code by phone or e-mail.
#pragma once

#include "core/base/secret.hpp"
#include "plugins/texas_smart/exchange.hpp"

namespace casebridge::texas_smart {

// One login call at most. What was typed is sent as it was typed: case and blanks matter to the state. A
// field `channel` (phone or email) is the parent's wish where the code shall go; without it the state
// decides.
sdk::Answer<model::AuthStep> begin_session(const Exchange& exchange, const model::AuthBegin& begin);

// `resume` is what the challenge gave. An answer, or a request for another code, perhaps by another
// `channel`.
sdk::Answer<model::AuthStep> continue_session(const Exchange& exchange, const SecretBytes& resume,
                                              const model::AuthAnswer& answer);

// Done also when the state no longer knows the session.
sdk::Answer<sdk::Done> end_session(const Exchange& exchange);

}  // namespace casebridge::texas_smart
