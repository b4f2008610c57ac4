// Forms in systems.yaml: what a parent is asked at a sign-in, an enrolment, or for a forgotten credential.
#pragma once

#include "core/base/settings_file.hpp"
#include "core/ports/systems.hpp"

namespace casebridge::switchboard {

// Members `fields` and `ssn_notice` of the section. Trouble invalid_field with file:line: key, also where an
// SSN is asked without a notice.
Result<void> read_form(const Settings& section, ports::LoginForm& form);
// Sections `enrolment` and `recovery` of a system; both may be missing.
Result<void> read_other_forms(const Settings& system, ports::SystemInfo& info);

}  // namespace casebridge::switchboard
