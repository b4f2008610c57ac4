// Session and link: who reads which case. There is no session at the state: what the host seals names a link,
// and the link is in the system's memory.
#pragma once

#include <optional>
#include <string>

#include "core/base/secret.hpp"
#include "plugins/sdk/host.hpp"

namespace casebridge::georgia_batch {

struct Session {
  std::string link{};
  SecretBytes sealed_form() const;
  static std::optional<Session> open(const SecretBytes& blob);
};

struct Link {
  std::string id{};
  std::string case_number{};
  std::string person{};      // two digits, stable within the case
  std::string pin{};         // the PIN's id
  std::string delivered{};   // the run whose data the host has; or empty
  std::string revoked_in{};  // the run in which that PIN was first seen revoked; or empty
};

// nullopt: there is none any more.
sdk::Answer<std::optional<Link>> find_link(const sdk::Call& call, const std::string& id);
sdk::Answer<sdk::Done> put_link(const sdk::Call& call, const Link& link);
sdk::Answer<sdk::Done> remove_link(const sdk::Call& call, const std::string& id);

// A PIN links once.
sdk::Answer<bool> is_used(const sdk::Call& call, const std::string& pin);
sdk::Answer<sdk::Done> mark_used(const sdk::Call& call, const std::string& pin);
sdk::Answer<sdk::Done> unmark_used(const sdk::Call& call, const std::string& pin);

}  // namespace casebridge::georgia_batch
