// The change of a temporary PIN, which the portal demands before it shows anything.
#pragma once

#include <string>

#include "plugins/california_connect/exchange.hpp"

namespace casebridge::california_connect {

// A session of the portal that is open for everything; in sign_in.cpp.
model::AuthStep signed_in(const Exchange& exchange, const std::string& participant_id);

// The question for a new PIN. The old one goes into `resume`, so that it is never sent as the new one.
sdk::Answer<model::AuthStep> new_pin_wanted(const Exchange& exchange, const std::string& participant_id,
                                            const SecretBytes& old_pin);

// Six digits, neither the old ones nor six alike, nor 123456 or 654321: what the portal would refuse.
bool is_usable_pin(std::string_view pin, std::string_view old_pin);

}  // namespace casebridge::california_connect
