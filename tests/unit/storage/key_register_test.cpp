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
  template <class Done>
  static std::string refusal(const Result<Done>& moved) {
    return moved ? "done" : moved.error().detail;
  }
};

TEST_P(KeyRegisterTest, OfAnEmptyRegisterTheNewestBecomesActive) {
  EXPECT_EQ(states(), "seal-0001 active\n");
  EXPECT_EQ(vault_->ring().current(), "seal-0001");
}

TEST_P(KeyRegisterTest, AKeyThatIsAddedLaterWaits) {
  EXPECT_EQ(*registered(*vault_).add("file"), "seal-0002");
  EXPECT_EQ(states(), "seal-0001 active\nseal-0002 pre-active\n");
  EXPECT_EQ(vault_->ring().current(), "seal-0001");
}

TEST_P(KeyRegisterTest, AKeyThatSomebodyPutThereWaitsToo) {
  ASSERT_TRUE(vault::KeyFiles::add(keys_folder(), "seal-0005"));
  ASSERT_TRUE(vault_->ring().look_again());
  ASSERT_TRUE(registered(*vault_).refresh());
  EXPECT_EQ(states(), "seal-0001 active\nseal-0005 pre-active\n");
}

TEST_P(KeyRegisterTest, KeysOfTwoFoldersHaveNumbersOfTheirOwn) {
  std::filesystem::create_directory(home() / "node");
  const auto folder = home() / "node" / "keys";
  std::filesystem::copy(keys_folder(), folder);
  vault::RecordVault other(vault::KeyFiles::load(folder).value());
  const auto other_store = open();
  const auto other_keys = keys_in(*other_store);
  vault::KeyRegister others(*other_keys, other.ring(), clock_);
  ASSERT_TRUE(others.refresh());
  EXPECT_EQ(*registered(*vault_).add("file"), "seal-0002");
  EXPECT_EQ(*others.add("file"), "seal-0003");
  EXPECT_EQ(states(), "seal-0001 active\nseal-0002 pre-active\nseal-0003 pre-active\n");
  EXPECT_FALSE(std::filesystem::exists(keys_folder() / "seal-0003.key"));
}

TEST_P(KeyRegisterTest, ANumberThatWasDestroyedIsNotGivenAgain) {
  auto keys = registered(*vault_);
  EXPECT_EQ(*keys.add("file"), "seal-0002");
  ASSERT_TRUE(keys.destroy("seal-0002"));
  EXPECT_EQ(*keys.add("file"), "seal-0003");
}

TEST_P(KeyRegisterTest, WhereNoKeyCanBeMadeNoneIsRegistered) {
  auto keys = registered(*vault_);
  EXPECT_THAT(refusal(keys.add("nobody")), HasSubstr("is not set up"));
  std::filesystem::rename(keys_folder(), home() / "elsewhere");
  EXPECT_THAT(refusal(keys.add("file")), HasSubstr("cannot be written"));
  EXPECT_EQ(states(), "seal-0001 active\n");
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

// Keys of a provider that fails as it is told.
class Moody final : public vault::KeyProvider {
 public:
  std::string_view name() const override { return "moody"; }
  Result<std::string> wrap(std::string_view, const SecretBytes&, const vault::WrapContext&) override {
    return vault::cannot_be_asked(name());
  }
  Result<SecretBytes> unwrap(std::string_view, std::string_view, const vault::WrapContext&) override {
    return vault::cannot_be_asked(name());
  }
  std::vector<std::string> list() const override { return seen; }
  Result<void> look_again() override {
    if (!can_look) return vault::cannot_be_asked(name());
    seen = there;
    return {};
  }
  Result<void> health() override { return {}; }
  std::string stem() const override { return "moody"; }
  Result<void> can_change() const override {
    if (!changes) return vault::cannot_be_asked(name());
    return {};
  }
  Result<void> add(std::string_view) override { return vault::cannot_be_asked(name()); }
  Result<void> destroy(std::string_view) override {
    if (!can_destroy) return vault::cannot_be_asked(name());
    there.clear();
    return look_again();
  }

  bool can_look = true, can_destroy = true, changes = true;
  std::vector<std::string> there{"moody-0001"}, seen = there;
};

class DestroyingTest : public KeyRegisterTest {
 protected:
  void SetUp() override {
    KeyRegisterTest::SetUp();
    if (IsSkipped()) return;
    std::vector<std::unique_ptr<vault::KeyProvider>> providers;
    providers.push_back(std::make_unique<Moody>());
    moody_ = static_cast<Moody*>(providers.back().get());
    ring_ = std::make_unique<vault::KeyRing>(std::move(providers));
    destroying_ = std::make_unique<vault::KeyRegister>(*keys_, *ring_, clock_);
    ASSERT_TRUE(destroying_->refresh());
  }
  std::string destroy() { return refusal(destroying_->destroy("moody-0001")); }
  bool is_destroyed() { return states().starts_with("moody-0001 destroyed\n"); }

  Moody* moody_ = nullptr;
  std::unique_ptr<vault::KeyRing> ring_;
  std::unique_ptr<vault::KeyRegister> destroying_;
};

TEST_P(DestroyingTest, WhatFailedOnceIsFinishedByTheNextOne) {
  moody_->can_destroy = false;
  EXPECT_THAT(destroy(), HasSubstr("out of use, but not destroyed; repeat"));
  EXPECT_TRUE(is_destroyed());
  EXPECT_THAT(destroy(), HasSubstr("out of use, but not destroyed; repeat"));
  moody_->can_destroy = true;
  EXPECT_EQ(destroy(), "done");
  EXPECT_TRUE(moody_->there.empty());
  EXPECT_EQ(destroy(), "done") << "it is gone";
}

TEST_P(DestroyingTest, AProviderThatCannotLookDoesNotSayThatTheKeyIsGone) {
  moody_->can_look = false;
  moody_->seen.clear();
  const auto done = destroying_->destroy("moody-0001");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, TroubleCode::dependency_failed);
  moody_->can_look = true;
  EXPECT_EQ(destroy(), "done");
  EXPECT_TRUE(moody_->there.empty());
}

