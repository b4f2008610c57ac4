// Sizes are hexadecimal digits. Extensions and trailer fields must be well formed, and are thrown away.
#include "core/http/chunk_reader.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"
#include "core/http/field_grammar.hpp"
#include "core/http/head_check.hpp"

namespace casebridge::http {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdefABCDEF";
constexpr std::size_t size_digits_max = 8;
constexpr std::size_t line_bytes_max = 4 * 1024;
constexpr std::size_t framing_bytes_max = 64 * 1024;  // a body sent in one-octet chunks ends here

// *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ), RFC 9112 §7.1.1.
bool are_extensions(std::string_view text) {
  if (!is_field_value(text)) return false;
  while (!text.empty()) {
    text = without_blanks(text);
    if (!text.starts_with(';')) return false;
    text = without_blanks(text.substr(1));
    const std::size_t name = token_size(text);
    if (name == 0) return false;
    text.remove_prefix(name);
    const std::string_view behind = without_blanks(text);
    if (!behind.starts_with('=')) continue;
    text = without_blanks(behind.substr(1));
    const std::size_t value = text.starts_with('"') ? quoted_size(text) : token_size(text);
    if (value == 0) return false;
    text.remove_prefix(value);
  }
  return true;
}

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
    malformed_ = line_.back() == '\n' || (line_.size() >= 2 && line_[line_.size() - 2] == '\r');
    if (is_hopeless()) return false;
  }
  return false;
}

// Whether the line under way is refused however it ends: behind a broken line end there may be no other.
bool ChunkReader::is_hopeless() const {
  if (malformed_ || line_.size() > line_bytes_max || framing_ > framing_bytes_max) return true;
  if (part_ == Part::content_end) return line_.front() != '\r';
  if (part_ != Part::size) return false;
  const std::size_t digits = std::min(line_.find_first_not_of(hex_digits), line_.size());
  return digits == 0 || digits > size_digits_max;
}

ChunkReader::State ChunkReader::begin_chunk(std::string_view line) {
  const std::size_t digits = std::min(line.find_first_not_of(hex_digits), line.size());
  if (digits == 0 || digits > size_digits_max || !are_extensions(line.substr(digits)))
    return refuse(HeadFault::chunk_malformed);
  std::from_chars(line.data(), line.data() + digits, left_, 16);
  if (content_ + left_ > body_bytes_max_) return refuse(HeadFault::body_too_large);
  part_ = left_ == 0 ? Part::trailer : Part::content;
  line_.clear();
  return State::more;
}

// What nobody may send here would count if somebody merged it into the head (RFC 9110 §6.5.1).
ChunkReader::State ChunkReader::check_trailer(std::string_view line) {
  const std::size_t colon = std::min(line.find(':'), line.size());
  const std::string name = text::lower_ascii(line.substr(0, colon));
  const bool frames = name == "content-length" || name == "transfer-encoding" || name == "host";
  if (colon == line.size() || frames || !is_token(name) || !is_field_value(line.substr(colon + 1)))
    return refuse(HeadFault::chunk_malformed);
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
  if (!take_line(input, line)) return is_hopeless() ? refuse(HeadFault::chunk_malformed) : State::more;
  if (part_ == Part::size) return begin_chunk(line);
  if (part_ == Part::trailer) return line.empty() ? State::done : check_trailer(line);
  if (!line.empty()) return refuse(HeadFault::chunk_malformed);
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
