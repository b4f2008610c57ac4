// Checks what a parent typed against the form, before any state is asked.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "core/model/adapter_messages.hpp"

namespace casebridge::desk {

// invalid_field names the first field that is missing, unknown, empty, too long or of the wrong kind. Never
// its value.
Result<void> check_fields(const std::vector<model::FieldSpec>& form, const model::SecretFields& fields);

}  // namespace casebridge::desk
