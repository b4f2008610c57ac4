// Migrations: applied once, in order, refused when they changed; and how files are taken apart.
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "core/storage/migration_files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class MigrateTest : public StoreSuite {
 protected:
  void SetUp() override {
    StoreSuite::SetUp();
    if (IsSkipped()) return;
    folder_ = casebridge::testing::new_temporary_folder("migrations");
    std::filesystem::copy(options().migrations, folder_);
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
    StoreSuite::TearDown();
  }
  DatabaseOptions changed_options() const {
    DatabaseOptions changed = options();
    changed.migrations = folder_;
    return changed;
  }
  void add(const std::string& name, const std::string& sql) const {
    std::ofstream(folder_ / name, std::ios::app) << sql;
  }
  // The files of this program, in their order.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& one : std::filesystem::directory_iterator(options().migrations))
      found.push_back(one.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }
  // The name that a file has which comes after all of them.
  std::string next() const {
    const std::string number = std::to_string(names().size() + 1);
    return std::string(4 - number.size(), '0') + number + "_extra.sql";
  }

  std::filesystem::path folder_;
};
CASEBRIDGE_ON_BOTH_ENGINES(MigrateTest);

TEST_P(MigrateTest, AppliesNothingTwice) {
  const auto again = migrate(options());
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, 0);
}

TEST_P(MigrateTest, AppliesWhatIsNew) {
  add(next(),
      "CREATE TABLE extra (name TEXT); -- it's a comment; with :words\nINSERT INTO extra VALUES ('a;b');\n");
  const auto applied = migrate(changed_options());
  ASSERT_TRUE(applied) << applied.error().detail;
  EXPECT_EQ(*applied, 1);
  const auto ready = store().check();  // the store was opened before there was one more
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().code, TroubleCode::dependency_failed);
}

TEST_P(MigrateTest, RefusesAnAppliedMigrationThatChanged) {
  add("0002_links.sql", "\n-- one more comment\n");
  const auto refused = migrate(changed_options());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("migration 2 changed"), std::string::npos);
}

TEST_P(MigrateTest, RefusesADatabaseThatIsNewer) {
  const std::size_t last = names().size();
  std::filesystem::remove(folder_ / names().back());
  const auto refused = migrate(changed_options());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);  // starting again does not help
  EXPECT_NE(refused.error().detail.find("newer than this program: it has migration " + std::to_string(last) +
                                        ", this program knows " + std::to_string(last - 1)),
            std::string::npos);
}

TEST_P(MigrateTest, WhoeverMayNotMigrateTakesTheDatabaseAsItIsOrNotAtAll) {
  DatabaseOptions looking = changed_options();
  looking.migrate = false;
  EXPECT_TRUE(open_database(looking, clock_, Log()));
  add(next(), "CREATE TABLE extra (name TEXT);\n");
  const auto refused = open_database(looking, clock_, Log());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::invalid_field);
  EXPECT_NE(refused.error().detail.find("start the gateway of this release first"), std::string::npos);
  EXPECT_EQ(*migrate(changed_options()), 1) << "nothing was applied";
  EXPECT_TRUE(open_database(looking, clock_, Log()));
}

TEST_P(MigrateTest, KeepsWhatAnOlderDatabaseHolds) {
  const ports::Account ana = new_account("ana");
  ASSERT_TRUE(new_link(ana.id, "person").version == 1);
  add(next(), "ALTER TABLE account ADD COLUMN extra TEXT NOT NULL DEFAULT '';\n");
  ASSERT_TRUE(migrate(changed_options()));
  const auto found = read([&](auto& t) { return t.accounts().find(ana.id); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->email, ana.email);
  EXPECT_EQ(read([&](auto& t) { return t.links().list(ana.id); })->size(), 1U);
}

TEST_P(MigrateTest, AFailingMigrationLeavesNothing) {
  add(next(), "CREATE TABLE extra (name TEXT);\nCREATE TABLE account (name TEXT);\n");
  ASSERT_FALSE(migrate(changed_options()));
  EXPECT_TRUE(store().check());
  std::filesystem::remove(folder_ / next());
  add(next(), "CREATE TABLE extra (name TEXT);\n");
  const auto applied = migrate(changed_options());
  ASSERT_TRUE(applied);
  EXPECT_EQ(*applied, 1);
}

TEST_P(MigrateTest, SeveralAtOnceApplyItOnce) {
  add(next(), "CREATE TABLE extra (name TEXT);\n");
  std::atomic<int> applied = 0, failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto done = migrate(changed_options());
      if (done)
        applied += *done;
      else
        ++failed;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(applied, 1);
}

class FileTest : public StoreSuite {};
CASEBRIDGE_ON(FileTest, Engine::sqlite);

TEST_P(FileTest, WhoeverMayNotMigrateMakesNoFileAndTakesNoEmptyOne) {
  const auto file = folder() / "missing.db";
  DatabaseOptions looking = options();
  looking.url = "sqlite:" + file.string();
  looking.migrate = false;
  const auto missing = open_database(looking, clock_, Log());
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, TroubleCode::dependency_failed);
  EXPECT_FALSE(std::filesystem::exists(file));
  std::ofstream(file).flush();
  const auto empty = open_database(looking, clock_, Log());
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, TroubleCode::invalid_field);
  EXPECT_EQ(std::filesystem::file_size(file), 0U);
}

TEST_P(FileTest, TheFileOfADatabaseIsForItsOwnerOnly) {
  new_account("ana");
  const std::string path = options().url.substr(std::string("sqlite:").size());
  for (const char* part : {"", "-wal", "-shm"}) {
    struct stat status {};
    ASSERT_EQ(::stat((path + part).c_str(), &status), 0) << part;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << part;
  }
}

TEST(MigrationFiles, SplitsAtSemicolonsOutsideQuotesAndComments) {
  const std::string sql = "-- first; comment\nSELECT 'a;b''c', \"d;e\"; -- it's;\n\nSELECT 2;;\nSELECT 3";
  const std::vector<std::string> expected{"SELECT 'a;b''c', \"d;e\"", "SELECT 2", "SELECT 3"};
  EXPECT_EQ(statements_of(sql, Engine::sqlite), expected);
}

TEST(MigrationFiles, KeepsAStatementForTheEngineItNames) {
  const std::string sql = "SELECT 1;\n-- engine: postgresql\nSELECT 2;\nSELECT 3;";
  EXPECT_EQ(statements_of(sql, Engine::sqlite), (std::vector<std::string>{"SELECT 1", "SELECT 3"}));
  EXPECT_EQ(statements_of(sql, Engine::postgresql),
            (std::vector<std::string>{"SELECT 1", "SELECT 2", "SELECT 3"}));
}

TEST(MigrationFiles, RefusesAFolderWithoutOrWithGaps) {
  EXPECT_FALSE(read_migrations("/nonexistent", Engine::sqlite));
  const std::filesystem::path folder = casebridge::testing::new_temporary_folder("migrations");
  EXPECT_FALSE(read_migrations(folder, Engine::sqlite));
  std::ofstream(folder / "0001_first.sql") << "SELECT 1;";
  ASSERT_TRUE(read_migrations(folder, Engine::sqlite));
  EXPECT_EQ(read_migrations(folder, Engine::sqlite)->front().name, "first");
  std::ofstream(folder / "0003_third.sql") << "SELECT 1;";
  EXPECT_FALSE(read_migrations(folder, Engine::sqlite));
  std::filesystem::remove(folder / "0003_third.sql");
  std::ofstream(folder / "second.sql") << "SELECT 1;";
  EXPECT_FALSE(read_migrations(folder, Engine::sqlite));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace casebridge::storage
