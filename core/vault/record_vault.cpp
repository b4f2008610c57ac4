// Seals a record with its own key, and that key with the current seal key; both are bound to the place.
#include "core/vault/record_vault.hpp"

#include <utility>

#include "core/base/crypto.hpp"
#include "core/vault/sealed_record.hpp"

namespace casebridge::vault {
namespace {

constexpr std::size_t data_key_size_octets = 32;

Trouble does_not_open() { return trouble(TroubleCode::internal, "a sealed record does not open"); }

}  // namespace

RecordVault::RecordVault(KeyFiles keys)
    : keys_(std::move(keys)), fingerprint_key_(keys_.derive("fingerprint")) {}

Result<std::string> RecordVault::seal(const SecretBytes& plain, const ports::SealedPlace& place) const {
  const std::string& key_id = keys_.current_seal_id();
  const SecretBytes data_key = crypto::random_secret(data_key_size_octets);
  CASEBRIDGE_TRY(const std::string wrapped,
                 crypto::seal(*keys_.seal_key(key_id), data_key.reveal(), bound_data_of_key(place, key_id)));
  CASEBRIDGE_TRY(const std::string sealed, crypto::seal(data_key, plain.reveal(), bound_data(place, key_id)));
  return crypto::base64url(std::string_view(write_record({key_id, wrapped, sealed})));
}

Result<SecretBytes> RecordVault::open(std::string_view sealed, const ports::SealedPlace& place) const {
  const auto octets = crypto::from_base64url(sealed);
  if (!octets) return does_not_open();
  const auto record = read_record(*octets);
  if (!record) return does_not_open();
  const SecretBytes* key = keys_.seal_key(record->key_id);
  if (key == nullptr) return does_not_open();
  const auto data_key = crypto::open(*key, record->wrapped_key, bound_data_of_key(place, record->key_id));
  if (!data_key || data_key->size() != data_key_size_octets) return does_not_open();
  auto plain = crypto::open(*data_key, record->sealed, bound_data(place, record->key_id));
  if (!plain) return does_not_open();
  return std::move(plain).value();
}

std::string RecordVault::fingerprint(std::string_view purpose, std::string_view data) const {
  // One key per purpose, so that equal data under two purposes cannot be matched.
  const SecretBytes key = crypto::derive_key(fingerprint_key_, purpose, data_key_size_octets);
  const crypto::Digest digest = crypto::hmac_sha256(key, data);
  return crypto::hex(digest);
}

}  // namespace casebridge::vault
