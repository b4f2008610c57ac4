// That a state is closed for maintenance, as a sentence by the state's own clocks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/desk/closing.hpp"
#include "core/http/problem.hpp"

namespace casebridge::http::encode {

// "Texas is closed for maintenance until 6 AM Texas time; these figures are from February 27." Without the
// figures when there is neither `as_of` (YYYY-MM-DD) nor `read_at`; empty when there is no closing.
std::string closing_text(const std::optional<desk::StateClosing>& closing,
                         const std::optional<std::string>& as_of, const ProblemContext& context,
                         const std::optional<Instant>& read_at = std::nullopt);

}  // namespace casebridge::http::encode
