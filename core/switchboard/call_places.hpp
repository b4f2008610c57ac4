// CallPlaces: memory for the calls of one adapter. No address is given out twice, so an adapter that keeps
// the address of a call that is over can never name a later one.
#pragma once

#include <cstddef>
#include <mutex>
#include <vector>

#include "core/base/deadline.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {

// What an adapter gets the address of. Nothing in it needs a destructor.
struct CallPlace {
  casebridge_call call{};
  const Deadline* deadline = nullptr;
};

// Any thread. Only addresses are used up, 64 GiB of them for half a billion calls; memory is that of the
// calls which go on. What is left where a call was says that it is over: a struct_size of 0, or is_over.
class CallPlaces {
 public:
  CallPlaces() = default;
  ~CallPlaces();
  CallPlaces(const CallPlaces&) = delete;
  CallPlaces& operator=(const CallPlaces&) = delete;

  CallPlace* take();  // throws std::bad_alloc
  void give_back(CallPlace* place);

 private:
  static constexpr std::size_t region_bytes = std::size_t{1} << 30;
  static constexpr std::size_t window_bytes = std::size_t{64} * 1024;
  static constexpr std::size_t places_per_window = window_bytes / sizeof(CallPlace);

  // A stretch of a region that may be written, until all calls in it are over.
  struct Window {
    std::byte* begin = nullptr;
    std::size_t used = 0, open = 0;
  };
  void open_window();
  static void close_window(const Window& window);

  std::mutex mutex_;
  std::vector<std::byte*> regions_;
  std::size_t region_used_ = region_bytes;  // of the last region
  std::vector<Window> windows_;             // the last one is being filled
};

}  // namespace casebridge::switchboard
