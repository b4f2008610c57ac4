// Signing in without a secret: the gateway vouches for the parent, and the state knows the parent by number.
#pragma once

#include "core/base/secret.hpp"
#include "plugins/kansas_quick/exchange.hpp"

namespace casebridge::kansas_quick {

// One FindCases shows whether the state has bound our name for the parent to the number that was typed.
sdk::Answer<model::AuthStep> begin_session(sdk::Call& call, const Endpoint& endpoint,
                                           const model::AuthBegin& begin);

// The way of a parent who has signed in; the number is all that a session holds.
sdk::Answer<Exchange> with_session(sdk::Call& call, const Endpoint& endpoint, const SecretBytes& session);

}  // namespace casebridge::kansas_quick
