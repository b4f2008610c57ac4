// Store: opens transactions. One use case, one transaction; what happens in it happens whole or not at all.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/ports/adapter_values.hpp"
#include "core/ports/store_accounts.hpp"
#include "core/ports/store_audit.hpp"
#include "core/ports/store_cases.hpp"
#include "core/ports/store_factors.hpp"
#include "core/ports/store_links.hpp"
#include "core/ports/store_passkeys.hpp"

namespace casebridge::ports {

// core/ports/store_safety.hpp
class DeviceStore;
class SafetyStore;

// The answer of a request with an Idempotency-Key, kept for 24 hours.
struct StoredAnswer {
  std::string fingerprint;  // hex SHA-256 of method, path and body
  int status = 0;           // 0: still running
  std::string body;         // sealed when it could hold a secret; never a token
  Instant created_at{};
};

class IdempotencyStore {
 public:
  virtual ~IdempotencyStore() = default;
  // Reserves the key: nullopt when it was free (now running), else what is stored.
  virtual Result<std::optional<StoredAnswer>> reserve(const std::string& scope, const std::string& key,
                                                      const StoredAnswer& running) = 0;
  virtual Result<void> complete(const std::string& scope, const std::string& key, int status,
                                const std::string& body) = 0;
  virtual Result<void> release(const std::string& scope, const std::string& key) = 0;
  virtual Result<int> purge(Instant created_before) = 0;
};

// The stores, bound to one open transaction. Never outlives it.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual AccountStore& accounts() = 0;
  virtual SessionStore& sessions() = 0;
  virtual FlowStore& flows() = 0;
  virtual CodeStore& codes() = 0;
  virtual FactorStore& factors() = 0;
  virtual PasskeyStore& passkeys() = 0;
  virtual DeviceStore& devices() = 0;
  virtual SafetyStore& safety() = 0;
  virtual ThrottleStore& throttles() = 0;
  virtual MailStore& mails() = 0;
  virtual LinkStore& links() = 0;
  virtual LinkSecretStore& link_secrets() = 0;
  virtual LinkAttemptStore& attempts() = 0;
  virtual GuardStore& guard() = 0;
  virtual SnapshotStore& snapshots() = 0;
  virtual SyncStore& syncs() = 0;
  virtual JobStore& jobs() = 0;
  virtual IdempotencyStore& idempotency() = 0;
  virtual AdapterValueStore& adapter_values() = 0;
  virtual AuditStore& audit() = 0;
  // Raised by every committed change to what the account can see; 0 when the account has none yet.
  virtual Result<std::int64_t> account_version(const AccountId&) = 0;
  virtual Result<void> raise_account_version(const AccountId&) = 0;
};

// Any thread; each transaction uses one connection of a bounded pool.
class Store {
 public:
  virtual ~Store() = default;
  using Work = std::function<Result<void>(Transaction&)>;
  // Commits when `work` succeeds, rolls back when it answers a trouble or throws. A write conflict between
  // nodes is retried by running `work` again, so it must have no effect outside the transaction.
  virtual Result<void> write(const Work& work) = 0;
  virtual Result<void> read(const Work& work) = 0;  // one consistent view
  // A read of a single statement: it is consistent by itself, so no transaction is opened around it.
  virtual Result<void> glance(const Work& work) = 0;
  // After something was erased: takes care that no file of ours still has it, such as a log of earlier pages.
  // What a database server keeps is the server's own business.
  virtual Result<void> scrub() = 0;
  virtual Result<void> check() = 0;  // reachable and migrated, for /health/ready
};

}  // namespace casebridge::ports
