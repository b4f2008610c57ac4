// PinHash: how the state tells a PIN without telling it: PBKDF2 with HMAC-SHA-256 (RFC 8018), and a salt.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/secret.hpp"

namespace casebridge::georgia_batch {

struct PinHash {
  int iterations = 0;
  std::string salt{};
  std::string hash{};  // 32 octets

  static constexpr int iterations_min = 1'000;
  static constexpr int iterations_max = 1'000'000;
  // pbkdf2-sha256$<iterations>$<salt base64>$<hash base64>
  static std::optional<PinHash> parse(std::string_view text);
  // As costly as a real one, and of no PIN.
  static PinHash of_nobody(int iterations);
  bool agrees(const SecretBytes& pin) const;  // compared in constant time
};

}  // namespace casebridge::georgia_batch
