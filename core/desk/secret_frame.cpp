// Frames are written and read in locked memory only. A length is 4 octets, the highest first.
#include "core/desk/secret_frame.hpp"

#include <algorithm>
#include <cstdint>

namespace casebridge::desk {
namespace {

constexpr std::size_t length_bytes = 4;

}  // namespace

SecretBytes join_secrets(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += length_bytes + part.size();
  SecretBytes frame(size);
  auto out = frame.bytes().begin();
  for (const std::string_view part : parts) {
    for (std::size_t i = 0; i < length_bytes; ++i) {
      *out++ = static_cast<std::uint8_t>(part.size() >> (8 * (length_bytes - 1 - i)));
    }
    out = std::transform(part.begin(), part.end(), out, [](char c) { return static_cast<std::uint8_t>(c); });
  }
  return frame;
}

Result<std::vector<SecretBytes>> split_secrets(const SecretBytes& frame, std::size_t count) {
  std::vector<SecretBytes> parts;
  auto rest = frame.bytes();
  while (!rest.empty() && rest.size() >= length_bytes) {
    std::size_t size = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) size = size << 8 | rest[i];
    rest = rest.subspan(length_bytes);
    if (rest.size() < size) return trouble(TroubleCode::internal, "sealed frame");
    parts.push_back(SecretBytes::copy_of(rest.first(size)));
    rest = rest.subspan(size);
  }
  if (!rest.empty() || parts.size() != count) return trouble(TroubleCode::internal, "sealed frame");
  return parts;
}

}  // namespace casebridge::desk
