// What a parent typed, checked as far as the interface can carry it.
#pragma once

#include <string>

#include "core/model/adapter_messages.hpp"
#include "plugins/sdk/answer.hpp"

namespace casebridge::texas_icop {

// Not empty, UTF-8, and not too long; else a refusal names it, without a call to the state.
sdk::Answer<const SecretBytes*> typed(const model::SecretFields& fields, const std::string& name,
                                      std::size_t length_max);
// A day of the calendar, as YYYY-MM-DD; the answer is as the state writes it.
sdk::Answer<std::string> typed_date(const model::SecretFields& fields, const std::string& name);

}  // namespace casebridge::texas_icop
