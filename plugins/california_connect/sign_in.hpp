// The sign-in machine of the portal: participant ID and PIN; a temporary PIN must be changed at once.
#pragma once

#include "core/model/write_messages.hpp"
#include "plugins/california_connect/exchange.hpp"

namespace casebridge::california_connect {

// One login at most, with cookies of its own. ID and PIN are sent as they were typed.
sdk::Answer<model::AuthStep> begin_session(sdk::Call& call, const Endpoint& endpoint,
                                           const model::AuthBegin& begin);

// The new PIN that a parent chose in place of a temporary one.
sdk::Answer<model::AuthStep> continue_session(sdk::Call& call, const Endpoint& endpoint,
                                              const SecretBytes& resume, const model::AuthAnswer& answer);

// A new PIN by e-mail or post; the portal answers the same whether it knows the parent or not.
sdk::Answer<model::RecoveryAnswer> request_pin(sdk::Call& call, const Endpoint& endpoint,
                                               const model::RecoveryQuery& query);

}  // namespace casebridge::california_connect
