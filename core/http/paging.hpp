// Paging: cursors that nobody can make but the gateway, bound to the account and to the list they came from.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::http {

struct Keyset {
  std::string sort_key;
  std::string record_id;
};

// Any thread.
class Paging {
 public:
  explicit Paging(const ports::Vault& vault) : vault_(vault) {}
  // c1.<base64url of JSON>.<keyed digest>
  std::string cursor(const Keyset& place, std::string_view account, std::string_view list) const;
  // cursor_invalid for anything that was not made for this account and this list.
  Result<Keyset> place(std::string_view cursor, std::string_view account, std::string_view list) const;

 private:
  std::string digest(std::string_view payload, std::string_view account, std::string_view list) const;
  const ports::Vault& vault_;
};

// 1 to limits::page_size_max; the default when empty; invalid_field(limit).
Result<int> page_limit(std::string_view given);

}  // namespace casebridge::http
