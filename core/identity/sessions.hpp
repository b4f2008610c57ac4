// Sessions: opaque 256-bit tokens, stored as digests only; idle and absolute ends; at most ten per account.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/identity/flow_view.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store_accounts.hpp"

namespace casebridge::identity {

struct SessionSettings {
  std::chrono::seconds idle = std::chrono::minutes{15};
  std::chrono::seconds operator_idle = std::chrono::minutes{15};  // not more than idle
  std::chrono::seconds absolute = std::chrono::hours{12};
  std::chrono::seconds touch_every = std::chrono::minutes{1};
  std::size_t per_account_max = 10;
};

// What a session stands on.
struct SessionProof {
  model::Assurance assurance = model::Assurance::password;
  Instant at{};                           // when the account's strongest factor was shown
  std::optional<Instant> absolute_end{};  // of the session that this one takes the place of
};

// Within a write transaction. Ends the account's oldest sessions as far as there would be too many.
Result<SignedIn> open_session(ports::SessionStore& sessions, const ports::Account& account,
                              const std::string& transport, const SessionProof& proof,
                              const model::Origin& origin, Instant now, const SessionSettings& settings);
// The session that the caller came with; nothing when it has ended since.
Result<std::optional<ports::Session>> session_of(ports::SessionStore& sessions, const model::Caller& caller);
// token_invalid: unknown, or presented by another transport; token_expired: idle or absolute end passed.
Result<ports::FoundSession> find_session(ports::SessionStore& sessions, std::string_view token,
                                         std::string_view transport, Instant now,
                                         const SessionSettings& settings);
// Derived from the session token by a one-way function: needs no storage to be shown again after a reload,
// and whoever learns it learns nothing about the token.
SecretBytes csrf_token_of(const SecretBytes& session_token);
std::string digest_of(std::string_view token);  // hex SHA-256
std::chrono::seconds idle_of(const ports::Session& session, const SessionSettings& settings);
bool has_ended(const ports::Session& session, Instant now, const SessionSettings& settings);
// Never cuts a character in two: the name of a device is shown to its owner.
std::string shortened_agent(const std::string& user_agent);
// IPv4 /24, IPv6 /48; empty for anything else.
std::string coarse_address(std::string_view address);

}  // namespace casebridge::identity
