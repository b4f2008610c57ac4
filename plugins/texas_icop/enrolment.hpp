// An account for a parent who has none, and help for one who forgot.
#pragma once

#include "core/base/secret.hpp"
#include "core/model/write_messages.hpp"
#include "plugins/texas_icop/exchange.hpp"

namespace casebridge::texas_icop {

// Who the person is: names, date of birth, and two of `ssn`, `cin` and `case_number`. Then a name and a
// password are chosen, then a code comes by mail, and then the parent is signed in like anybody else. The new
// account asks for a code by mail at each sign-in.
sdk::Answer<model::AuthStep> begin_enrolment(const Exchange& exchange, const model::AuthBegin& begin);

// Whether a step belongs to an enrolment, and the steps that do.
bool is_enrolment(const SecretBytes& resume);
sdk::Answer<model::AuthStep> continue_enrolment(const Exchange& exchange, const SecretBytes& resume,
                                                const model::AuthAnswer& answer);

// The state writes to the address it knows, if it knows one; it never says whether it did.
sdk::Answer<model::RecoveryAnswer> recover(const Exchange& exchange, const model::RecoveryQuery& query);

}  // namespace casebridge::texas_icop
