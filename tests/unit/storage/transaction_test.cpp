// Transactions: whole or not at all, one view, refused text, and what is said when the database fails.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class TransactionTest : public StoreSuite {};
CASEBRIDGE_ON_BOTH_ENGINES(TransactionTest);

TEST_P(TransactionTest, LeavesNothingWhenTheWorkAnswersATrouble) {
  const auto account = sample_account("ana");
  const auto outcome = store().write([&](ports::Transaction& t) -> Result<void> {
    EXPECT_TRUE(t.accounts().insert(account));
    EXPECT_TRUE(*t.accounts().find(account.id));
    return trouble(TroubleCode::password_refused);
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, TroubleCode::password_refused);
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find(account.id); }));
}

TEST_P(TransactionTest, LeavesNothingWhenTheWorkThrowsAndStaysUsable) {
  const auto account = sample_account("ana");
  const auto work = [&](ports::Transaction& t) -> Result<void> {
    EXPECT_TRUE(t.accounts().insert(account));
    throw std::logic_error("a bug");
  };
  EXPECT_THROW(static_cast<void>(store().write(work)), std::logic_error);
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find(account.id); }));
  EXPECT_TRUE(write([&](auto& t) { return t.accounts().insert(account); }));
}

TEST_P(TransactionTest, DoesNotCommitWhatAFailedStatementIsPartOf) {
  const auto account = sample_account("ana");
  const auto orphan = sample_session(AccountId::make(at(0)), "digest");
  const auto outcome = store().write([&](ports::Transaction& t) -> Result<void> {
    EXPECT_TRUE(t.accounts().insert(account));
    EXPECT_FALSE(t.sessions().insert(orphan));
    EXPECT_FALSE(t.accounts().find(account.id));  // nothing more is tried
    return {};                                    // and the work takes no notice
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, TroubleCode::dependency_failed);
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find(account.id); }));
}

TEST_P(TransactionTest, AReadCannotWrite) {
  const auto account = sample_account("ana");
  EXPECT_FALSE(read([&](auto& t) { return t.accounts().insert(account); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find(account.id); }));
}

TEST_P(TransactionTest, AReadSeesOneMoment) {
  const auto account = new_account("ana");
  const auto outcome = store().read([&](ports::Transaction& t) -> Result<void> {
    EXPECT_EQ(*t.account_version(account.id), 0);
    EXPECT_TRUE(write([&](auto& other) { return other.raise_account_version(account.id); }));
    EXPECT_EQ(*t.account_version(account.id), 0);
    return {};
  });
  EXPECT_TRUE(outcome);
  EXPECT_EQ(version_of(account.id), 1);
}

TEST_P(TransactionTest, RaisesAVersionOnceHoweverOftenItIsAsked) {
  const auto account = new_account("ana");
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(store().write([&](ports::Transaction& t) -> Result<void> {
      CASEBRIDGE_CHECK(t.raise_account_version(account.id));
      return t.raise_account_version(account.id);
    }));
  }
  EXPECT_EQ(version_of(account.id), 2);
  const auto nobody = write([&](auto& t) { return t.raise_account_version(AccountId::make(at(0))); });
  EXPECT_EQ(nobody.error().code, TroubleCode::not_found);
}

TEST_P(TransactionTest, RefusesTextThatOneEngineWouldCutOrRefuse) {
  auto with_nul = sample_account("ana");
  with_nul.email = std::string("a\0b", 3);
  auto not_utf8 = sample_account("ben");
  not_utf8.locale = "\xC3";
  for (const auto& [account, field] : {std::pair{with_nul, "email"}, std::pair{not_utf8, "locale"}}) {
    const auto outcome = write([&, &wanted = account](auto& t) { return t.accounts().insert(wanted); });
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().code, TroubleCode::invalid_field);
    EXPECT_EQ(outcome.error().field, field);
  }
}

TEST_P(TransactionTest, KeepsTextAsItIs) {
  auto account = sample_account("o'brien");
  account.password_hash =
      "'; DROP TABLE account; -- :id \"quoted\" \\ \n\t ünïcödé 🙂 " + std::string(100'000, 'x');
  ASSERT_TRUE(write([&](auto& t) { return t.accounts().insert(account); }));
  EXPECT_EQ((*read([&](auto& t) { return t.accounts().find(account.id); }))->password_hash,
            account.password_hash);
}

TEST_P(TransactionTest, IsReadyOnceItIsMigrated) { EXPECT_TRUE(store().check()); }

TEST_P(TransactionTest, WhatIsCommittedIsThereForTheNextStore) {
  const auto account = new_account("ana");
  const auto other = open();
  const auto outcome = other->read([&](ports::Transaction& t) -> Result<void> {
    EXPECT_TRUE(*t.accounts().find(account.id));
    return {};
  });
  EXPECT_TRUE(outcome);
}

TEST_P(TransactionTest, AProcessThatDiesInTheMiddleLeavesWhatItCommittedAndNoMore) {
  const auto committed = sample_account("ana");
  const auto begun = sample_account("ben");
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto own = open();
    const auto first = own->write([&](ports::Transaction& t) { return t.accounts().insert(committed); });
    const auto second = own->write([&](ports::Transaction& t) -> Result<void> {
      if (first && t.accounts().insert(begun)) ::kill(::getpid(), SIGKILL);
      return {};
    });
    ::_exit(second ? 1 : 2);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(*read([&](auto& t) { return t.accounts().find(committed.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find(begun.id); }));
  EXPECT_TRUE(write([&](auto& t) { return t.accounts().insert(begun); }));
}

class ServerTest : public StoreSuite {};
CASEBRIDGE_ON(ServerTest, Engine::postgresql);

TEST_P(ServerTest, GoesOnAfterTheServerClosedEveryConnection) {
  const auto account = new_account("ana");
  server().run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'");
  EXPECT_TRUE(*read([&](auto& t) { return t.accounts().find(account.id); }));
  server().run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'test%'");
  EXPECT_TRUE(write([&](auto& t) { return t.raise_account_version(account.id); }));
  EXPECT_EQ(version_of(account.id), 1);
}

}  // namespace
}  // namespace casebridge::storage
