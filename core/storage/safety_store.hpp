// The store of mailed links and holds over SQL. Bound to one open transaction, used by one thread.
#pragma once

#include "core/ports/store_safety.hpp"
#include "core/storage/scope.hpp"

namespace casebridge::storage {

class SqlSafetyStore final : public ports::SafetyStore {
 public:
  explicit SqlSafetyStore(Scope& scope) : scope_(scope) {}
  Result<void> insert_link(const ports::MailedLink& link) override;
  Result<std::optional<ports::MailedLink>> find_link(const std::string& purpose,
                                                     const std::string& digest) override;
  Result<bool> consume_link(const std::string& purpose, const std::string& digest) override;
  Result<int> remove_links(const std::string& purpose, const AccountId& account, Instant after,
                           Instant before) override;
  Result<bool> begin_hold(const ports::Hold& hold) override;
  Result<std::optional<ports::Hold>> find_hold(const AccountId& account, const std::string& kind) override;
  Result<std::vector<ports::Hold>> list_holds(const AccountId& account) override;
  Result<std::vector<ports::Hold>> due_holds(const std::string& kind, Instant now, int most) override;
  Result<bool> end_hold(const AccountId& account, const std::string& kind) override;
  Result<std::optional<Instant>> stopped_at(const AccountId& account) override;
  Result<void> stop(const AccountId& account, Instant at) override;
  Result<bool> lift_stop(const AccountId& account) override;
  Result<bool> insert_address(const ports::FurtherAddress& address) override;
  Result<std::vector<ports::FurtherAddress>> list_addresses(const AccountId& account) override;
  Result<bool> remove_address(const AccountId& account, const AddressId& id) override;
  Result<bool> set_sign_in_address(const AccountId& account, const std::string& email,
                                   const std::string& canonical) override;
  Result<ports::ContactSettings> contact(const AccountId& account) override;
  Result<void> set_contact(const AccountId& account, const ports::ContactSettings& settings) override;
  Result<bool> erase_account(const AccountId& account) override;
  Result<int> purge(Instant ended_before) override;

 private:
  Scope& scope_;
};

}  // namespace casebridge::storage
