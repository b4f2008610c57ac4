// ChunkReader: takes a chunked body apart (RFC 9112 §7.1), strictly. Pure; octets in, octets out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/http/head_fault.hpp"

namespace casebridge::http {

class ChunkReader {
 public:
  enum class State { more, done, refused };

  explicit ChunkReader(std::size_t body_bytes_max) : body_bytes_max_(body_bytes_max) {}
  // Takes octets from the front of `input` and appends what is content to `body`. `taken` says how many were
  // used; after `done` the rest belongs to the next request.
  State read(std::string_view input, std::string& body, std::size_t& taken);
  HeadFault fault() const noexcept { return fault_; }

 private:
  enum class Part { size, content, content_end, trailer };
  State take_content(std::string_view& input, std::string& body);
  State take_framing(std::string_view& input);
  bool take_line(std::string_view& input, std::string_view& line);
  bool is_hopeless() const;
  State refuse(HeadFault fault);
  State begin_chunk(std::string_view line);
  State check_trailer(std::string_view line);

  std::size_t body_bytes_max_;
  Part part_ = Part::size;
  std::string line_;         // the line under way
  bool malformed_ = false;   // by its line end
  std::size_t left_ = 0;     // octets of the chunk still to come
  std::size_t framing_ = 0;  // octets spent on sizes, extensions and trailers
  std::size_t content_ = 0;
  HeadFault fault_ = HeadFault::none;
};

}  // namespace casebridge::http
