// Regions are reserved at once and never given back before the end; a window of one is made writable for a
// while and turned into empty pages after it.
#include "core/switchboard/call_places.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <new>
#include <type_traits>

namespace casebridge::switchboard {
namespace {

static_assert(std::is_trivially_destructible_v<CallPlace>);

// Pages that read as zeros and take no memory. Where there is something already, it is gone.
std::byte* map_empty(void* wanted, std::size_t bytes, int protection) {
  const int fixed = wanted == nullptr ? 0 : MAP_FIXED;
  void* const made =
      ::mmap(wanted, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | fixed, -1, 0);
  if (made == MAP_FAILED) throw std::bad_alloc();
  return static_cast<std::byte*>(made);
}

}  // namespace

CallPlaces::~CallPlaces() {
  for (std::byte* const region : regions_) ::munmap(region, region_bytes);
}

void CallPlaces::open_window() {
  if (region_used_ == region_bytes) {
    regions_.reserve(regions_.size() + 1);
    regions_.push_back(map_empty(nullptr, region_bytes, PROT_READ));
    region_used_ = 0;
  }
  windows_.reserve(windows_.size() + 1);
  std::byte* const begin = regions_.back() + region_used_;
  windows_.push_back({map_empty(begin, window_bytes, PROT_READ | PROT_WRITE)});
  region_used_ += window_bytes;
}

// One that cannot be closed stays as it is: its places are used up all the same.
void CallPlaces::close_window(const Window& window) {
  try {
    map_empty(window.begin, window_bytes, PROT_READ);
  } catch (const std::bad_alloc&) {
  }
}

CallPlace* CallPlaces::take() {
  const std::scoped_lock lock(mutex_);
  if (windows_.empty() || windows_.back().used == places_per_window) open_window();
  Window& window = windows_.back();
  std::byte* const at = window.begin + window.used * sizeof(CallPlace);
  ++window.used;
  ++window.open;
  return ::new (at) CallPlace{};
}

void CallPlaces::give_back(CallPlace* place) {
  const std::scoped_lock lock(mutex_);
  const auto* const at = reinterpret_cast<const std::byte*>(place);
  const auto window = std::find_if(windows_.begin(), windows_.end(), [&](const Window& one) {
    return at >= one.begin && at < one.begin + window_bytes;
  });
  place->call = {};
  place->call.struct_size = sizeof place->call;
  place->call.is_over = [](const casebridge_call*) -> std::int32_t { return 1; };
  if (--window->open > 0 || window->used < places_per_window) return;
  close_window(*window);
  windows_.erase(window);
}

}  // namespace casebridge::switchboard
