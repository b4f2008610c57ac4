// Addresses of databases, and what is said about one that cannot be opened.
#include "core/storage/target.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "core/storage/database.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

namespace casebridge::storage {
namespace {

TEST(Target, KnowsTheEngines) {
  EXPECT_EQ(parse_target("sqlite:/tmp/x.db")->engine, Engine::sqlite);
  EXPECT_EQ(parse_target("sqlite:/tmp/x.db")->path, "/tmp/x.db");
  EXPECT_EQ(parse_target("postgresql://db.example/casebridge")->engine, Engine::postgresql);
  EXPECT_EQ(parse_target("postgres://db.example/casebridge")->engine, Engine::postgresql);
  EXPECT_EQ(parse_target("host=/run dbname=casebridge")->engine, Engine::postgresql);
}

TEST(Target, TakesWordsBehindTheScheme) {
  const auto target = parse_target("postgresql:host=/run dbname=casebridge");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->engine, Engine::postgresql);
  EXPECT_EQ(target->connect, parse_target("host=/run dbname=casebridge")->connect);
}

bool has(const Result<Target>& target, const std::string& words) {
  return target && target->connect.find(words) != std::string::npos;
}

TEST(Target, WaitsForAServerOnlyAsLongAsItIsTold) {
  EXPECT_TRUE(has(parse_target("postgresql://h/d"), R"(connect_timeout="'5'")"));
  EXPECT_TRUE(has(parse_target("host=h connect_timeout=9"), R"(connect_timeout="'9'")"));
}

TEST(Target, ReadsBothSpellingsOfAnAddressAsLibpqDoes) {
  for (const char* url : {"postgresql://me:a%20b%27c@h:5433/d?sslmode=require",
                          R"(host=h port=5433 user=me dbname=d password='a b\'c' sslmode=require)"}) {
    const auto target = parse_target(url);
    for (const char* word : {R"(host="'h'")", R"(port="'5433'")", R"(user="'me'")", R"(dbname="'d'")",
                             R"(password="'a b\'c'")", R"(sslmode="'require'")"}) {
      EXPECT_TRUE(has(target, word)) << word;
    }
  }
}

TEST(Target, RefusesWhatIsNoAddress) {
  for (const char* url : {"", "sqlite:", "sqlite::memory:", "sqlite:/tmp/a\"b", "mysql://h/d", "/tmp/x.db",
                          "nonsense=1", "host=h password=a\"b"}) {
    const auto target = parse_target(url);
    ASSERT_FALSE(target) << url;
    EXPECT_EQ(target.error().field, "database") << url;
  }
}

class PasswordFile : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& text) const {
    std::ofstream(file_) << text;
    return file_;
  }
  void TearDown() override { std::filesystem::remove(file_); }
  const std::filesystem::path file_ = std::filesystem::path(::testing::TempDir()) / "target_test_password";
};

TEST_F(PasswordFile, ItsFirstLineIsThePassword) {
  const auto target = parse_target("postgresql:host=h dbname=d", write("a b'c\nnot this\n"));
  EXPECT_TRUE(has(target, R"(password="'a b\'c'")"));
}

TEST_F(PasswordFile, IsRefusedWithoutShowingWhatItHolds) {
  for (const char* content : {"", "\n", "plum\"ladder"}) {
    const auto target = parse_target("postgresql:host=h dbname=d", write(content));
    ASSERT_FALSE(target) << content;
    EXPECT_EQ(target.error().code, TroubleCode::invalid_field);
    EXPECT_EQ(target.error().detail.find("plum"), std::string::npos);
  }
  EXPECT_FALSE(parse_target("postgresql:host=h dbname=d", "/nonexistent/password"));
  EXPECT_FALSE(parse_target("sqlite:/tmp/x.db", write("plum")));
}

TEST(Target, KnowsAnAddressThatHoldsAPassword) {
  for (const char* url : {"postgresql://me:plum@h/d", "postgresql:host=h password=plum",
                          "postgres://h/d?password=plum", "host=h password = 'plum'"})
    EXPECT_TRUE(holds_password(url)) << url;
  for (const char* url : {"postgresql://me@h/d", "postgresql:host=password", "sqlite:/tmp/password=x.db",
                          "postgresql:host=h passfile=/run/pgpass", "nonsense"})
    EXPECT_FALSE(holds_password(url)) << url;
}

TEST(Database, SaysWithoutDetailsOfTheAddressThatItCannotBeReached) {
  const ManualClock clock{Instant{}};
  const std::filesystem::path migrations =
      std::filesystem::path(casebridge::tests::in_source("schemas/migrations"));
  for (const char* url :
       {"sqlite:/nonexistent/folder/x.db", "host=/nonexistent user=secret-name dbname=secret-name",
        "postgresql://secret-name:secret-name@/secret-name?host=/nonexistent"}) {
    const auto opened = open_database({url, migrations, 2}, clock, Log());
    ASSERT_FALSE(opened) << url;
    EXPECT_EQ(opened.error().code, TroubleCode::dependency_failed) << url;
    EXPECT_EQ(opened.error().detail.find("secret-name"), std::string::npos) << url;
    EXPECT_EQ(opened.error().detail.find("nonexistent"), std::string::npos) << url;
  }
}

TEST(Database, SaysThatAFileIsNoDatabase) {
  const ManualClock clock{Instant{}};
  const std::filesystem::path root = casebridge::tests::in_source("");
  const std::filesystem::path folder = casebridge::testing::new_temporary_folder("storage");
  const std::filesystem::path file = folder / "copy.db";
  std::filesystem::copy_file(root / "LICENSE", file);
  const auto opened =
      open_database({"sqlite:" + file.string(), root / "schemas/migrations", 2}, clock, Log());
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().detail.find("sqlite result 26"), std::string::npos) << opened.error().detail;
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace casebridge::storage