TEST_P(DestroyingTest, WithoutItsProviderNobodySaysThatTheKeyIsGone) {
  EXPECT_THAT(refusal(registered(*vault_).destroy("moody-0001")), HasSubstr("moody is not set up here"));
  EXPECT_TRUE(is_destroyed());
}

TEST_P(DestroyingTest, WhereNothingCanBeChangedTheStateStays) {
  moody_->changes = false;
  EXPECT_THAT(destroy(), HasSubstr("cannot be used now"));
  EXPECT_FALSE(is_destroyed());
  moody_->changes = true;
  EXPECT_EQ(destroy(), "done");
}

TEST_P(DestroyingTest, AKeyThatCouldNotBeMadeIsOutOfUseAndItsNumberToo) {
  EXPECT_FALSE(destroying_->add("moody"));
  EXPECT_EQ(states(), "moody-0001 pre-active\nmoody-0002 destroyed\nseal-0001 active\n");
}

CASEBRIDGE_ON_BOTH_ENGINES(DestroyingTest);

TEST_P(KeyRegisterTest, WrapsAreWrittenDownBeforeTheyAreUsed) {
  const auto wraps = [&] { return registered(*vault_).keys().value().front().wraps; };
  EXPECT_EQ(wraps(), 1'024);
  const auto other = load();
  const auto other_store = open();
  const auto other_keys = keys_in(*other_store);
  vault::KeyRegister others(*other_keys, other->ring(), clock_, {.wraps_granted = 10});
  ASSERT_TRUE(others.refresh());
  EXPECT_EQ(wraps(), 1'034);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(other->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0})) << i;
  EXPECT_EQ(other->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0}).error().code,
            TroubleCode::overloaded);
  ASSERT_TRUE(others.refresh());
  EXPECT_TRUE(other->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0}));
  EXPECT_EQ(wraps(), 1'044);
}

TEST_P(KeyRegisterTest, WhoeverStartsAgainAndAgainLosesFewWrapsAndABusyOneGetsMore) {
  const auto wraps = [&] { return registered(*vault_).keys().value().front().wraps; };
  for (int starts = 2; starts <= 10; ++starts) {
    const auto other = load();
    vault::KeyRegister others(*keys_, other->ring(), clock_);
    ASSERT_TRUE(others.refresh());
    ASSERT_TRUE(others.refresh());
    EXPECT_EQ(wraps(), 1'024 * starts);
  }
  const auto busy = load();
  vault::KeyRegister keys(*keys_, busy->ring(), clock_, {.wraps_first = 2, .wraps_granted = 6});
  std::vector<std::int64_t> grants;
  for (int turn = 0; turn < 4; ++turn) {
    const std::int64_t before = wraps();
    ASSERT_TRUE(keys.refresh());
    grants.push_back(wraps() - before);
    while (busy->seal(SecretBytes::copy_of("x"), {"p", "", "", "", 0})) {
    }
  }
  EXPECT_EQ(grants, (std::vector<std::int64_t>{2, 4, 6, 6}));
}

TEST_P(KeyRegisterTest, AKeyWrapsNoMoreAtTheLimitOfTheStandard) {
  const auto other = load();
  ASSERT_TRUE(keys_->write([&](ports::KeyStore& table) -> Result<void> {
    CASEBRIDGE_CHECK(table.add_wraps("seal-0001", (std::int64_t{1} << 32) - 1'124));
    return {};
  }));
  vault::KeyRegister others(*keys_, other->ring(), clock_);
  ASSERT_TRUE(others.refresh());
  EXPECT_EQ(other->ring().left("seal-0001"), 100U) << "what is left of 2^32";
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
