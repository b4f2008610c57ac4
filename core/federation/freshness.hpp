// How old stored records are, computed from clocks and never from the absence of an error.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/base/instant.hpp"

namespace casebridge::federation {

struct FreshnessPolicy {
  std::chrono::seconds fresh;   // since the state last confirmed it
  std::chrono::seconds usable;  // beyond it a record is shown, but counts in no sum
};
// By the stored dataset's name; unknown names get the strictest policy.
FreshnessPolicy freshness_policy_of(std::string_view dataset);

enum class FreshnessStatus { fresh, stale, expired, unknown };
std::string_view name_of(FreshnessStatus status);

struct Freshness {
  FreshnessStatus status = FreshnessStatus::unknown;
  std::optional<Instant> fresh_until{};
  std::optional<Instant> usable_until{};
};
// `verified_at`: when the state last confirmed the records.
Freshness freshness_of(std::string_view dataset, std::optional<Instant> verified_at, Instant now);

}  // namespace casebridge::federation
