// What an operator sees of an account: that it is there and whether it can be used. Nothing of a case, of
// where its owner is, or of where mail to the owner goes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/desk/list_activity.hpp"
#include "core/desk/operating.hpp"
#include "core/identity/locks.hpp"

namespace casebridge::desk {

struct InspectedAccount {
  AccountId id;
  std::string role;
  std::string email;  // masked
  bool email_confirmed = false;
  std::string locale;
  Instant created_at{};
  std::optional<Instant> signed_in_at{};
  bool password_stopped = false;
  bool inactive = false;
  bool has_app = false;
  int passkeys = 0;
  int recovery_codes_left = 0;
  identity::AccountLock lock{};
  int sessions = 0;
  int devices = 0;
  int links = 0;
};

// By the address one signs in with, as a whole, and only when it was confirmed. not_found.
Result<InspectedAccount> find_account(const Operating&, const OperatorCall&, const std::string& email);
Result<InspectedAccount> inspect_account(const Operating&, const OperatorCall&, const AccountId&);

struct InspectedSession {
  SessionId id;
  std::string transport;
  model::Assurance assurance = model::Assurance::password;
  Instant created_at{};
  Instant last_seen_at{};
  Instant idle_end{};
  Instant absolute_end{};
};
Result<std::vector<InspectedSession>> inspect_sessions(const Operating&, const OperatorCall&,
                                                       const AccountId&);

struct InspectedEvent {
  std::string id;  // aud_...
  std::int64_t seq = 0;
  Instant at{};
  std::string action;
  std::string outcome;
  std::string actor;   // owner, operator, gateway, somebody
  std::string by;      // which operator; empty otherwise
  std::string reason;  // why it was refused
};
struct InspectedEvents {
  std::vector<InspectedEvent> events;  // newest first
  bool more = false;
  std::int64_t last_seq = 0;  // how far this page has come
  std::string last_id;
};
// Of how the account is signed in to, and of operators. What its owner reads, links, stops or has written
// where is left out, and takes no place in a page: a gap would tell of it.
Result<InspectedEvents> inspect_events(const Operating&, const OperatorCall&, const AccountId&,
                                       const ListActivity&);

// p***@e***.com
std::string masked_address(std::string_view email);

}  // namespace casebridge::desk
