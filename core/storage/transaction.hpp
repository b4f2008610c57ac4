// OpenTransaction: the stores of one transaction, on one connection.
#pragma once

#include "core/ports/store.hpp"
#include "core/storage/account_stores.hpp"
#include "core/storage/adapter_value_store.hpp"
#include "core/storage/audit_store.hpp"
#include "core/storage/case_stores.hpp"
#include "core/storage/device_store.hpp"
#include "core/storage/factor_store.hpp"
#include "core/storage/idempotency_store.hpp"
#include "core/storage/key_store.hpp"
#include "core/storage/link_stores.hpp"
#include "core/storage/passkey_store.hpp"
#include "core/storage/safety_store.hpp"

namespace casebridge::storage {

class OpenTransaction final : public ports::Transaction {
 public:
  OpenTransaction(Connection& connection, const Clock& clock) : scope_(connection, clock) {}
  ports::AccountStore& accounts() override { return accounts_; }
  ports::SessionStore& sessions() override { return sessions_; }
  ports::FlowStore& flows() override { return flows_; }
  ports::CodeStore& codes() override { return codes_; }
  ports::FactorStore& factors() override { return factors_; }
  ports::PasskeyStore& passkeys() override { return passkeys_; }
  ports::DeviceStore& devices() override { return devices_; }
  ports::SafetyStore& safety() override { return safety_; }
  ports::ThrottleStore& throttles() override { return throttles_; }
  ports::MailStore& mails() override { return mails_; }
  ports::LinkStore& links() override { return links_; }
  ports::LinkSecretStore& link_secrets() override { return link_secrets_; }
  ports::LinkAttemptStore& attempts() override { return attempts_; }
  ports::GuardStore& guard() override { return guard_; }
  ports::SnapshotStore& snapshots() override { return snapshots_; }
  ports::SyncStore& syncs() override { return syncs_; }
  ports::JobStore& jobs() override { return jobs_; }
  ports::IdempotencyStore& idempotency() override { return idempotency_; }
  ports::AdapterValueStore& adapter_values() override { return adapter_values_; }
  ports::AuditStore& audit() override { return audit_; }
  ports::KeyStore& keys() { return keys_; }
  Result<std::int64_t> account_version(const AccountId& account) override;
  // However often it is called, one transaction raises the version by one.
  Result<void> raise_account_version(const AccountId& account) override;

 private:
  Scope scope_;
  SqlAccountStore accounts_{scope_};
  SqlSessionStore sessions_{scope_};
  SqlFlowStore flows_{scope_};
  SqlCodeStore codes_{scope_};
  SqlFactorStore factors_{scope_};
  SqlPasskeyStore passkeys_{scope_};
  SqlDeviceStore devices_{scope_};
  SqlSafetyStore safety_{scope_};
  SqlThrottleStore throttles_{scope_};
  SqlMailStore mails_{scope_};
  SqlLinkStore links_{scope_};
  SqlLinkSecretStore link_secrets_{scope_};
  SqlLinkAttemptStore attempts_{scope_};
  SqlGuardStore guard_{scope_};
  SqlSnapshotStore snapshots_{scope_};
  SqlSyncStore syncs_{scope_};
  SqlJobStore jobs_{scope_};
  SqlIdempotencyStore idempotency_{scope_};
  SqlAdapterValueStore adapter_values_{scope_};
  SqlAuditStore audit_{scope_};
  SqlKeyStore keys_{scope_};
};

}  // namespace casebridge::storage
