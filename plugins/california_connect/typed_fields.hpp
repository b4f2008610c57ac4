// What a parent typed into the fields of a form of ours, checked before it goes anywhere.
#pragma once

#include <string>

#include "plugins/sdk/answer.hpp"

namespace casebridge::california_connect {

model::Refusal invalid_field(const std::string& name);
// Neither empty nor longer, and without control characters; the refusal names the field.
sdk::Answer<const SecretBytes*> typed(const model::SecretFields& fields, const std::string& name,
                                      std::size_t length_max);
// Ten to fifteen digits, as participant IDs have.
sdk::Answer<const SecretBytes*> typed_participant(const model::SecretFields& fields);

}  // namespace casebridge::california_connect
