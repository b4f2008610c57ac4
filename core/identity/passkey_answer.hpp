// What a browser sends after a passkey ceremony, taken apart but not believed yet.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/identity/authenticator_data.hpp"

namespace casebridge::identity {

// What the browser says of the ceremony (WebAuthn L3 §5.8.1); the authenticator signs its digest.
struct ClientData {
  std::string digest;  // SHA-256 of the octets as they came, 32 octets
  std::string type;
  std::string challenge;  // base64url
  std::string origin;
  bool cross_origin = false;
  bool has_top_origin = false;
};

struct RegistrationAnswer {
  std::string credential_id;  // as the browser names it; octets
  ClientData client;
  AuthenticatorData authenticator;
  std::vector<std::string> transports;  // known words only
};

struct AssertionAnswer {
  std::string credential_id;  // octets
  ClientData client;
  AuthenticatorData authenticator;
  std::string signature;
  std::optional<std::string> user_handle{};  // octets
};

constexpr std::size_t passkey_answer_bytes_max = 8 * 1024;

// `json` as PublicKeyCredential.toJSON() writes it (WebAuthn L3 §5.1). nullopt when anything that is needed
// is missing, too long, or in no form that a browser writes; what is not needed may be anything.
std::optional<RegistrationAnswer> read_registration(std::string_view json);
std::optional<AssertionAnswer> read_assertion(std::string_view json);

}  // namespace casebridge::identity
