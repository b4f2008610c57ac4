// Scope: what the stores of one open transaction share.
#pragma once

#include <set>
#include <string>

#include "core/base/clock.hpp"
#include "core/storage/connection.hpp"

namespace casebridge::storage {

class Scope {
 public:
  Scope(Connection& connection, const Clock& clock) : connection_(connection), clock_(clock) {}
  Connection& connection() { return connection_; }
  Instant now() const { return clock_.now(); }
  // Raises the account's version, once in a transaction. not_found for an unknown account.
  Result<void> raise_version(const std::string& account_id);
  // As above, for the account that has the link.
  Result<void> raise_version_of_link(const std::string& link_id);

 private:
  Connection& connection_;
  const Clock& clock_;
  std::set<std::string> raised_;
};

// What a link must be for its content to be seen. `l` is the link's alias.
inline constexpr const char* live_link = "l.state NOT IN ('revoked', 'closed')";
// The rules by which records of a link's system are projected, and whether the link's own follow them.
inline constexpr const char* rules_of_link =
    "COALESCE((SELECT p.rules FROM projection_rules p WHERE p.system = link.system), '')";
inline constexpr const char* up_to_date_link =
    "l.projected_by = COALESCE((SELECT p.rules FROM projection_rules p WHERE p.system = l.system), '')";

}  // namespace casebridge::storage
