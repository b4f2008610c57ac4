// The rules by which the answer of a passkey is believed (WebAuthn L3 §7.1, §7.2), looked at one after
// another.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/identity/passkey_answer.hpp"
#include "core/identity/passkey_key.hpp"

namespace casebridge::identity {

// The first rule that does not hold; in the order in which they are looked at.
enum class PasskeyFault {
  type,
  challenge,
  origin,
  cross_origin,
  party,
  presence,
  verification,
  backup,
  credential,
  algorithm,
  key,  // of a new credential
  signature,
  counter,
  user_handle,
};

// For whom passkeys are made: a domain, and the origins below it from which they may be used.
struct PasskeyParty {
  std::string id;  // empty: passkeys are not offered
  std::vector<std::string> origins;
};

struct NewPasskey {
  std::string credential_id;  // octets
  PasskeyKey key;
  std::uint32_t sign_count = 0;
  bool backup_eligible = false;
  bool backed_up = false;
  std::vector<std::string> transports;
};

// What is known of a passkey when it is used.
struct KnownPasskey {
  PasskeyKey key;
  std::uint32_t sign_count = 0;
  bool backup_eligible = false;
  std::string user_handle;  // octets
};

struct PasskeyUse {
  std::uint32_t sign_count = 0;
  bool backed_up = false;
  // The counter is not ahead of what is known: somebody may have a copy of the key. Refused where both count;
  // one that counts no longer is let through.
  bool counter_fell_back = false;
};

// `challenge` in base64url. `taken`: an account has a passkey with this id already.
std::variant<NewPasskey, PasskeyFault> check_registration(const PasskeyParty& party,
                                                          std::string_view challenge,
                                                          const RegistrationAnswer& answer, bool taken);

// `handle_required`: the answer itself has to say whose it is. Without a known passkey the rules before that
// one still come first.
std::variant<PasskeyUse, PasskeyFault> check_assertion(const PasskeyParty& party, std::string_view challenge,
                                                       const AssertionAnswer& answer,
                                                       const std::optional<KnownPasskey>& known,
                                                       bool handle_required);

}  // namespace casebridge::identity
