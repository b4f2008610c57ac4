// ChangeLog: the numbered list of what changed for an account.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/storage/scope.hpp"

namespace casebridge::storage {

// For one link within one transaction. The numbers of an account have no gaps and are given in commit order.
class ChangeLog {
 public:
  ChangeLog(Scope& scope, std::string link_id) : scope_(scope), link_id_(std::move(link_id)) {}
  // Raises the account's version too. not_found for an unknown link.
  Result<void> write(std::string_view dataset, const std::string& record_id, std::int64_t version,
                     std::string_view kind, Instant at);
  // Keeps the last number given; must follow the last write, before another log of the account is begun.
  Result<void> close();

 private:
  struct Account {
    std::string id;
    std::int64_t seq = 0;
  };
  Result<void> open();

  Scope& scope_;
  const std::string link_id_;
  std::optional<Account> account_;  // once something was written
};

}  // namespace casebridge::storage
