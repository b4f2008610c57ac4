// Two event descriptors, so that a thread that waits for a socket wakes without a time-out of its own.
#include "core/http/stop_signal.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace casebridge::http {
namespace {

void raise_event(int descriptor) noexcept {
  const std::uint64_t one = 1;
  // Fails only when the counter would overflow, and then the descriptor is readable already.
  [[maybe_unused]] const auto written = ::write(descriptor, &one, sizeof one);
}

}  // namespace

StopSignal::StopSignal() : drain_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (drain_ >= 0) abort_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (abort_ >= 0) return;
  if (drain_ >= 0) ::close(drain_);
  throw std::runtime_error("no descriptor for the stop signal");
}

StopSignal::~StopSignal() {
  ::close(drain_);
  ::close(abort_);
}

void StopSignal::drain() noexcept {
  draining_ = true;
  raise_event(drain_);
}

void StopSignal::abort() noexcept {
  drain();
  raise_event(abort_);
}

}  // namespace casebridge::http
