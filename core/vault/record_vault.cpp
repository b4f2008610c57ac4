// Seals a record with its own key, and has that key wrapped; both are bound to the record's place.
#include "core/vault/record_vault.hpp"

#include <utility>

#include "core/base/crypto.hpp"
#include "core/vault/file_keys.hpp"
#include "core/vault/sealed_record.hpp"

namespace casebridge::vault {
namespace {

constexpr std::size_t data_key_size_octets = 32;

std::unique_ptr<KeyRing> ring_of(KeyFiles keys) {
  std::vector<std::unique_ptr<KeyProvider>> providers;
  providers.push_back(std::make_unique<FileKeys>(std::move(keys)));
  return std::make_unique<KeyRing>(std::move(providers));
}

Result<std::string> written(KeyRing& ring, const SecretBytes& data_key, std::string_view binding,
                            std::string_view sealed) {
  CASEBRIDGE_TRY(const auto wrapped,
                 ring.wrap(data_key, [&](std::string_view key_id) { return wrap_context(binding, key_id); }));
  return crypto::base64url(
      std::string_view(write_record({wrapped.key_id, wrapped.octets, sealed, record_version, binding})));
}

Result<SecretBytes> data_key_of(KeyRing& ring, const SealedRecord& record, const WrapContext& context) {
  CASEBRIDGE_TRY(SecretBytes data_key, ring.unwrap(record.key_id, record.wrapped_key, context));
  if (data_key.size() != data_key_size_octets) return does_not_open();
  return data_key;
}

}  // namespace

RecordVault::RecordVault(KeyFiles keys) : fingerprint_key_(keys.derive(KeyPurpose::fingerprint)) {
  ring_ = ring_of(std::move(keys));
}

RecordVault::RecordVault(std::unique_ptr<KeyRing> ring, SecretBytes fingerprint_key)
    : ring_(std::move(ring)), fingerprint_key_(std::move(fingerprint_key)) {}

Result<std::string> RecordVault::seal(const SecretBytes& plain, const ports::SealedPlace& place) const {
  const SecretBytes data_key = crypto::random_secret(data_key_size_octets);
  CASEBRIDGE_TRY(const std::string sealed, crypto::seal(data_key, plain.reveal(), bound_data(place)));
  return written(*ring_, data_key, binding_of(place), sealed);
}

Result<SecretBytes> RecordVault::open(std::string_view sealed, const ports::SealedPlace& place) const {
  const auto octets = crypto::from_base64url(sealed);
  if (!octets) return does_not_open();
  const auto record = read_record(*octets);
  if (!record) return does_not_open();
  const bool first = record->version == record_version_first;
  const std::string binding = first ? std::string() : binding_of(place);
  if (record->binding != binding) return does_not_open();
  CASEBRIDGE_TRY(const SecretBytes data_key, data_key_of(*ring_, *record,
                                                         first ? first_wrap_context(place, record->key_id)
                                                               : wrap_context(binding, record->key_id)));
  auto plain = crypto::open(data_key, record->sealed,
                            first ? first_bound_data(place, record->key_id) : bound_data(place));
  if (!plain) return does_not_open();
  return std::move(plain).value();
}

std::string RecordVault::fingerprint(std::string_view purpose, std::string_view data) const {
  // One key per purpose, so that equal data under two purposes cannot be matched.
  const SecretBytes key = crypto::derive_key(fingerprint_key_, purpose, data_key_size_octets);
  const crypto::Digest digest = crypto::hmac_sha256(key, data);
  return crypto::hex(digest);
}

Result<void> RecordVault::examine() {
  auto healthy = ring_->health();
  works_ = healthy.has_value();
  return healthy;
}

Result<std::optional<std::string>> RecordVault::rewrap(std::string_view sealed,
                                                       const std::optional<ports::SealedPlace>& place) const {
  const auto octets = crypto::from_base64url(sealed);
  if (!octets) return does_not_open();
  const auto record = read_record(*octets);
  if (!record) return does_not_open();
  std::optional<std::string> anew;
  if (record->version == record_version_first) {
    if (!place) return anew;
    CASEBRIDGE_TRY(const SecretBytes plain, open(sealed, *place));
    CASEBRIDGE_TRY(anew, seal(plain, *place));
    return anew;
  }
  if (record->key_id == ring_->current()) return anew;
  CASEBRIDGE_TRY(const SecretBytes data_key,
                 data_key_of(*ring_, *record, wrap_context(record->binding, record->key_id)));
  CASEBRIDGE_TRY(anew, written(*ring_, data_key, record->binding, record->sealed));
  return anew;
}

std::optional<std::string> key_named_by(std::string_view sealed) {
  const auto octets = crypto::from_base64url(sealed);
  if (!octets) return std::nullopt;
  const auto record = read_record(*octets);
  if (!record) return std::nullopt;
  return std::string(record->key_id);
}

}  // namespace casebridge::vault
