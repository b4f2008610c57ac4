// AES-256-GCM with keys that are read once, and again only when somebody asks for it.
#include "core/vault/file_keys.hpp"

#include <mutex>

#include "core/base/crypto.hpp"

namespace casebridge::vault {

Result<std::string> FileKeys::wrap(std::string_view key_id, const SecretBytes& data_key,
                                   const WrapContext& context) {
  const std::shared_lock lock(mutex_);
  const SecretBytes* key = files_.seal_key(key_id);
  if (key == nullptr) return cannot_be_asked(name());
  return crypto::seal(*key, data_key.reveal(), context.aad);
}

Result<SecretBytes> FileKeys::unwrap(std::string_view key_id, std::string_view wrapped,
                                     const WrapContext& context) {
  const std::shared_lock lock(mutex_);
  const SecretBytes* key = files_.seal_key(key_id);
  if (key == nullptr) return cannot_be_asked(name());  // it was there a moment ago
  auto data_key = crypto::open(*key, wrapped, context.aad);
  if (!data_key) return does_not_open();
  return data_key;
}

std::vector<std::string> FileKeys::list() const {
  const std::shared_lock lock(mutex_);
  return files_.seal_ids();
}

Result<void> FileKeys::look_again() {
  CASEBRIDGE_TRY(KeyFiles found, KeyFiles::load(path_, seals_needed_));
  const std::unique_lock lock(mutex_);
  files_ = std::move(found);
  return {};
}

Result<void> FileKeys::health() {
  CASEBRIDGE_TRY([[maybe_unused]] const KeyFiles found, KeyFiles::load(path_, seals_needed_));
  return {};
}

Result<void> FileKeys::add(std::string_view key_id) {
  CASEBRIDGE_CHECK(KeyFiles::add(path_, key_id));
  return look_again();
}

Result<void> FileKeys::destroy(std::string_view key_id) {
  CASEBRIDGE_CHECK(KeyFiles::remove(path_, key_id));
  return look_again();
}

}  // namespace casebridge::vault
