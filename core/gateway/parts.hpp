// Parts: every object of a running gateway, in the order of their making; destroyed in the reverse one.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/audit/checkpoint_file.hpp"
#include "core/audit/trail.hpp"
#include "core/base/messages.hpp"
#include "core/desk/deliver_mail.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/operating.hpp"
#include "core/desk/read_log.hpp"
#include "core/desk/scheduler.hpp"
#include "core/desk/sweep_accounts.hpp"
#include "core/gateway/configuration.hpp"
#include "core/gateway/vault_watch.hpp"
#include "core/http/dispatcher.hpp"
#include "core/http/page_files.hpp"
#include "core/http/server.hpp"
#include "core/identity/flows.hpp"
#include "core/identity/password_hasher.hpp"
#include "core/identity/password_policy.hpp"
#include "core/mail/smtp_mailer.hpp"
#include "core/vault/record_vault.hpp"

namespace casebridge::gateway {

// What both serving and checking need: settings that can be wrong without a database or a port.
struct Foundations {
  std::unique_ptr<vault::RecordVault> vault;
  SecretBytes pepper;
  SecretBytes checkpoint_seed;
  std::unique_ptr<Messages> messages;
  std::unique_ptr<identity::PasswordPolicy> policy;
  std::unique_ptr<VaultWatch> vault_watch;  // null when only checking
  std::unique_ptr<ports::Systems> systems;
  std::unique_ptr<http::PageFiles> pages;  // null: none are served
};
// `store` is what adapters may keep values in; null when only checking. It must outlive the result.
Result<Foundations> lay_foundations(const Configuration&, const Clock&, const Log&, ports::Store* store);

// The members refer to each other, so the object stays where it was made.
struct Parts {
  std::unique_ptr<ports::Store> store;
  Foundations foundations;
  std::unique_ptr<audit::Trail> trail;
  std::unique_ptr<desk::ReadLog> reads;
  std::unique_ptr<audit::CheckpointFile> checkpoint;  // null: none is written
  identity::SessionSettings sessions{};               // the same wherever a session is looked at
  std::unique_ptr<identity::PasswordHasher> hasher;
  std::unique_ptr<identity::Flows> flows;
  std::unique_ptr<mail::SmtpMailer> mailer;
  std::unique_ptr<desk::Scheduler> scheduler;
  std::unique_ptr<desk::Desk> desk;
  std::unique_ptr<identity::AccountMail> notices;
  std::unique_ptr<desk::DeliverMail> deliver_mail;
  std::unique_ptr<desk::SweepAccounts> sweep_accounts;
  std::unique_ptr<ports::KeyDatabase> keys;  // as operators see it
  std::unique_ptr<desk::Operating> operating;
  std::unique_ptr<http::Dispatcher> dispatcher;
  std::vector<std::unique_ptr<http::Server>> servers;
  std::vector<std::string> addresses;
  std::chrono::seconds stop_grace{10};
  std::function<void()> end_audit;  // when nothing happens any more
};

}  // namespace casebridge::gateway
