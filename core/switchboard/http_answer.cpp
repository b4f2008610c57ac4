// The reader: status line, header lines, then the body by Content-Length, chunks or the end of the
// connection.
#include "core/switchboard/http_answer.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "core/base/secret.hpp"
#include "core/base/text.hpp"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t head_bytes_max = 64 * 1024;
constexpr std::size_t headers_max = 200;
constexpr std::size_t piece_bytes = 16 * 1024;
constexpr int interim_answers_max = 8;

bool is_token(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || others.find(c) != std::string_view::npos;
  });
}

// HTTP/1.1 200 OK; the phrase may be missing, its content means nothing.
bool parse_status(std::string_view line, HttpAnswer& answer, bool& http_1_0) {
  if (!line.starts_with("HTTP/1.") || line.size() < 12) return false;
  if ((line[7] != '1' && line[7] != '0') || line[8] != ' ') return false;
  if (line.size() > 12 && line[12] != ' ') return false;
  const std::string_view digits = line.substr(9, 3);
  if (!text::all_digits(digits) || digits[0] < '1' || digits[0] > '5') return false;
  http_1_0 = line[7] == '0';
  answer.status = static_cast<unsigned>(*text::parse_int(digits));
  return true;
}

bool parse_header(std::string_view line, HttpAnswer& answer) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return false;
  const std::string_view value = text::trim(line.substr(colon + 1));
  const bool control = std::any_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
  });
  if (control || answer.headers.size() >= headers_max) return false;
  answer.headers.emplace_back(line.substr(0, colon), value);
  return true;
}

std::vector<std::string> values_of(const HttpAnswer& answer, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : answer.headers) {
    if (!text::equal_ignoring_case(key, name)) continue;
    for (const std::string& part : text::split(value, ',')) values.emplace_back(text::trim(part));
  }
  return values;
}

std::optional<std::size_t> parse_hex(std::string_view text) {
  if (text.empty() || text.size() > 8) return std::nullopt;
  std::size_t value = 0;
  for (const char c : text) {
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    value = value * 16 + static_cast<std::size_t>(digit);
  }
  return value;
}

// An answer may hold what a parent typed or who they are: what a text outgrows is wiped.
void append(std::string& into, std::string_view octets) {
  if (into.capacity() - into.size() < octets.size()) {
    std::string wider;
    wider.reserve(2 * (into.size() + octets.size()));
    wider.append(into);
    wipe(into);
    into = std::move(wider);
  }
  into.append(octets);
}

}  // namespace

Reading HttpAnswerReader::fill() {
  if (used_ > piece_bytes) {
    buffer_.erase(0, used_);
    used_ = 0;
  }
  std::array<char, piece_bytes> piece;
  std::size_t size = 0;
  switch (connection_.read(piece, size, patience_)) {
    case Io::done:
      append(buffer_, {piece.data(), size});
      ::explicit_bzero(piece.data(), size);
      return Reading::whole;
    case Io::closed: ended_ = true; return Reading::cut;
    case Io::broken: return Reading::cut;
    case Io::timed_out: return Reading::timed_out;
    case Io::cancelled: return Reading::cancelled;
  }
  return Reading::cut;
}

// Lines end in CR LF and nothing else (RFC 9112 §2.2 would allow more; no system we know needs it).
Reading HttpAnswerReader::read_line(std::string& line, std::size_t& budget) {
  std::size_t seen = 0;  // octets after used_ without a line end
  for (;;) {
    const std::size_t end = buffer_.find('\n', used_ + seen);
    const std::size_t size = (end == std::string::npos ? buffer_.size() : end + 1) - used_;
    if (size > budget) return Reading::not_http;
    if (end != std::string::npos) {
      if (size < 2 || buffer_[end - 1] != '\r') return Reading::not_http;
      line.assign(buffer_, used_, size - 2);
      used_ = end + 1;
      budget -= size;
      return line.find('\r') == std::string::npos ? Reading::whole : Reading::not_http;
    }
    seen = size;
    if (const Reading reading = fill(); reading != Reading::whole) return reading;
  }
}

