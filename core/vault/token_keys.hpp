// TokenKeys: the provider of keys that never leave a PKCS#11 token.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

#include "core/vault/key_provider.hpp"
#include "core/vault/token_module.hpp"
#include "core/vault/token_settings.hpp"

namespace casebridge::vault {

// Keys are AES-256, sensitive and not extractable; others are not seen. AES-256-GCM is computed in the token
// by C_Encrypt and C_Decrypt, since not every module wraps with it. A session belongs to one call at a time.
// One that is gone, with its token or without, is replaced once within the call. A PIN that was refused is
// not tried again until its file has changed.
class TokenKeys final : public KeyProvider {
 public:
  TokenKeys(TokenSettings settings, TokenModule module) : settings_(std::move(settings)), module_(module) {}
  ~TokenKeys() override;
  std::string_view name() const override { return "pkcs11"; }
  Result<std::string> wrap(std::string_view key_id, const SecretBytes& data_key,
                           const WrapContext& context) override;
  Result<SecretBytes> unwrap(std::string_view key_id, std::string_view wrapped,
                             const WrapContext& context) override;
  std::vector<std::string> list() const override;
  Result<void> look_again() override;
  Result<void> health() override;
  std::string stem() const override { return settings_.key_stem; }
  Result<void> add(std::string_view key_id) override;
  Result<void> destroy(std::string_view key_id) override;

 private:
  struct Session {
    CK_SESSION_HANDLE handle = 0;
    std::uint64_t era = 0;
    std::map<std::string, CK_OBJECT_HANDLE, std::less<>> keys{};
  };
  using Work = std::function<CK_RV(Session&)>;

  CK_RV with_session(const Work& work);
  CK_RV take_session(Session& session);
  CK_RV open_session(Session& session);
  CK_RV log_in(CK_SESSION_HANDLE handle);
  CK_RV find_slot(CK_SLOT_ID& slot) const;
  CK_RV find_key(Session& session, std::string_view key_id, CK_OBJECT_HANDLE& key) const;
  CK_RV find_keys(const Session& session, std::vector<CK_OBJECT_HANDLE>& keys, std::string_view label) const;
  CK_RV read_label(const Session& session, CK_OBJECT_HANDLE key, std::string& label) const;
  void forget_sessions(std::uint64_t era);

  const TokenSettings settings_;
  const TokenModule module_;
  mutable std::mutex mutex_;  // guards what follows; never held while the token works
  std::uint64_t era_ = 0;
  std::vector<Session> idle_;
  std::vector<std::string> ids_;
  std::mutex login_;                          // one login at a time
  std::optional<std::string> refused_stamp_;  // of the PIN file whose PIN was refused
};

}  // namespace casebridge::vault
