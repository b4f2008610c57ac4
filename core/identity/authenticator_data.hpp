// AuthenticatorData: what an authenticator says of one ceremony (WebAuthn L3 §6.1), taken apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/identity/cbor_map.hpp"

namespace casebridge::identity {

constexpr std::size_t credential_id_bytes_max = 1023;

// A credential that was made; its id may be longer than is allowed.
struct AttestedCredential {
  std::string id;
  std::int64_t algorithm = 0;  // of COSE (RFC 9053)
};

struct AuthenticatorData {
  std::string octets;  // all of it, as it was signed
  std::string rp_id_hash;
  bool user_present = false;
  bool user_verified = false;
  bool backup_eligible = false;
  bool backed_up = false;
  std::uint32_t sign_count = 0;
  std::optional<AttestedCredential> credential{};
  CborMap extensions{};
};

// nullopt when a part is cut short or malformed, or something follows the last one.
std::optional<AuthenticatorData> read_authenticator_data(std::string_view octets);

}  // namespace casebridge::identity