Reading HttpAnswerReader::read_head(HttpAnswer& answer) {
  std::size_t budget = head_bytes_max;
  std::string line;
  if (const Reading reading = read_line(line, budget); reading != Reading::whole) return reading;
  if (!parse_status(line, answer, http_1_0_)) return Reading::not_http;
  for (;;) {
    if (const Reading reading = read_line(line, budget); reading != Reading::whole) return reading;
    if (line.empty()) return Reading::whole;
    if (!parse_header(line, answer)) return Reading::not_http;
  }
}

Reading HttpAnswerReader::read(HttpAnswer& answer, bool head_only) {
  for (int i = 0; i <= interim_answers_max; ++i) {
    answer = {};
    if (const Reading reading = read_head(answer); reading != Reading::whole) return reading;
    if (answer.status == 101) return Reading::not_http;  // nobody asked for another protocol
    if (answer.status >= 200) return read_body(answer, head_only);
  }
  return Reading::not_http;
}

// RFC 9112 §6.3, with every doubtful case refused: both lengths, two different lengths, another transfer
// coding.
Reading HttpAnswerReader::read_body(HttpAnswer& answer, bool head_only) {
  const auto closing = values_of(answer, "Connection");
  const bool closes = std::any_of(closing.begin(), closing.end(), [](const std::string& option) {
    return text::equal_ignoring_case(option, "close");
  });
  answer.reusable = !closes && !http_1_0_;
  const auto codings = values_of(answer, "Transfer-Encoding");
  const auto lengths = values_of(answer, "Content-Length");
  if (!codings.empty() && (!lengths.empty() || codings.size() != 1 || http_1_0_ ||
                           !text::equal_ignoring_case(codings[0], "chunked")))
    return Reading::not_http;
  if (std::any_of(lengths.begin(), lengths.end(), [&](const std::string& one) { return one != lengths[0]; }))
    return Reading::not_http;
  Reading reading = Reading::whole;
  if (head_only || answer.status == 204 || answer.status == 304) {
    reading = Reading::whole;
  } else if (!codings.empty()) {
    reading = read_chunked(answer);
  } else if (!lengths.empty()) {
    const auto size =
        text::all_digits(lengths[0]) && lengths[0].size() < 18 ? text::parse_int(lengths[0]) : std::nullopt;
    if (!size) return Reading::not_http;
    reading = read_sized(answer, static_cast<std::size_t>(*size));
  } else {
    reading = read_to_end(answer);
  }
  // Octets after the answer belong to nothing we asked for.
  if (used_ != buffer_.size()) answer.reusable = false;
  wipe(buffer_);
  used_ = 0;
  return reading;
}

Reading HttpAnswerReader::read_sized(HttpAnswer& answer, std::size_t size) {
  if (size > body_bytes_max_ - std::min(body_bytes_max_, answer.body.size())) return Reading::too_large;
  while (size > 0) {
    if (used_ == buffer_.size()) {
      if (const Reading reading = fill(); reading != Reading::whole) return reading;
    }
    const std::size_t piece = std::min(size, buffer_.size() - used_);
    append(answer.body, std::string_view(buffer_).substr(used_, piece));
    used_ += piece;
    size -= piece;
  }
  return Reading::whole;
}

Reading HttpAnswerReader::read_chunked(HttpAnswer& answer) {
  std::string line;
  for (;;) {
    std::size_t budget = 1024;
    if (const Reading reading = read_line(line, budget); reading != Reading::whole) return reading;
    const auto size = parse_hex(text::trim(std::string_view(line).substr(0, line.find(';'))));
    if (!size) return Reading::not_http;
    if (*size == 0) break;
    if (const Reading reading = read_sized(answer, *size); reading != Reading::whole) return reading;
    if (const Reading reading = read_line(line, budget); reading != Reading::whole) return reading;
    if (!line.empty()) return Reading::not_http;
  }
  for (std::size_t budget = head_bytes_max;;) {  // trailers: read and forgotten
    if (const Reading reading = read_line(line, budget); reading != Reading::whole) return reading;
    if (line.empty()) return Reading::whole;
  }
}

Reading HttpAnswerReader::read_to_end(HttpAnswer& answer) {
  answer.reusable = false;
  for (;;) {
    append(answer.body, std::string_view(buffer_).substr(used_));
    used_ = buffer_.size();
    if (answer.body.size() > body_bytes_max_) return Reading::too_large;
    const Reading reading = fill();
    if (reading == Reading::cut && ended_) return Reading::whole;
    if (reading != Reading::whole) return reading;
  }
}

}  // namespace casebridge::switchboard
