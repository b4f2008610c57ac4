// KmsKeys: the provider of keys that a key server holds, asked over HTTP (README.md says in which words).
#pragma once

#include <memory>
#include <mutex>

#include "core/ports/key_server.hpp"
#include "core/vault/key_provider.hpp"

namespace casebridge::vault {

// Keys are made and destroyed at the server, by its own people.
class KmsKeys final : public KeyProvider {
 public:
  // `path` is what stands before /keys in every target: empty or /something. The server need not answer yet.
  KmsKeys(std::unique_ptr<ports::KeyServer> server, std::string path);
  std::string_view name() const override { return "kms"; }
  Result<std::string> wrap(std::string_view key_id, const SecretBytes& data_key,
                           const WrapContext& context) override;
  Result<SecretBytes> unwrap(std::string_view key_id, std::string_view wrapped,
                             const WrapContext& context) override;
  std::vector<std::string> list() const override;
  Result<void> look_again() override;
  Result<void> health() override { return look_again(); }
  std::string stem() const override { return {}; }
  Result<void> add(std::string_view key_id) override;
  Result<void> destroy(std::string_view key_id) override;

 private:
  Result<SecretBytes> ask_about(std::string_view key_id, std::string_view action, std::string_view member,
                                std::string_view octets, std::string_view answer_member,
                                const WrapContext& context);

  const std::unique_ptr<ports::KeyServer> server_;
  const std::string path_;
  mutable std::mutex mutex_;  // of ids_
  std::vector<std::string> ids_;
};

}  // namespace casebridge::vault
