// Escapes as little as RFC 8259 allows, so that equal content always has equal octets.
#include "core/model/json_writer.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/crypto.hpp"

namespace casebridge::model {
namespace {

constexpr std::size_t secret_start_bytes = 512;

std::string_view short_escape(char c) {
  switch (c) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: return {};
  }
}

constexpr auto must_escape = [] {
  std::array<bool, 256> made{};
  for (std::size_t control = 0; control < 0x20; ++control) made[control] = true;
  made['"'] = made['\\'] = true;
  return made;
}();

// Whether one of eight octets must be escaped: a control, a quote or a backslash.
bool holds_escaped(std::uint64_t eight) {
  constexpr std::uint64_t each = 0x0101010101010101, high = 0x80 * each;
  const auto less = [](std::uint64_t octets, std::uint64_t bound) {
    return (octets - bound * each) & ~octets & high;
  };
  return (less(eight, 0x20) | less(eight ^ '"' * each, 1) | less(eight ^ '\\' * each, 1)) != 0;
}

std::uint64_t eight_at(const char* octets) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, octets, sizeof(eight));
  return eight;
}

// Copies while it looks; false when something must be escaped, and then nobody may use the copy.
bool copy_plain(char* to, std::string_view text) {
  constexpr std::size_t step = sizeof(std::uint64_t), half = step / 2;
  const std::size_t size = text.size();
  const char* const from = text.data();
  const auto copy_eight = [&](std::size_t at) {
    const std::uint64_t eight = eight_at(from + at);
    std::memcpy(to + at, &eight, step);
    return !holds_escaped(eight);
  };
  std::size_t done = 0;
  for (; size - done >= step; done += step)
    if (!copy_eight(done)) return false;
  if (done == size) return true;
  // The last ones together with some before them, which are copied twice.
  if (size >= step) return copy_eight(size - step);
  if (size >= half) {
    char both[step];
    std::memcpy(both, from, half);
    std::memcpy(both + half, from + size - half, half);
    std::memcpy(to, both, half);
    std::memcpy(to + size - half, both + half, half);
    return !holds_escaped(eight_at(both));
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (must_escape[static_cast<unsigned char>(from[i])]) return false;
    to[i] = from[i];
  }
  return true;
}

// How many octets from the beginning stand as they are.
std::size_t plain_part(std::string_view text) {
  constexpr std::size_t step = sizeof(std::uint64_t);
  std::size_t size = 0;
  while (size + step <= text.size() && !holds_escaped(eight_at(text.data() + size))) size += step;
  // The last ones are looked at together with some before them.
  const bool rest_is_short = text.size() >= step && text.size() - size < step;
  if (rest_is_short && !holds_escaped(eight_at(text.data() + text.size() - step))) return text.size();
  while (size < text.size() && !must_escape[static_cast<unsigned char>(text[size])]) ++size;
  return size;
}

// Short texts without escapes go out in one piece, with the comma before them and what ends them; false for
// others. The piece stays on the stack: not for secrets.
bool put_at_once(TextSink& sink, bool first, std::string_view text, std::string_view end) {
  constexpr std::size_t size_max = 60;
  if (text.size() > size_max) return false;
  char piece[size_max + 4];
  char* at = piece;
  if (!first) *at++ = ',';
  *at++ = '"';
  if (!copy_plain(at, text)) return false;
  at += text.size();
  for (const char c : end) *at++ = c;
  sink.put({piece, static_cast<std::size_t>(at - piece)});
  return true;
}

}  // namespace

void SecretSink::put(std::string_view octets) {
  if (memory_.size() - used_ < octets.size()) {
    SecretBytes larger(std::max({secret_start_bytes, memory_.size() * 2, used_ + octets.size()}));
    if (used_ > 0) std::memcpy(larger.bytes().data(), memory_.bytes().data(), used_);
    memory_ = std::move(larger);
  }
  if (!octets.empty()) std::memcpy(memory_.bytes().data() + used_, octets.data(), octets.size());
  used_ += octets.size();
}

SecretBytes SecretSink::take() {
  SecretBytes taken = SecretBytes::copy_of(memory_.reveal().substr(0, used_));
  memory_ = SecretBytes();
  used_ = 0;
  return taken;
}

void JsonWriter::separate() {
  if (!first_) sink_.put(",");
  first_ = false;
}

void JsonWriter::open(char bracket) {
  const char both[] = {',', bracket};
  sink_.put(first_ ? std::string_view(both + 1, 1) : std::string_view(both, 2));
  first_ = true;
}

void JsonWriter::close(char bracket) {
  sink_.put({&bracket, 1});
  first_ = false;
}

void JsonWriter::token(std::string_view octets) {
  separate();
  sink_.put(octets);
}

void JsonWriter::name(std::string_view member) {
  if (!put_at_once(sink_, first_, member, "\":")) {
    separate();
    quote(member);
    sink_.put(":");
  }
  first_ = true;
}

void JsonWriter::value(std::int64_t number) { token(std::to_string(number)); }

void JsonWriter::value(std::string_view text) {
  if (put_at_once(sink_, first_, text, "\"")) {
    first_ = false;
    return;
  }
  separate();
  quote(text);
}

// Straight into the sink: a piece on the stack would stay there.
void JsonWriter::secret_text(const SecretBytes& text) {
  separate();
  quote(text.reveal());
}

void JsonWriter::base64url(const SecretBytes& blob) {
  separate();
  sink_.put("\"");
  // Piece by piece, three octets to four characters, so that each plain copy can be wiped.
  constexpr std::size_t piece_bytes = 48;
  const std::span<const std::uint8_t> bytes = blob.bytes();
  for (std::size_t at = 0; at < bytes.size(); at += piece_bytes) {
    std::string piece = crypto::base64url(bytes.subspan(at, std::min(piece_bytes, bytes.size() - at)));
    sink_.put(piece);
    wipe(piece);
  }
  sink_.put("\"");
}

void JsonWriter::quote(std::string_view text) {
  constexpr std::string_view hex_digits = "0123456789abcdef";
  sink_.put("\"");
  while (!text.empty()) {
    const std::size_t plain = plain_part(text);
    sink_.put(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::string_view escape = short_escape(text[0]);
    const auto code = static_cast<unsigned char>(text[0]);
    const char numbered[] = {'\\', 'u', '0', '0', hex_digits[code >> 4], hex_digits[code & 15]};
    sink_.put(escape.empty() ? std::string_view(numbered, sizeof numbered) : escape);
    text.remove_prefix(1);
  }
  sink_.put("\"");
}

}  // namespace casebridge::model
