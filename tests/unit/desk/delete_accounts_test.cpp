// Accounts that are deleted: not before their time, with everything, and with nothing left in the database.
#include "core/desk/delete_accounts.hpp"

#include <fstream>
#include <iterator>

#include "core/base/messages.hpp"
#include "core/desk/list_cases.hpp"
#include "core/identity/holds.hpp"
#include "core/ports/store_safety.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using std::chrono::hours;

class DeleteAccounts : public DeskWorld {
 protected:
  DeleteAccounts()
      : messages_(Messages::load(casebridge::tests::in_source("config/messages"), {"en", "es"}).value()),
        mail_(*vault_, messages_, "") {}

  template <class Work>
  auto write(Work work) {
    decltype(work(std::declval<ports::Transaction&>())) answer = trouble(TroubleCode::internal);
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
      answer = work(tx);
      return {};
    }));
    return answer;
  }
  void ask_for_it(const AccountId& account) {
    const Instant now = clock_.now();
    const ports::Hold hold{account, identity::hold_deletion, now, now + hours{24}, now + hours{9000}};
    EXPECT_TRUE(*write([&](ports::Transaction& tx) { return tx.safety().begin_hold(hold); }));
  }
  int run() {
    const auto count = delete_due_accounts(desk(), mail_);
    EXPECT_TRUE(count);
    return count ? *count : -1;
  }
  bool is_there(const AccountId& account) {
    return write([&](ports::Transaction& tx) { return tx.accounts().find(account); })->has_value();
  }
  std::string files() const {
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(folder_)) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }

  Messages messages_;
  identity::AccountMail mail_;
};

TEST_F(DeleteAccounts, AnAccountGoesWhenItsTimeHasComeAndNoOther) {
  ask_for_it(account_);
  clock_.advance(hours{24} - std::chrono::seconds{1});
  EXPECT_EQ(run(), 0);
  EXPECT_TRUE(is_there(account_));
  clock_.advance(std::chrono::seconds{1});
  EXPECT_EQ(run(), 1);
  EXPECT_FALSE(is_there(account_));
  EXPECT_TRUE(is_there(other_));
  EXPECT_EQ(run(), 0);
}

TEST_F(DeleteAccounts, OneThatWasStoppedStays) {
  ask_for_it(account_);
  EXPECT_TRUE(*write(
      [&](ports::Transaction& tx) { return tx.safety().end_hold(account_, identity::hold_deletion); }));
  clock_.advance(hours{30});
  EXPECT_EQ(run(), 0);
  EXPECT_TRUE(is_there(account_));
}

TEST_F(DeleteAccounts, OneThatIsStoppedWhileOthersGoKeepsItsLinks) {
  ask_for_it(other_);
  ask_for_it(account_);
  clock_.advance(hours{24});
  const LinkId first = link("session_only", "person-1"), second = link("session_only", "person-2");
  systems_.texas.next_end([this]() -> Result<void> {
    return store_->write([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY([[maybe_unused]] const bool ended,
                     tx.safety().end_hold(account_, identity::hold_deletion));
      return {};
    });
  });
  EXPECT_EQ(run(), 1);
  EXPECT_FALSE(is_there(other_));
  EXPECT_TRUE(is_there(account_));
  EXPECT_EQ(systems_.texas.count("auth_end"), 1);
  const auto state_of = [&](const LinkId& id) {
    return (*write([&](ports::Transaction& tx) { return tx.links().find(account_, id); }))->state;
  };
  EXPECT_NE(state_of(first), state_of(second));
}

TEST_F(DeleteAccounts, TheLogKeepsThatItHappened) {
  ask_for_it(account_);
  clock_.advance(hours{24});
  EXPECT_EQ(run(), 1);
  const auto waiting = write([&](ports::Transaction& tx) { return tx.audit().waiting(9); });
  ASSERT_EQ(waiting->size(), 1U);
  const ports::AuditRecord& record = waiting->front().record;
  EXPECT_EQ(record.action, "account_deleted");
  EXPECT_EQ(record.subject, account_.text());
  EXPECT_EQ(record.actor, "gateway");
  EXPECT_EQ(record.personal, "");
}

TEST_F(DeleteAccounts, TheSessionAtTheStateIsEnded) {
  ask_for_it(account_);
  clock_.advance(hours{24});
  synced_link({SampleCase{}});
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(systems_.texas.count("auth_end"), 1);
}

TEST_F(DeleteAccounts, NothingOfItIsLeftInTheDatabase) {
  SampleCase sample;
  synced_link({sample});
  const auto cases = list_cases(desk(), caller());
  ASSERT_EQ(cases->cases.size(), 1U);
  const std::string case_id = cases->cases.front().record.id;
  const std::string before = files();
  for (const std::string& canary : {std::string("priya@example.com"), sample.key, case_id})
    ASSERT_NE(before.find(canary), std::string::npos) << canary;
  ask_for_it(account_);
  clock_.advance(hours{24});
  EXPECT_EQ(run(), 1);
  run_jobs();
  EXPECT_TRUE(write([&](ports::Transaction& tx) -> Result<int> {
    CASEBRIDGE_TRY(const auto items, tx.mails().take_due(clock_.now(), clock_.now(), 100));
    for (const auto& item : items) CASEBRIDGE_CHECK(tx.mails().remove(item.id));
    return static_cast<int>(items.size());
  }));
  EXPECT_TRUE(store_->scrub());
  const std::string after = files();
  for (const std::string& canary : {std::string("priya@example.com"), sample.key, case_id})
    EXPECT_EQ(after.find(canary), std::string::npos) << canary;
  EXPECT_NE(after.find("sam@example.com"), std::string::npos);
}

TEST_F(DeleteAccounts, WhatTheAuditLogHoldsOfItCanBeReadByNobody) {
  EXPECT_TRUE(store_->write([&](ports::Transaction& tx) {
    return tx.audit().add_subject_key(account_.text(), account_, "sealed");
  }));
  ask_for_it(account_);
  clock_.advance(hours{24});
  EXPECT_EQ(run(), 1);
  const auto key = write([&](ports::Transaction& tx) { return tx.audit().subject_key(account_.text()); });
  ASSERT_TRUE(key);
  EXPECT_FALSE(*key);
}

TEST_F(DeleteAccounts, TheOwnerGetsALastMail) {
  ask_for_it(account_);
  clock_.advance(hours{24});
  run();
  const auto items =
      write([&](ports::Transaction& tx) { return tx.mails().take_due(clock_.now(), clock_.now(), 9); });
  ASSERT_EQ(items->size(), 1U);
  EXPECT_EQ(items->front().to, "priya@example.com");
}

}  // namespace
}  // namespace casebridge::desk::testing
