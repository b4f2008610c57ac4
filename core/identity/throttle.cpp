// Windows and locks, as plain arithmetic on the stored state.
#include "core/identity/throttle.hpp"

#include <algorithm>

#include "core/identity/network_prefix.hpp"

namespace casebridge::identity {

std::string Throttle::key(const ThrottleRule& rule, std::string_view subject) const {
  return std::string(rule.name) + ":" + vault_.fingerprint("throttle", subject);
}

Result<Spent> Throttle::spend(ports::ThrottleStore& store, const ThrottleRule& rule, std::string_view subject,
                              Instant now) const {
  const std::string where = key(rule, subject);
  CASEBRIDGE_TRY(ports::ThrottleState state, store.read(where));
  if (state.locked_until && now < *state.locked_until) return Spent{false, state.locked_until};
  const bool endless = rule.window.count() == 0;
  if (state.locked_until || (!endless && now >= state.window_start + rule.window)) {
    state.locked_until.reset();
    state.count = 0;
    state.window_start = now;
  }
  // Clocks of nodes differ by seconds, which must not forget tries; and a clock that was turned back must not
  // leave somebody locked out for longer than the window.
  state.window_start = endless ? now : std::min(state.window_start, now);
  if (state.count >= rule.tries_max) return Spent{false, state.window_start + rule.window};
  ++state.count;
  state.kept = rule.kept;
  Spent spent;
  if (state.count == rule.tries_max && rule.first_lock.count() > 0) {
    state.locked_until = now + (state.locks == 0 ? rule.first_lock : rule.later_lock);
    ++state.locks;
    spent.began_lock = true;
  }
  CASEBRIDGE_CHECK(store.write(where, state));
  return spent;
}

Result<void> Throttle::forgive(ports::ThrottleStore& store, const ThrottleRule& rule,
                               std::string_view subject, Instant now) const {
  ports::ThrottleState fresh;
  fresh.window_start = now;
  return store.write(key(rule, subject), fresh);
}

Trouble rate_limited(const Spent& spent) {
  Trouble made = trouble(TroubleCode::rate_limited, "too many tries");
  made.retry_at = spent.retry_at;
  return made;
}

std::string counted_address(std::string_view address) { return network_prefix(address, 32, 64); }

}  // namespace casebridge::identity
