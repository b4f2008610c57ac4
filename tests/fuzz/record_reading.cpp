// Reads, writes and opens; nothing that was bent may ever open.
#include "tests/fuzz/record_reading.hpp"

#include <cstdlib>

#include "core/base/crypto.hpp"
#include "core/vault/sealed_record.hpp"

namespace casebridge::fuzz {
namespace {

// A provider that lets every wrapped key through, so that what stands behind it is reached, too.
class OpenDoor final : public vault::KeyProvider {
 public:
  std::string_view name() const override { return "open"; }
  Result<std::string> wrap(std::string_view, const SecretBytes& data_key,
                           const vault::WrapContext&) override {
    return std::string(data_key.reveal());
  }
  Result<SecretBytes> unwrap(std::string_view, std::string_view wrapped, const vault::WrapContext&) override {
    return SecretBytes::copy_of(wrapped);
  }
  std::vector<std::string> list() const override { return {"key-1"}; }
  Result<void> look_again() override { return {}; }
  Result<void> health() override { return {}; }
  std::string stem() const override { return {}; }
  Result<void> add(std::string_view) override { return trouble(TroubleCode::not_supported); }
  Result<void> destroy(std::string_view) override { return trouble(TroubleCode::not_supported); }
};

}  // namespace

bool try_record(const vault::RecordVault& vault, std::string_view octets) {
  const std::string text = crypto::base64url(octets);
  const ports::SealedPlace elsewhere{"nowhere", "", "", "", 0};
  if (vault.open(text, elsewhere)) std::abort();
  const auto rewrapped = vault.rewrap(text, std::nullopt);
  const auto record = vault::read_record(octets);
  if (!record) return false;
  if (!vault::key_named_by(text)) std::abort();
  if (!text.starts_with(vault::text_beginning(record->version, record->key_id))) std::abort();
  if (record->version == vault::record_version && vault::write_record(*record) != octets) std::abort();
  return true;
}

const vault::RecordVault& vault_of_this_process() {
  static const vault::RecordVault vault = [] {
    std::vector<std::unique_ptr<vault::KeyProvider>> providers;
    providers.push_back(std::make_unique<OpenDoor>());
    return vault::RecordVault(std::make_unique<vault::KeyRing>(std::move(providers)),
                              crypto::random_secret(32));
  }();
  return vault;
}

}  // namespace casebridge::fuzz
