// Policies per dataset, and the comparison with the clock.
#include "core/federation/freshness.hpp"

#include <array>

namespace casebridge::federation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct NamedPolicy {
  std::string_view dataset;
  FreshnessPolicy policy;
};

constexpr hours one_day{24};
constexpr FreshnessPolicy of_money{hours{12}, 30 * one_day};
constexpr FreshnessPolicy of_cases{hours{24}, 90 * one_day};
constexpr FreshnessPolicy of_messages{minutes{15}, 3 * one_day};

constexpr std::array<NamedPolicy, 11> policies{{
    {"cases", of_cases},
    {"orders", of_cases},
    {"obligations", of_cases},
    {"contacts", of_cases},
    {"balances", of_money},
    {"payments", of_money},
    {"disbursements", of_money},
    {"enforcement", of_money},
    {"events", of_money},
    {"documents", {hours{24}, 180 * one_day}},
    {"messages", of_messages},
}};

}  // namespace

FreshnessPolicy freshness_policy_of(std::string_view dataset) {
  for (const NamedPolicy& named : policies)
    if (named.dataset == dataset) return named.policy;
  return of_messages;
}

std::string_view name_of(FreshnessStatus status) {
  constexpr std::array<std::string_view, 4> names{"fresh", "stale", "expired", "unknown"};
  return names[static_cast<std::size_t>(status)];
}

Freshness freshness_of(std::string_view dataset, std::optional<Instant> verified_at, Instant now) {
  if (!verified_at) return {};
  const FreshnessPolicy policy = freshness_policy_of(dataset);
  Freshness made{FreshnessStatus::expired, *verified_at + policy.fresh, *verified_at + policy.usable};
  if (now < *made.fresh_until)
    made.status = FreshnessStatus::fresh;
  else if (now < *made.usable_until)
    made.status = FreshnessStatus::stale;
  return made;
}

}  // namespace casebridge::federation
