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

// Not zero when one of eight octets must be escaped: a control, a quote or a backslash. In place wherever it
// is used: a call for each eight octets would take longer than the question.
[[gnu::always_inline]] inline std::uint64_t escaped_of(std::uint64_t eight) {
  constexpr std::uint64_t each = 0x0101010101010101, high = 0x80 * each;
  const auto less = [](std::uint64_t octets, std::uint64_t bound) { return octets - bound * each; };
  const std::uint64_t found = less(eight, 0x20) | less(eight ^ '"' * each, 1) | less(eight ^ '\\' * each, 1);
  return found & ~eight & high;
}

std::uint64_t eight_at(const char* octets) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, octets, sizeof(eight));
  return eight;
}

// Copies a short text, eight octets at once; what look() is shown of it covers all of it. In place: both
// users are called for each member of each record.
template <class Look>
[[gnu::always_inline]] inline void copy_short(char* to, std::string_view text, Look look) {
  constexpr std::size_t step = sizeof(std::uint64_t), half = step / 2;
  const std::size_t size = text.size();
  const char* const from = text.data();
  const auto copy_eight = [&](std::size_t at) {
    const std::uint64_t eight = eight_at(from + at);
    std::memcpy(to + at, &eight, step);
    look(eight);
  };
  if (size >= step) {
    for (std::size_t done = 0; size - done > step; done += step) copy_eight(done);
    // The last ones together with some before them, which are copied twice.
    copy_eight(size - step);
  } else if (size >= half) {
    char both[step];
    std::memcpy(both, from, half);
    std::memcpy(both + half, from + size - half, half);
    std::memcpy(to, both, half);
    std::memcpy(to + size - half, both + half, half);
    look(eight_at(both));
  } else {
    // Blanks before it are nothing to look at.
    std::uint64_t few = eight_at("        ");
    for (std::size_t i = 0; i < size; ++i) {
      to[i] = from[i];
      few = few << 8 | static_cast<unsigned char>(from[i]);
    }
    look(few);
  }
}

// Copies while it looks; false when something must be escaped, and then nobody may use the copy.
[[gnu::always_inline]] inline bool copy_plain(char* to, std::string_view text) {
  std::uint64_t escaped = 0;
  copy_short(to, text, [&](std::uint64_t eight) { escaped |= escaped_of(eight); });
  return escaped == 0;
}

// How many octets from the beginning stand as they are.
std::size_t plain_part(std::string_view text) {
  constexpr std::size_t step = sizeof(std::uint64_t);
  std::size_t size = 0;
  while (size + step <= text.size() && escaped_of(eight_at(text.data() + size)) == 0) size += step;
  // The last ones are looked at together with some before them.
  const bool rest_is_short = text.size() >= step && text.size() - size < step;
  if (rest_is_short && escaped_of(eight_at(text.data() + text.size() - step)) == 0) return text.size();
  while (size < text.size() && !must_escape[static_cast<unsigned char>(text[size])]) ++size;
  return size;
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

// A short text without escapes, with the comma before it and what ends it, behind what is held already; false
// for another one, and then nothing changed.
bool JsonWriter::hold(std::string_view text, std::string_view end) {
  if (text.size() > piece_max) return false;
  char* at = held_.data() + held_size_;
  if (!first_) *at++ = ',';
  *at++ = '"';
  if (!copy_plain(at, text)) return false;
  at += text.size();
  for (const char c : end) *at++ = c;
  held_size_ = static_cast<std::size_t>(at - held_.data());
  return true;
}

// Of at most piece_max octets.
void JsonWriter::hold_plain(std::string_view octets) {
  char* at = held_.data() + held_size_;
  if (!first_) *at++ = ',';
  std::memcpy(at, octets.data(), octets.size());
  held_size_ = static_cast<std::size_t>(at - held_.data()) + octets.size();
}

void JsonWriter::release() {
  if (held_size_ == 0) return;
  sink_.put({held_.data(), held_size_});
  held_size_ = 0;
}

void JsonWriter::separate() {
  release();
  if (!first_) sink_.put(",");
  first_ = false;
}

void JsonWriter::open(char bracket) {
  hold_plain({&bracket, 1});
  release();
  first_ = true;
}

void JsonWriter::close(char bracket) {
  release();
  sink_.put({&bracket, 1});
  first_ = false;
}

void JsonWriter::token(std::string_view octets) {
  if (octets.size() > piece_max) {
    separate();
    sink_.put(octets);
    return;
  }
  hold_plain(octets);
  release();
  first_ = false;
}

void JsonWriter::name(std::string_view member) {
  release();
  if (!hold(member, "\":")) {
    separate();
    quote(member);
    sink_.put(":");
  }
  first_ = true;
}

void JsonWriter::name_of_ours(MemberName member) {
  release();
  const std::string_view text = member.text();
  char* at = held_.data();
  if (!first_) *at++ = ',';
  *at++ = '"';
  copy_short(at, text, [](std::uint64_t) {});
  at += text.size();
  *at++ = '"';
  *at++ = ':';
  held_size_ = static_cast<std::size_t>(at - held_.data());
  first_ = true;
}

void JsonWriter::value(std::int64_t number) { token(std::to_string(number)); }

void JsonWriter::value(std::string_view text) {
  if (!hold(text, "\"")) {
    separate();
    quote(text);
    return;
  }
  release();
  first_ = false;
}

// Straight into the sink: a piece that is held would stay there.
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
