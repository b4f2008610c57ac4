// StoreSuite: every test of it runs on SQLite and on PostgreSQL, each on a database of its own.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/storage/database.hpp"
#include "core/storage/target.hpp"
#include "tests/support/postgres_server.hpp"

namespace casebridge::storage {

inline Instant at(int seconds) {
  return *parse_instant("2026-03-16T14:00:00Z") + std::chrono::seconds(seconds);
}

ports::Account sample_account(const std::string& name);
ports::Session sample_session(const AccountId& account, const std::string& digest);
ports::Link sample_link(const AccountId& account, const std::string& subject_digest);
ports::Job sample_job(const std::string& kind, const std::string& subject);
ports::RecordVersion sample_record(const std::string& key, const std::string& content);

class StoreSuite : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override;
  void TearDown() override;

  // Another store on the same database, as another gateway would have.
  std::unique_ptr<ports::Store> open(int connections_max = 4);
  ports::Store& store() { return *store_; }
  DatabaseOptions options() const;

  // Runs one call in a transaction of its own; answers what the call answered, or why there was no commit.
  template <class Call>
  auto write(Call call) {
    return run(*store_, &ports::Store::write, call);
  }
  template <class Call>
  auto read(Call call) {
    return run(*store_, &ports::Store::read, call);
  }
  // The same without a transaction: for a single statement.
  template <class Call>
  auto glance(Call call) {
    return run(*store_, &ports::Store::glance, call);
  }
  template <class Call>
  static auto write_with(ports::Store& store, Call call) {
    return run(store, &ports::Store::write, call);
  }

  // Inserted, and fails the test when that did not work.
  ports::Account new_account(const std::string& name);
  ports::Link new_link(const AccountId& account, const std::string& subject_digest);
  std::int64_t version_of(const AccountId& account);
  // Only on PostgreSQL.
  testing::PostgresServer& server();
  const std::filesystem::path& folder() const { return folder_; }  // where SQLite's files are

  ManualClock clock_{at(0)};

 private:
  using Door = Result<void> (ports::Store::*)(const ports::Store::Work&);
  template <class Call>
  static auto run(ports::Store& store, Door door, Call& call) {
    using Answer = decltype(call(std::declval<ports::Transaction&>()));
    std::optional<Answer> answer;
    const auto outcome = (store.*door)([&](ports::Transaction& transaction) -> Result<void> {
      answer.emplace(call(transaction));
      if (!*answer) return answer->error();
      return {};
    });
    if (!outcome) return Answer(outcome.error());
    return *std::move(answer);
  }

  std::filesystem::path folder_;
  std::string url_;
  std::unique_ptr<ports::Store> store_;
};

}  // namespace casebridge::storage

#define CASEBRIDGE_ON(Suite, ...)                                          \
  INSTANTIATE_TEST_SUITE_P(Engines, Suite, ::testing::Values(__VA_ARGS__), \
                           [](const auto& tested) { return std::string(name_of(tested.param)); })
#define CASEBRIDGE_ON_BOTH_ENGINES(Suite) \
  CASEBRIDGE_ON(Suite, ::casebridge::storage::Engine::sqlite, ::casebridge::storage::Engine::postgresql)
