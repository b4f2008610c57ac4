// FlowWorld: flows on a real SQLite store with a cheap hash and a clock that stands still; and its mailbox.
#pragma once

#include <gtest/gtest.h>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/audit/trail.hpp"
#include "core/base/crypto.hpp"
#include "core/identity/flows.hpp"
#include "core/storage/database.hpp"
#include "core/vault/record_vault.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

namespace casebridge::identity::testing {

constexpr const char* good_password = "violet teapot under snow";
constexpr const char* other_password = "lluvia sobre tejados azules";
constexpr HashSettings cheap_hashing{
    .cost = {.memory_kib = 64}, .code_cost = {.memory_kib = 64}, .threads = 2};

struct ReadMail {
  std::string to;
  std::string subject;
  std::string text;
  // The eight digits that stand on a line of their own; empty when there are none.
  std::string code() const {
    const std::size_t at = text.find("\n    ");
    return at == std::string::npos ? "" : text.substr(at + 5, 8);
  }
  // What the link to this page carries; empty when there is none.
  std::string link(const std::string& page) const {
    const std::string before = "/" + page + "#";
    const std::size_t at = text.find(before);
    return at == std::string::npos ? "" : text.substr(at + before.size(), 43);
  }
};

class FlowWorld : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = casebridge::testing::new_temporary_folder("flows");
    ASSERT_TRUE(vault::KeyFiles::make(directory_ / "keys"));
    vault_ =
        std::make_unique<vault::RecordVault>(std::move(vault::KeyFiles::load(directory_ / "keys")).value());
    trail_ = std::make_unique<audit::Trail>(*vault_, clock_);
    auto opened = storage::open_database({.url = "sqlite:" + (directory_ / "gateway.db").string(),
                                          .migrations = casebridge::tests::in_source("schemas/migrations")},
                                         clock_, log_);
    ASSERT_TRUE(opened) << opened.error().detail;
    store_ = std::move(opened).value();
    messages_ = std::make_unique<Messages>(
        std::move(Messages::load(casebridge::tests::in_source("config/messages"), {"en", "es"})).value());
    hasher_ = std::make_unique<PasswordHasher>(pepper(), cheap_hashing, clock_);
    renew_flows();
  }
  void TearDown() override {
    flows_.reset();
    store_.reset();
    std::filesystem::remove_all(directory_);
  }
  SecretBytes pepper() {
    return vault::KeyFiles::load(directory_ / "keys").value().derive(vault::KeyPurpose::password_pepper);
  }
  void renew_flows() {
    auto made = Flows::make({*store_, *vault_, clock_, *hasher_, policy_, *messages_, *trail_, settings_});
    ASSERT_TRUE(made);
    flows_ = std::move(made).value();
  }

  static FlowFields fields(std::initializer_list<std::pair<const char*, std::string>> values) {
    FlowFields made;
    for (const auto& [name, value] : values) made.emplace(name, SecretBytes::copy_of(value));
    return made;
  }
  FlowView start(const std::string& kind, const std::optional<model::Caller>& caller = {}) {
    auto started = flows_->start(kind, "cookie", "en", caller, origin_);
    EXPECT_TRUE(started) << started.error().detail;
    return std::move(started).value();
  }
  Result<FlowView> submit(const FlowView& view, const FlowFields& values,
                          const std::optional<model::Caller>& caller = {}) {
    return flows_->submit(view.id.text(), view.seq, values, caller, origin_, browser_);
  }
  FlowView begin_registration(const std::string& email, const std::string& password = good_password) {
    auto view = submit(start("registration"), fields({{"email", email}, {"password", password}}));
    EXPECT_TRUE(view) << view.error().detail;
    return std::move(view).value();
  }
  void register_account(const std::string& email, const std::string& password = good_password) {
    const FlowView waiting = begin_registration(email, password);
    const auto done = submit(waiting, fields({{"code", mailed_code()}}));
    ASSERT_TRUE(done);
    ASSERT_TRUE(done->done);
  }
  Result<FlowView> sign_in(const std::string& email, const std::string& password = good_password) {
    return submit(start("sign_in"), fields({{"email", email}, {"password", password}}));
  }
  static model::Caller caller_of(const FlowView& signed_in) {
    const ports::Session& session = signed_in.outcome->session;
    return {session.account, session.id, session.assurance, session.authenticated_at, session.locale};
  }
  // Takes everything that is queued.
  std::vector<ReadMail> read_mail() {
    std::vector<ReadMail> mails;
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
      mails.clear();
      CASEBRIDGE_TRY(const auto items, tx.mails().take_due(clock_.now(), clock_.now(), 100));
      for (const ports::MailItem& item : items) {
        CASEBRIDGE_TRY(const SecretBytes text, vault_->open(item.sealed_text, place_of_mail(item.id)));
        mails.push_back({item.to, item.subject, std::string(text.reveal())});
        CASEBRIDGE_CHECK(tx.mails().remove(item.id));
      }
      return {};
    }));
    return mails;
  }
  // Everything that is queued but what tells of sign-ins from new devices.
  std::vector<ReadMail> other_mail() {
    std::vector<ReadMail> mails = read_mail();
    std::erase_if(mails, [](const ReadMail& mail) {
      return mail.subject == "Your Casebridge account was used on a new device";
    });
    return mails;
  }
  // The code of the newest mail that has one; mails of one moment come in any order.
  std::string mailed_code() {
    std::string code;
    for (const ReadMail& mail : read_mail())
      if (!mail.code().empty()) code = mail.code();
    return code;
  }
  std::optional<ports::Account> account_of(const std::string& email) {
    std::optional<ports::Account> found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.accounts().find_by_email(email));
      return {};
    }));
    return found;
  }
  std::vector<ports::Session> sessions_of(const AccountId& account) {
    std::vector<ports::Session> found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.sessions().list(account));
      return {};
    }));
    return found;
  }

  std::filesystem::path directory_;
  ManualClock clock_{*parse_instant("2026-03-16T12:00:00Z")};
  Log log_;
  PasswordPolicy policy_{{}};
  FlowSettings settings_;
  model::Origin origin_{"198.51.100.7", "A browser", "req-1"};
  std::string browser_;  // the cookie of the browser that submits
  std::unique_ptr<vault::RecordVault> vault_;
  std::unique_ptr<ports::Store> store_;
  std::unique_ptr<audit::Trail> trail_;
  std::unique_ptr<Messages> messages_;
  std::unique_ptr<PasswordHasher> hasher_;
  std::unique_ptr<Flows> flows_;
};

// All that a caller can tell two views apart by, ids and times aside.
inline std::string seen_of(const FlowView& view) {
  std::string seen = view.kind + "|" + view.transport + "|" + view.step + "|" + std::to_string(view.seq) +
                     "|" + (view.done ? "done" : "open") + "|" + (view.outcome ? "session" : "none");
  for (const FlowNode& node : view.nodes) seen += "|" + node.name + node.type + node.label_key;
  for (const FlowMessage& message : view.messages) seen += "|" + message.key + message.kind;
  if (view.refusal)
    seen += "|" + std::string(view.refusal->row().name) + view.refusal->detail + view.refusal->field +
            std::to_string(view.refusal->attempts_left.value_or(-1)) + (view.refusal->retry_at ? "at" : "");
  return seen + "|" + to_text(view.expires_at);
}

}  // namespace casebridge::identity::testing
