// Counts in the guard's table, under a digest that no typed name can have.
#include "core/desk/guess_limit.hpp"

#include <utility>

#include "core/federation/lockout_rule.hpp"

namespace casebridge::desk {
namespace {

// More than a parent needs who tries both user names and every password they ever had.
constexpr ports::Lockout refusals_of_a_day{10, std::chrono::hours{24}, std::chrono::hours{24}};

std::string place_of(const Desk& desk, const AccountId& account, const std::string& system) {
  return desk.vault.fingerprint("guess-limit", system + '\n' + account.text());
}

}  // namespace

Result<void> reserve_guess(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                           const std::string& system) {
  const Instant now = desk.clock.now();
  const std::string place = place_of(desk, account, system);
  CASEBRIDGE_TRY(ports::GuardState state, tx.guard().read(system, place));
  if (federation::tries_left(state, refusals_of_a_day, now).value_or(1) > 0)
    return tx.guard().write(system, place,
                            federation::after_reserving(std::move(state), refusals_of_a_day, now));
  Trouble limited = trouble(TroubleCode::rate_limited, "refused sign-ins of one account");
  limited.retry_at = state.window_start + refusals_of_a_day.window;
  return limited;
}

Result<void> give_back_guess(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                             const std::string& system) {
  const std::string place = place_of(desk, account, system);
  CASEBRIDGE_TRY(ports::GuardState state, tx.guard().read(system, place));
  return tx.guard().write(system, place, federation::after_giving_back(std::move(state)));
}

}  // namespace casebridge::desk
