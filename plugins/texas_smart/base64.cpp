// By way of the strict reader of the URL alphabet.
#include "plugins/texas_smart/base64.hpp"

#include "core/base/crypto.hpp"

namespace casebridge::texas_smart {

std::optional<std::string> decode_base64(std::string_view text) {
  std::string compact;
  compact.reserve(text.size());
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    if (c == '-' || c == '_') return std::nullopt;
    compact += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  if (compact.size() % 4 != 0) return std::nullopt;
  for (int i = 0; i < 2 && compact.ends_with('='); ++i) compact.pop_back();
  auto octets = crypto::from_base64url(compact);
  if (!octets) return std::nullopt;
  return std::move(*octets);
}

}  // namespace casebridge::texas_smart
