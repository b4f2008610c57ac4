// Sizes are hexadecimal digits and CR LF; extensions and trailer fields are refused, nobody needs them here.
#include "core/http/chunk_reader.hpp"

#include <algorithm>
#include <charconv>

namespace casebridge::http {
namespace {

constexpr std::size_t size_digits_max = 8;
constexpr std::size_t framing_bytes_max = 64 * 1024;  // a body sent in one-octet chunks ends here

}  // namespace

ChunkReader::State ChunkReader::refuse(HeadFault fault) {
  fault_ = fault;
  return State::refused;
}

// Moves octets into line_ until CR LF; true when the line is whole. `line` is valid until the next call.
bool ChunkReader::take_line(std::string_view& input, std::string_view& line) {
  while (!input.empty()) {
    line_.push_back(input.front());
    input.remove_prefix(1);
    ++framing_;
    if (line_.size() >= 2 && line_.ends_with("\r\n")) {
      line = std::string_view(line_).substr(0, line_.size() - 2);
      return true;
    }
    if (line_.size() > size_digits_max + 2 || framing_ > framing_bytes_max) return false;
  }
  return false;
}

ChunkReader::State ChunkReader::begin_chunk(std::string_view line) {
  if (line.empty() || line.size() > size_digits_max) return refuse(HeadFault::chunk_malformed);
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), left_, 16);
  const bool plain = line.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  if (!plain || error != std::errc{} || end != line.data() + line.size())
    return refuse(HeadFault::chunk_malformed);
  if (content_ + left_ > body_bytes_max_) return refuse(HeadFault::body_too_large);
  part_ = left_ == 0 ? Part::trailer : Part::content;
  line_.clear();
  return State::more;
}

ChunkReader::State ChunkReader::take_content(std::string_view& input, std::string& body) {
  const std::size_t some = std::min(left_, input.size());
  body.append(input.substr(0, some));
  input.remove_prefix(some);
  left_ -= some;
  content_ += some;
  if (left_ == 0) part_ = Part::content_end;
  return State::more;
}

ChunkReader::State ChunkReader::take_framing(std::string_view& input) {
  std::string_view line;
  if (!take_line(input, line)) {
    const bool too_long = line_.size() > size_digits_max + 2 || framing_ > framing_bytes_max;
    return too_long ? refuse(HeadFault::chunk_malformed) : State::more;
  }
  if (part_ == Part::size) return begin_chunk(line);
  if (!line.empty()) return refuse(HeadFault::chunk_malformed);
  if (part_ == Part::trailer) return State::done;
  part_ = Part::size;
  line_.clear();
  return State::more;
}

ChunkReader::State ChunkReader::read(std::string_view input, std::string& body, std::size_t& taken) {
  const std::size_t all = input.size();
  State state = State::more;
  while (state == State::more && !input.empty()) {
    state = part_ == Part::content ? take_content(input, body) : take_framing(input);
  }
  taken = all - input.size();
  return state;
}

}  // namespace casebridge::http
