// Line ends are CR LF and nothing else (RFC 9112 §2.2 lets a recipient be stricter than the robust reading).
#include "core/http/head_reader.hpp"

namespace casebridge::http {

HeadReader::State HeadReader::look_at(std::string_view buffer) {
  for (; next_ < buffer.size(); ++next_) {
    if (next_ >= limits::request_head_bytes_max) return refuse(HeadFault::head_too_large);
    const char octet = buffer[next_];
    if (octet == '\0') return refuse(HeadFault::nul_octet);
    if (after_cr_ && octet != '\n') return refuse(HeadFault::bare_cr);
    if (octet == '\n') {
      if (!after_cr_) return refuse(HeadFault::bare_lf);
      after_cr_ = false;
      const bool empty = next_ - line_begin_ == 1;
      line_begin_ = next_ + 1;
      if (!empty) {
        started_ = true;
      } else if (started_) {
        size_ = ++next_;
        return State::complete;
      } else if (next_ > 1) {  // one empty line before the request line is forgiven, a second is not
        return refuse(HeadFault::request_line_malformed);
      }
      continue;
    }
    after_cr_ = octet == '\r';
    // A request target that never ends is told apart from a head that is too large.
    if (!started_ && next_ - line_begin_ > limits::request_target_bytes_max + 32) {
      return refuse(HeadFault::target_too_long);
    }
  }
  return State::incomplete;
}

}  // namespace casebridge::http
