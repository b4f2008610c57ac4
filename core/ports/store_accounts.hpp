// Stores of the identity wing: accounts, sessions, flows, one-time codes, throttle counters, outgoing mail.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/model/caller.hpp"

namespace casebridge::ports {

// Roles of accounts. An operator looks after the gateway and has no links.
inline constexpr const char* role_parent = "parent";
inline constexpr const char* role_operator = "operator";

struct Account {
  AccountId id;
  std::string email;            // as typed
  std::string email_canonical;  // unique
  std::optional<Instant> email_verified_at{};
  std::string password_hash;  // PHC string
  std::int64_t credential_version = 1;
  std::string locale = "en";
  Instant created_at{};
  bool password_stopped = false;  // disowned: it signs nobody in until a new one is chosen
  std::string role = role_parent;
  Instant role_since{};
  std::optional<Instant> signed_in_at{};  // the last whole sign-in

  bool is_operator() const { return role == role_operator; }
};

class AccountStore {
 public:
  virtual ~AccountStore() = default;
  // version_conflict when the canonical e-mail is taken.
  virtual Result<void> insert(const Account&) = 0;
  virtual Result<std::optional<Account>> find(const AccountId&) = 0;
  virtual Result<std::optional<Account>> find_by_email(const std::string& canonical) = 0;
  virtual Result<void> set_email_verified(const AccountId&, Instant at) = 0;
  // A new one, which is not stopped.
  virtual Result<void> set_password(const AccountId&, const std::string& hash,
                                    std::int64_t credential_version) = 0;
  virtual Result<void> stop_password(const AccountId&, std::int64_t credential_version) = 0;
  virtual Result<void> set_password_hash_only(const AccountId&,
                                              const std::string& hash) = 0;  // rehash at sign-in
  // Whoever changes a role ends the account's sessions in the same transaction: they carry the old one.
  virtual Result<void> set_role(const AccountId&, const std::string& role, Instant since) = 0;
  virtual Result<void> note_sign_in(const AccountId&, Instant at) = 0;
  // Unverified accounts older than `before`, with everything of theirs.
  virtual Result<int> purge_unverified(Instant before) = 0;
  // The account that registered the address and never confirmed it, with everything of its; false: none did.
  virtual Result<bool> free_address(const std::string& canonical) = 0;
};

struct Session {
  SessionId id;
  AccountId account;
  std::string token_digest;  // hex SHA-256 of the token
  std::string transport;     // cookie, bearer
  std::string csrf_digest;   // hex SHA-256 of the CSRF token; empty for bearer
  model::Assurance assurance = model::Assurance::password;
  Instant created_at{};
  Instant authenticated_at{};
  Instant last_seen_at{};
  Instant absolute_end{};
  std::string device;   // user agent, shortened
  std::string address;  // coarse: IPv4 /24, IPv6 /48
  std::string locale = "en";
  std::string role = role_parent;  // of its account
};

// A session, and the version of what its account may see, both of the same moment.
struct FoundSession {
  Session session;
  std::int64_t account_version = 0;
};

class SessionStore {
 public:
  virtual ~SessionStore() = default;
  virtual Result<void> insert(const Session&) = 0;
  virtual Result<std::optional<FoundSession>> find_by_digest(const std::string& token_digest) = 0;
  virtual Result<std::vector<Session>> list(const AccountId&) = 0;  // newest first
  virtual Result<void> touch(const SessionId&, Instant last_seen) = 0;
  virtual Result<void> set_csrf(const SessionId&, const std::string& csrf_digest) = 0;
  virtual Result<bool> remove(const AccountId&, const SessionId&) = 0;  // false: not there
  virtual Result<int> remove_all_but(const AccountId&, const std::optional<SessionId>& keep) = 0;
  virtual Result<int> remove_ended(Instant idle_before, Instant now) = 0;
};

struct Flow {
  FlowId id;
  std::string kind;  // registration, sign_in, verify_email, change_password
  std::string transport;
  std::string step;
  std::int64_t seq = 0;  // raised by every accepted submission
  std::optional<AccountId> account{};
  std::optional<SessionId> session{};  // the session that began it, where one was needed
  std::string data;                    // JSON of the flow's own; secrets in it are sealed
  Instant created_at{};
  Instant expires_at{};
  bool done = false;
};

class FlowStore {
 public:
  virtual ~FlowStore() = default;
  virtual Result<void> insert(const Flow&) = 0;
  virtual Result<std::optional<Flow>> find(const FlowId&) = 0;
  // Only when the stored seq is `expected_seq`; version_conflict otherwise.
  virtual Result<void> update(const Flow&, std::int64_t expected_seq) = 0;
  virtual Result<int> purge(Instant expired_before) = 0;
};

struct OneTimeCode {
  std::string purpose;  // verify_email ...
  std::string subject;  // account or flow id
  std::string digest;   // keyed digest of the code
  std::int64_t credential_version = 0;
  int tries_left = 0;
  Instant sent_at{};
  Instant expires_at{};
};

class CodeStore {
 public:
  virtual ~CodeStore() = default;
  virtual Result<void> replace(const OneTimeCode&) = 0;  // voids an older one of (purpose, subject)
  virtual Result<std::optional<OneTimeCode>> find(const std::string& purpose, const std::string& subject) = 0;
  virtual Result<void> count_try(const std::string& purpose, const std::string& subject) = 0;
  // One conditional delete; true for exactly one caller.
  virtual Result<bool> consume(const std::string& purpose, const std::string& subject,
                               const std::string& digest) = 0;
};

struct ThrottleState {
  std::int64_t count = 0;  // in the window that began at window_start
  Instant window_start{};
  int locks = 0;  // how often it locked so far
  std::optional<Instant> locked_until{};
  bool kept = false;  // no purge forgets it
};

class ThrottleStore {
 public:
  virtual ~ThrottleStore() = default;
  virtual Result<ThrottleState> read(const std::string& key) = 0;
  virtual Result<void> write(const std::string& key, const ThrottleState&) = 0;  // within a write transaction
  virtual Result<int> purge(Instant window_before) = 0;
};

struct MailItem {
  MailId id;
  std::string to;
  std::string subject;
  std::string sealed_text;  // bodies hold codes: sealed by the vault
  int tries = 0;
  Instant next_at{};
  Instant created_at{};
  bool plain = false;  // the sender has no name
};

class MailStore {
 public:
  virtual ~MailStore() = default;
  virtual Result<void> insert(const MailItem&) = 0;
  // Takes due items for `lease`: nobody else gets them until then.
  virtual Result<std::vector<MailItem>> take_due(Instant now, Instant lease_until, int most) = 0;
  virtual Result<void> remove(const MailId&) = 0;
  virtual Result<void> retry_at(const MailId&, int tries, Instant at) = 0;
};

}  // namespace casebridge::ports
