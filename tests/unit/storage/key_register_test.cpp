// The register of keys, on both engines: one active key for all gateways, and none destroyed that is needed.
#include "core/vault/key_register.hpp"

#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "core/storage/migration_files.hpp"
#include "core/storage/sealed_columns.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/storage/vault_world.hpp"

namespace casebridge::storage {
namespace {

using ::testing::HasSubstr;

class KeyRegisterTest : public VaultWorld {
 protected:
  std::string states() {
    std::string text;
    const auto keys = registered(*vault_).keys();
    for (const auto& key : *keys) text += key.id + " " + key.state + "\n";
    return text;
  }
  std::string refusal(const Result<void>& moved) { return moved ? "done" : moved.error().detail; }
};

TEST_P(KeyRegisterTest, OfAnEmptyRegisterTheNewestBecomesActive) {
  EXPECT_EQ(states(), "seal-0001 active\n");
  EXPECT_EQ(vault_->ring().current(), "seal-0001");
}

TEST_P(KeyRegisterTest, AKeyThatIsAddedLaterWaits) {
  ASSERT_TRUE(vault_->ring().provider("file")->add());
  ASSERT_TRUE(registered(*vault_).refresh());
  EXPECT_EQ(states(), "seal-0001 active\nseal-0002 pre-active\n");
  EXPECT_EQ(vault_->ring().current(), "seal-0001");
}

TEST_P(KeyRegisterTest, AnotherGatewayHearsOfTheChangeAndLooksForTheKey) {
  const auto other = load();
  const auto other_store = open();
  const auto other_keys = keys_in(*other_store);
  vault::KeyRegister others(*other_keys, other->ring(), clock_);
  ASSERT_TRUE(others.refresh());
  rotate();
  EXPECT_EQ(other->ring().current(), "seal-0001");
  ASSERT_TRUE(others.refresh());
  EXPECT_EQ(other->ring().current(), "seal-0002");
  const auto sealed = other->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0});
  ASSERT_TRUE(sealed);
  EXPECT_EQ(vault::key_named_by(*sealed), "seal-0002");
  EXPECT_EQ(states(), "seal-0001 decrypt-only\nseal-0002 active\n");
}

TEST_P(KeyRegisterTest, MovesThatTheTableDoesNotKnowAreRefused) {
  auto keys = registered(*vault_);
  EXPECT_THAT(refusal(keys.activate("seal-0001")), HasSubstr("is active and cannot become active"));
  EXPECT_THAT(refusal(keys.activate("seal-0009")), HasSubstr("is not at hand here"));
  EXPECT_THAT(refusal(keys.destroy("seal-0009")), HasSubstr("is not known"));
  EXPECT_THAT(refusal(keys.destroy("seal-0001")), HasSubstr("is active and cannot become destroyed"));
}

TEST_P(KeyRegisterTest, ACompromisedKeyWrapsNothingAndStillOpens) {
  keep_values(2);
  auto keys = registered(*vault_);
  ASSERT_TRUE(keys.mark_compromised("seal-0001"));
  EXPECT_EQ(vault_->ring().current(), "");
  EXPECT_FALSE(vault_->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0}));
  EXPECT_FALSE(vault_->examine());
  EXPECT_EQ(values_that_open(*vault_), 2);
  rotate();
  EXPECT_TRUE(vault_->examine());
  EXPECT_THAT(refusal(keys.activate("seal-0001")), HasSubstr("is compromised and cannot become active"));
}

TEST_P(KeyRegisterTest, AKeyIsDestroyedOnlyWhenNoRowNamesItAndAWhileAfterItWrapped) {
  keep_values(6);
  keep_mail_and_flow();
  rotate();
  auto keys = registered(*vault_);
  EXPECT_THAT(refusal(keys.destroy("seal-0001")), HasSubstr("wrapped until a moment ago"));
  clock_.advance(std::chrono::minutes(11));
  EXPECT_THAT(refusal(keys.destroy("seal-0001")), HasSubstr("is still named by rows of "));
  rewrap_all(*vault_, 100);
  EXPECT_EQ(refusal(keys.destroy("seal-0001")), "done");
  EXPECT_EQ(states(), "seal-0001 destroyed\nseal-0002 active\n");
  EXPECT_FALSE(std::filesystem::exists(keys_folder() / "seal-0001.key"));
  EXPECT_EQ(values_that_open(*vault_), 6);
  EXPECT_EQ(values_that_open(*load()), 6) << "after a restart";
}

TEST_P(KeyRegisterTest, WrapsAreWrittenDownBeforeTheyAreUsed) {
  const auto wraps = [&] { return registered(*vault_).keys().value().front().wraps; };
  EXPECT_EQ(wraps(), 65'536);
  const auto other = load();
  const auto other_store = open();
  const auto other_keys = keys_in(*other_store);
  vault::KeyRegister others(*other_keys, other->ring(), clock_, {.wraps_granted = 10});
  ASSERT_TRUE(others.refresh());
  EXPECT_EQ(wraps(), 65'546);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(other->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0})) << i;
  EXPECT_EQ(other->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0}).error().code,
            TroubleCode::overloaded);
  ASSERT_TRUE(others.refresh());
  EXPECT_TRUE(other->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0}));
  EXPECT_EQ(wraps(), 65'556);
}

TEST_P(KeyRegisterTest, AKeyWrapsNoMoreAtTheLimitOfTheStandard) {
  const auto other = load();
  ASSERT_TRUE(keys_->write([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_CHECK(table.add_wraps("seal-0001", (std::int64_t{1} << 32) - 69'152));
    return {};
  }));
  vault::KeyRegister others(*keys_, other->ring(), clock_);
  ASSERT_TRUE(others.refresh());
  EXPECT_EQ(other->ring().left("seal-0001"), 3'616U) << "what is left of 2^32";
}

CASEBRIDGE_ON_BOTH_ENGINES(KeyRegisterTest);

// A new column of sealed records that is not listed would keep a key in use unseen.
TEST(SealedColumns, AreAllThoseThatTheMigrationsCallSealed) {
  const auto files = read_migrations(casebridge::tests::in_source("schemas/migrations"), Engine::sqlite);
  ASSERT_TRUE(files);
  std::set<std::string> made, listed;
  const std::regex table(R"(CREATE TABLE (\w+) \(([^;]*)\);)"), column(R"(\n\s*(sealed\w*)\s)"),
      added(R"(ALTER TABLE (\w+) ADD COLUMN (sealed\w*))");
  for (const auto& file : *files) {
    std::string all;
    for (const auto& statement : file.statements) all += statement + ";\n";
    for (std::sregex_iterator at(all.begin(), all.end(), table), end; at != end; ++at) {
      const std::string body = (*at)[2];
      for (std::sregex_iterator one(body.begin(), body.end(), column); one != end; ++one)
        made.insert((*at)[1].str() + "." + (*one)[1].str());
    }
    for (std::sregex_iterator at(all.begin(), all.end(), added), end; at != end; ++at)
      made.insert((*at)[1].str() + "." + (*at)[2].str());
  }
  for (const SealedColumn& one : sealed_columns())
    if (one.column.starts_with("sealed"))
      listed.insert(std::string(one.table) + "." + std::string(one.column));
  EXPECT_GE(made.size(), 7U);
  EXPECT_EQ(listed, made);
}

}  // namespace
}  // namespace casebridge::storage
