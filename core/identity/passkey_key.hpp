// PasskeyKey: the public key of a passkey and what it signed; libfido2 reads keys and checks signatures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/identity/authenticator_data.hpp"

namespace casebridge::identity {

// COSE algorithms (RFC 9053, RFC 8812) that are offered, in this order of preference.
constexpr std::int64_t cose_es256 = -7;
constexpr std::int64_t cose_eddsa = -8;
constexpr std::int64_t cose_rs256 = -257;
constexpr std::int64_t offered_algorithms[] = {cose_es256, cose_eddsa, cose_rs256};
bool is_offered(std::int64_t algorithm);

struct PasskeyKey {
  std::int64_t algorithm = 0;
  std::string octets;  // in libfido2's form: x and y, or x, or modulus and exponent
};

// The key of a credential that was just made. nullopt when it has no form of its algorithm, or is no key:
// a point that is not on the curve, say.
std::optional<PasskeyKey> public_key_of(const AuthenticatorData& made, std::string_view client_digest,
                                        const std::string& rp_id);
// Whether the key signed these data and that digest, for this party, with user presence and verification.
bool has_signed(const PasskeyKey& key, const AuthenticatorData& data, std::string_view client_digest,
                std::string_view signature, const std::string& rp_id);

}  // namespace casebridge::identity
