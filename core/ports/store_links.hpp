// Stores of linking: links, attempts, sealed state sessions, and what the lock-out guard must remember.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace casebridge::ports {

// The states of a link that exist so far; see core/federation/link_state for who moves it where.
struct Link {
  LinkId id;
  AccountId account;
  std::string system;        // tx-icop
  std::string jurisdiction;  // us-tx
  std::string state;         // pending_user, active, action_required, revoked, closed
  Instant state_since{};
  std::string reason;             // why action is required; empty otherwise
  std::string custody;            // session_only, vaulted
  std::string subject_digest;     // keyed digest of (system, person at the state); empty until active
  bool second_step_seen = false;  // the state asked for one at least once
  std::int64_t version = 1;
  Instant created_at{};
};

// A link that does not do what it should, without whose it is.
struct TroubledLink {
  std::string system;
  std::string state;
  std::string problem;  // why its parent has to do something, or what the last reading met
  Instant since{};      // of the last reading that was good, where that is what is missing
};

class LinkStore {
 public:
  virtual ~LinkStore() = default;
  virtual Result<void> insert(const Link&) = 0;
  virtual Result<std::optional<Link>> find(const AccountId&, const LinkId&) = 0;
  virtual Result<std::vector<Link>> list(const AccountId&) = 0;  // live ones, oldest first
  virtual Result<std::optional<Link>> find_live(const AccountId&, const std::string& system,
                                                const std::string& subject_digest) = 0;
  // Active ones of every account that no job of this kind is about.
  virtual Result<std::vector<Link>> list_without_job(const std::string& job_kind, int most) = 0;
  // Of every account, oldest trouble first.
  virtual Result<std::vector<TroubledLink>> list_in_trouble(int most) = 0;
  // Only when the stored version is link.version - 1; version_conflict otherwise.
  virtual Result<void> update(const Link&) = 0;
  virtual Result<void> remove(const AccountId&, const LinkId&) = 0;
};

struct SealedRow {
  std::string kind;  // session, credential
  std::string sealed;
  std::int64_t version = 1;
  std::optional<Instant> idle_end{};
  std::optional<Instant> absolute_end{};
};

class LinkSecretStore {
 public:
  virtual ~LinkSecretStore() = default;
  virtual Result<void> put(const LinkId&, const SealedRow&) = 0;
  virtual Result<std::optional<SealedRow>> get(const LinkId&, const std::string& kind) = 0;
  virtual Result<void> remove(const LinkId&, const std::string& kind) = 0;
  virtual Result<void> remove_all(const LinkId&) = 0;
};

struct LinkAttempt {
  LinkAttemptId id;
  AccountId account;
  std::optional<LinkId> link{};  // set from the start for a repair, at the end for a new link
  std::string system;
  std::string mode;  // create, repair
  std::string custody;
  std::string state;              // challenge, verifying, waiting, succeeded, failed, cancelled, expired
  std::int64_t seq = 0;           // of the open challenge; strict
  std::string challenge_id;       // empty when none is open
  std::string challenge;          // JSON of the open challenge, without secrets
  std::string sealed_resume;      // empty when none
  std::string identity_digest;    // keyed digest of (system, user name as typed): the lock-out guard's key
  std::string credential_digest;  // keyed digest of the credential under test
  std::string sealed_credential;  // only while custody is vaulted and the attempt runs
  std::string trouble;            // problem code of the last failure; empty when none
  std::string trouble_detail;     // JSON: attempts_left, retry_at, remedy
  bool second_step_seen = false;
  Instant created_at{};
  Instant expires_at{};
  std::int64_t version = 1;
};

class LinkAttemptStore {
 public:
  virtual ~LinkAttemptStore() = default;
  virtual Result<void> insert(const LinkAttempt&) = 0;
  virtual Result<std::optional<LinkAttempt>> find(const AccountId&, const LinkAttemptId&) = 0;
  // Only when the stored version is attempt.version - 1; version_conflict otherwise.
  virtual Result<void> update(const LinkAttempt&) = 0;
  virtual Result<std::vector<LinkAttempt>> list_open(const AccountId&) = 0;
  virtual Result<int> purge(Instant expired_before) = 0;
};

struct GuardState {
  std::optional<int> attempts_left{};  // as the state last reported
  int refused = 0;                     // refused tries in the window that began at window_start
  Instant window_start{};
  std::optional<Instant> locked_until{};
};

class GuardStore {
 public:
  virtual ~GuardStore() = default;
  virtual Result<GuardState> read(const std::string& system, const std::string& identity_digest) = 0;
  virtual Result<void> write(const std::string& system, const std::string& identity_digest,
                             const GuardState&) = 0;
  virtual Result<bool> was_refused(const std::string& system, const std::string& credential_digest) = 0;
  virtual Result<void> remember_refused(const std::string& system, const std::string& credential_digest,
                                        Instant at) = 0;
};

}  // namespace casebridge::ports
