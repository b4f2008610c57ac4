// The running clock: the machine's time plus a constant.
#include "core/base/clock.hpp"

namespace casebridge {
namespace {

Instant machine_time() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

}  // namespace

RunningClock::RunningClock(Instant starts_at) : shift_(starts_at - machine_time()) {}

Instant RunningClock::now() const { return machine_time() + shift_; }

}  // namespace casebridge
