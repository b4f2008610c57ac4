// Caller: who is asking, as the gate found out. The only thing about a request that a use case knows.
#pragma once

#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/instant.hpp"

namespace casebridge::model {

enum class Assurance { none, password, two_factor };

struct Caller {
  AccountId account;
  SessionId session;
  Assurance assurance = Assurance::password;
  Instant authenticated_at{};
  std::string locale = "en";
};

// Where a request came from; for throttling and for the parent's list of sessions.
struct Origin {
  std::string address;      // textual IP
  std::string user_agent;   // first 200 octets
  std::string request_id;
};

}  // namespace casebridge::model
