// The order is part of the rules: what costs nothing comes first, and what depends on the account last.
#include "core/identity/passkey_rules.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"

namespace casebridge::identity {
namespace {

constexpr std::string_view type_of_registration = "webauthn.create";
constexpr std::string_view type_of_assertion = "webauthn.get";

bool is_for(const PasskeyParty& party, const AuthenticatorData& data) {
  const crypto::Digest digest = crypto::sha256(party.id);
  return std::equal(digest.begin(), digest.end(), data.rp_id_hash.begin(), data.rp_id_hash.end(),
                    [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); });
}

// The rules that both ceremonies share.
std::optional<PasskeyFault> fault_of_ceremony(const PasskeyParty& party, std::string_view type,
                                              std::string_view challenge, const ClientData& client,
                                              const AuthenticatorData& data) {
  if (client.type != type) return PasskeyFault::type;
  if (challenge.empty() || !crypto::equal(client.challenge, challenge)) return PasskeyFault::challenge;
  if (std::find(party.origins.begin(), party.origins.end(), client.origin) == party.origins.end())
    return PasskeyFault::origin;
  if (client.cross_origin || client.has_top_origin) return PasskeyFault::cross_origin;
  if (party.id.empty() || !is_for(party, data)) return PasskeyFault::party;
  if (!data.user_present) return PasskeyFault::presence;
  if (!data.user_verified) return PasskeyFault::verification;
  if (data.backed_up && !data.backup_eligible) return PasskeyFault::backup;
  return std::nullopt;
}

}  // namespace

std::variant<NewPasskey, PasskeyFault> check_registration(const PasskeyParty& party,
                                                          std::string_view challenge,
                                                          const RegistrationAnswer& answer, bool taken) {
  const AuthenticatorData& data = answer.authenticator;
  if (const auto fault = fault_of_ceremony(party, type_of_registration, challenge, answer.client, data))
    return *fault;
  const bool named_alike = data.credential && data.credential->id == answer.credential_id;
  if (!named_alike || taken || data.credential->id.size() > credential_id_bytes_max)
    return PasskeyFault::credential;
  if (!is_offered(data.credential->algorithm)) return PasskeyFault::algorithm;
  auto key = public_key_of(data, answer.client.digest, party.id);
  if (!key) return PasskeyFault::key;
  return NewPasskey{data.credential->id,  std::move(*key), data.sign_count,
                    data.backup_eligible, data.backed_up,  answer.transports};
}

std::variant<PasskeyUse, PasskeyFault> check_assertion(const PasskeyParty& party, std::string_view challenge,
                                                       const AssertionAnswer& answer,
                                                       const std::optional<KnownPasskey>& known,
                                                       bool handle_required) {
  const AuthenticatorData& data = answer.authenticator;
  if (const auto fault = fault_of_ceremony(party, type_of_assertion, challenge, answer.client, data))
    return *fault;
  // Whether a key may leave its authenticator is settled when it is made.
  if (known && known->backup_eligible != data.backup_eligible) return PasskeyFault::backup;
  if (!known || answer.credential_id.size() > credential_id_bytes_max) return PasskeyFault::credential;
  if (!is_offered(known->key.algorithm)) return PasskeyFault::algorithm;
  if (!has_signed(known->key, data, answer.client.digest, answer.signature, party.id))
    return PasskeyFault::signature;
  const bool either_counts = known->sign_count != 0 || data.sign_count != 0;
  const bool fell_back = either_counts && data.sign_count <= known->sign_count;
  if (fell_back && known->sign_count != 0 && data.sign_count != 0) return PasskeyFault::counter;
  if (answer.user_handle ? *answer.user_handle != known->user_handle : handle_required)
    return PasskeyFault::user_handle;
  return PasskeyUse{std::max(known->sign_count, data.sign_count), data.backed_up, fell_back};
}

}  // namespace casebridge::identity
