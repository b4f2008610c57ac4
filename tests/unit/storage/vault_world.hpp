// VaultWorld: a database of either engine with sealed records in it, and the keys that open them.
#pragma once

#include "core/storage/key_database.hpp"
#include "core/vault/key_register.hpp"
#include "core/vault/record_vault.hpp"
#include "core/vault/rewrap.hpp"
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {

class VaultWorld : public StoreSuite {
 protected:
  void SetUp() override;
  void TearDown() override;

  std::filesystem::path keys_folder() const { return home_ / "keys"; }
  std::filesystem::path home() const { return home_; }
  std::unique_ptr<vault::RecordVault> load() const;
  vault::KeyRegister registered(vault::RecordVault& vault, vault::RegisterSettings settings = {}) {
    return {*keys_, vault.ring(), clock_, settings};
  }
  // A new key file, active from now on.
  std::string rotate();
  // Rows of an adapter: their keys and values are sealed.
  void keep_values(int count);
  int values_that_open(const vault::RecordVault& vault);
  // A mail, and a flow whose data hold a record inside JSON.
  void keep_mail_and_flow();
  bool mail_and_flow_open(const vault::RecordVault& vault);
  vault::RewrapSum rewrap_all(vault::RecordVault& vault, int rows_at_once);
  std::int64_t rows_naming(const std::string& key);

  std::unique_ptr<ports::KeyDatabase> keys_;
  std::unique_ptr<vault::RecordVault> vault_;

 private:
  std::filesystem::path home_;
  std::optional<MailId> mail_;
  std::optional<FlowId> flow_;
  int values_ = 0;
};

}  // namespace casebridge::storage
