// traceparent is version "-" trace id "-" parent id "-" flags, in lower-case hexadecimal digits.
#include "core/http/request_id.hpp"

#include <array>
#include <cstdint>
#include <span>

#include "core/base/crypto.hpp"

namespace casebridge::http {
namespace {

bool is_lower_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}
bool all_zero(std::string_view text) { return text.find_first_not_of('0') == std::string_view::npos; }

bool is_traceparent(std::string_view text) {
  if (text.size() != 55 || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
  const std::string_view version = text.substr(0, 2), trace = text.substr(3, 32),
                         parent = text.substr(36, 16);
  if (!is_lower_hex(version) || !is_lower_hex(trace) || !is_lower_hex(parent) ||
      !is_lower_hex(text.substr(53))) {
    return false;
  }
  return version == "00" && !all_zero(trace) && !all_zero(parent);
}

// Asking for randomness costs about as much for many ids as for one.
std::span<const std::uint8_t> random_id() {
  constexpr std::size_t id_octets = 16, ids_at_once = 32;
  thread_local std::array<std::uint8_t, id_octets * ids_at_once> drawn;
  thread_local std::size_t used = drawn.size();
  if (used == drawn.size()) {
    crypto::random_bytes(drawn);
    used = 0;
  }
  used += id_octets;
  return std::span(drawn).subspan(used - id_octets, id_octets);
}

}  // namespace

std::string request_id_of(std::string_view traceparent) {
  if (is_traceparent(traceparent)) return std::string(traceparent.substr(3, 32));
  return crypto::hex(random_id());
}

}  // namespace casebridge::http
