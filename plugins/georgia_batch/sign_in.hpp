// Signing in with a PIN that came by post, and asking the state for one.
#pragma once

#include "core/model/adapter_messages.hpp"
#include "plugins/sdk/host.hpp"

namespace casebridge::georgia_batch {

// Case number and PIN of a parent who has one.
sdk::Answer<model::AuthStep> begin_session(const sdk::Call& call, const model::AuthBegin& begin);
// Asks the state to send a PIN; goes on with `continue_enrolment`, days later.
sdk::Answer<model::AuthStep> begin_enrolment(const sdk::Call& call, const model::AuthBegin& begin);
sdk::Answer<model::AuthStep> continue_enrolment(const sdk::Call& call, const SecretBytes& resume,
                                                const model::AuthAnswer& answer);
sdk::Answer<sdk::Done> end_session(const sdk::Call& call, const SecretBytes& session);

}  // namespace casebridge::georgia_batch
