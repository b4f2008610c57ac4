// Digests, keyed digests, random octets and authenticated encryption, over OpenSSL 3. Any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::crypto {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view data);
Digest hmac_sha256(const SecretBytes& key, std::string_view data);
// HKDF-SHA-256 (RFC 5869): one key, another purpose.
SecretBytes derive_key(const SecretBytes& key, std::string_view purpose, std::size_t size);
// Throws std::runtime_error when the machine has no randomness.
void random_bytes(std::span<std::uint8_t> out);
SecretBytes random_secret(std::size_t size);
std::string random_token();                                   // 256 bits, base64url, 43 characters
std::string random_digits(std::size_t count);                 // uniform
bool equal(std::string_view a, std::string_view b) noexcept;  // constant time for equal sizes

std::string base64url(std::span<const std::uint8_t> bytes);  // no padding (RFC 4648 §5)
std::string base64url(std::string_view bytes);
Result<std::string> from_base64url(std::string_view text);  // strict: no padding, canonical last character
std::string hex(std::span<const std::uint8_t> bytes);

// AES-256-GCM. Sealed = iv(12) | ciphertext | tag(16); the iv is random. Key must have 32 octets.
Result<std::string> seal(const SecretBytes& key, std::string_view plain, std::string_view aad);
// Trouble is always the same, whatever was wrong.
Result<SecretBytes> open(const SecretBytes& key, std::string_view sealed, std::string_view aad);

}  // namespace casebridge::crypto
