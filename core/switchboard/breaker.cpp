// closed -> open after failures in a row; open -> half open after a rest; half open -> closed or open by one
// probe.
#include "core/switchboard/breaker.hpp"

namespace casebridge::switchboard {

std::optional<std::chrono::milliseconds> CircuitBreaker::enter(Moment now) {
  const std::scoped_lock lock(mutex_);
  if (!opened_) return std::nullopt;
  const auto rested = std::chrono::duration_cast<std::chrono::milliseconds>(now - *opened_);
  if (rested < rules_.rest) return rules_.rest - rested;
  if (probing_) return std::chrono::milliseconds{1000};
  probing_ = true;
  return std::nullopt;
}

void CircuitBreaker::done(bool answered, Moment now) {
  const std::scoped_lock lock(mutex_);
  const bool was_probe = std::exchange(probing_, false);
  if (answered) {
    failures_ = 0;
    opened_.reset();
    return;
  }
  if (failures_ == 0 || now - first_failure_ > rules_.window) {
    failures_ = 0;
    first_failure_ = now;
  }
  ++failures_;
  if (was_probe || failures_ >= rules_.failures_max) opened_ = now;
}

ports::Breaker CircuitBreaker::state(Moment now) const {
  const std::scoped_lock lock(mutex_);
  if (!opened_) return ports::Breaker::closed;
  return now - *opened_ >= rules_.rest ? ports::Breaker::half_open : ports::Breaker::open;
}

}  // namespace casebridge::switchboard
