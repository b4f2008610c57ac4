// The sign-in: a case number, four digits of a Social Security number and a PIN for a token.
#pragma once

#include "plugins/ohio_csenet/exchange.hpp"

namespace casebridge::ohio_csenet {

// One AUTH at most. What is not of the right form is refused by name and costs no try.
sdk::Answer<model::AuthStep> begin_session(const Exchange& exchange, const model::AuthBegin& begin);

// Done also when the state does not know the token.
sdk::Answer<sdk::Done> end_session(const Exchange& exchange);

}  // namespace casebridge::ohio_csenet
