// Instant: a UTC second. Text form is RFC 3339 with Z, as in 2026-03-16T14:00:00Z.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace casebridge {

using Instant = std::chrono::sys_seconds;

std::string to_text(Instant instant);
// Accepts YYYY-MM-DDThh:mm:ssZ only (fractions of a second are cut off); nullopt for anything else.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace casebridge
