// HeadReader: finds the end of a request head in octets as they arrive, and refuses broken line ends at once.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/base/limits.hpp"
#include "core/http/head_fault.hpp"

namespace casebridge::http {

class HeadReader {
 public:
  enum class State { incomplete, complete, refused };

  // `buffer` is everything received for this head so far, growing from call to call. An octet is looked at
  // once.
  State look_at(std::string_view buffer);
  // Octets of the head with its closing empty line; an empty line before the request line is counted in.
  std::size_t size() const noexcept { return size_; }
  HeadFault fault() const noexcept { return fault_; }

 private:
  State refuse(HeadFault fault) {
    fault_ = fault;
    return State::refused;
  }

  std::size_t next_ = 0;  // first octet not looked at
  std::size_t line_begin_ = 0;
  bool started_ = false;  // a line that is not empty was seen
  bool after_cr_ = false;
  std::size_t size_ = 0;
  HeadFault fault_ = HeadFault::none;
};

}  // namespace casebridge::http
