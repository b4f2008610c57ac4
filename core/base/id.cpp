// ULIDs: 48 bits of milliseconds, 80 bits of chance, 26 characters of Crockford base 32.
#include "core/base/id.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/crypto.hpp"

namespace casebridge {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t time_characters = 10;
constexpr std::size_t random_characters = 16;
constexpr std::uint64_t time_ms_max = (std::uint64_t{1} << 48) - 1;

std::uint64_t milliseconds_of(Instant now) {
  const auto ms = std::chrono::milliseconds(now.time_since_epoch()).count();
  return ms < 0 ? 0 : std::min(static_cast<std::uint64_t>(ms), time_ms_max);
}

}  // namespace

namespace detail {

std::string new_id_text(std::string_view prefix, Instant now) {
  std::string text(prefix);
  text += '_';
  const std::uint64_t time_ms = milliseconds_of(now);
  for (std::size_t i = time_characters; i-- > 0;) text += alphabet[(time_ms >> (5 * i)) & 31];
  // Five octets make eight characters, so the 80 bits are written as two groups.
  std::array<std::uint8_t, 10> chance{};
  crypto::random_bytes(chance);
  for (std::size_t group = 0; group < chance.size(); group += 5) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | chance[group + i];
    for (std::size_t i = 8; i-- > 0;) text += alphabet[(bits >> (5 * i)) & 31];
  }
  return text;
}

bool is_id_text(std::string_view prefix, std::string_view text) {
  if (text.size() != prefix.size() + 1 + time_characters + random_characters) return false;
  if (!text.starts_with(prefix) || text[prefix.size()] != '_') return false;
  const std::string_view ulid = text.substr(prefix.size() + 1);
  // 26 characters hold 130 bits; the first one may only use three of its five.
  if (ulid.front() > '7') return false;
  return ulid.find_first_not_of(alphabet) == std::string_view::npos;
}

}  // namespace detail

std::string new_record_id(std::string_view prefix, Instant now) { return detail::new_id_text(prefix, now); }

}  // namespace casebridge
