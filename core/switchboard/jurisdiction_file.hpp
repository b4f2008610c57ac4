// states/<xx>/profile.yaml and guidance: who the agency of a jurisdiction is, each fact with its provenance.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/ports/systems.hpp"

namespace casebridge::switchboard {

// `systems` of the result is empty. Trouble invalid_field with file:line: key.
Result<ports::JurisdictionInfo> read_jurisdiction(const std::string& folder);

}  // namespace casebridge::switchboard
