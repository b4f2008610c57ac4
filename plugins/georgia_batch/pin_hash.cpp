// The derivation is OpenSSL's; base64 is that of RFC 4648 §4, with padding.
#include "plugins/georgia_batch/pin_hash.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "core/base/crypto.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

constexpr std::size_t hash_octets = 32;
constexpr std::size_t salt_octets_max = 128;

std::optional<std::string> from_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0 || text.size() > 4 * salt_octets_max) return std::nullopt;
  std::string url;
  for (const char c : text) {
    if (c == '-' || c == '_') return std::nullopt;
    url += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  for (int padding = 0; padding < 2 && url.back() == '='; ++padding) url.pop_back();
  auto octets = crypto::from_base64url(url);
  return octets ? std::optional(std::move(*octets)) : std::nullopt;
}

}  // namespace

std::optional<PinHash> PinHash::parse(std::string_view text) {
  constexpr std::string_view scheme = "pbkdf2-sha256$";
  if (!text.starts_with(scheme)) return std::nullopt;
  text.remove_prefix(scheme.size());
  const std::size_t first = text.find('$'), second = text.find('$', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  const auto iterations = parse_count(text.substr(0, first));
  auto salt = from_base64(text.substr(first + 1, second - first - 1));
  auto hash = from_base64(text.substr(second + 1));
  if (!iterations || *iterations < iterations_min || *iterations > iterations_max || !salt || salt->empty() ||
      !hash || hash->size() != hash_octets)
    return std::nullopt;
  return PinHash{static_cast<int>(*iterations), std::move(*salt), std::move(*hash)};
}

PinHash PinHash::of_nobody(int iterations) {
  return {iterations, std::string(16, '\0'), std::string(hash_octets, '\0')};
}

bool PinHash::agrees(const SecretBytes& pin) const {
  std::array<unsigned char, hash_octets> made{};
  const std::string_view typed = pin.reveal();
  if (PKCS5_PBKDF2_HMAC(typed.data(), static_cast<int>(typed.size()),
                        reinterpret_cast<const unsigned char*>(salt.data()), static_cast<int>(salt.size()),
                        iterations, EVP_sha256(), static_cast<int>(made.size()), made.data()) != 1)
    throw std::runtime_error("PBKDF2 failed");
  return crypto::equal(hash, std::string_view(reinterpret_cast<const char*>(made.data()), made.size()));
}

}  // namespace casebridge::georgia_batch
