// Password hashing: what matches, what was planted, and what happens when too many come at once.
#include "core/identity/password_hasher.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <sstream>
#include <vector>

#include "core/base/crypto.hpp"

namespace casebridge::identity {
namespace {

HashSettings cheap() { return {.cost = {.memory_kib = 64}, .threads = 2}; }

class PasswordHasherTest : public ::testing::Test {
 protected:
  std::string hash(PasswordHasher& hasher, std::string_view password) {
    return *hasher.hash(*hasher.admit(), SecretBytes::copy_of(password));
  }
  PasswordHasher::Verdict verify(PasswordHasher& hasher, std::string_view password, std::string_view stored) {
    return *hasher.verify(*hasher.admit(), SecretBytes::copy_of(password), stored);
  }
  ManualClock clock_{*parse_instant("2026-03-16T12:00:00Z")};
  SecretBytes pepper_ = crypto::random_secret(32);
  PasswordHasher hasher_{pepper_.clone(), cheap(), clock_};
};

TEST_F(PasswordHasherTest, OnlyTheSamePasswordMatches) {
  const std::string stored = hash(hasher_, "a long enough password");
  EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
  EXPECT_TRUE(verify(hasher_, "a long enough password", stored).matches);
  EXPECT_FALSE(verify(hasher_, "a long enough passwore", stored).matches);
  EXPECT_FALSE(verify(hasher_, "", stored).matches);
  EXPECT_NE(stored, hash(hasher_, "a long enough password"));
}

TEST_F(PasswordHasherTest, WithoutThePepperAStoredHashIsWorthless) {
  const std::string stored = hash(hasher_, "a long enough password");
  PasswordHasher other(crypto::random_secret(32), cheap(), clock_);
  EXPECT_FALSE(verify(other, "a long enough password", stored).matches);
}

TEST_F(PasswordHasherTest, TheDefaultCostIsTheOneWeSaid) {
  const HashCost cost;
  EXPECT_EQ(cost.memory_kib, 47104U);
  EXPECT_EQ(cost.passes, 1U);
  EXPECT_EQ(cost.lanes, 1U);
}

TEST_F(PasswordHasherTest, AHashOfLessCostMatchesAndIsOutdated) {
  const std::string stored = hash(hasher_, "a long enough password");
  PasswordHasher costlier(pepper_.clone(), {.cost = {.memory_kib = 128}, .threads = 1}, clock_);
  EXPECT_TRUE(verify(costlier, "a long enough password", stored).matches);
  EXPECT_TRUE(verify(costlier, "a long enough password", stored).outdated);
  EXPECT_FALSE(verify(costlier, "wrong", stored).outdated);
  EXPECT_FALSE(verify(hasher_, "a long enough password", stored).outdated);
}

TEST_F(PasswordHasherTest, PlantedHashesNeverMatchAndCostNoMore) {
  const std::string salt_and_tag = "$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  for (const char* head : {"$argon2id$v=19$m=4194304,t=1,p=1", "$argon2id$v=19$m=64,t=4000000,p=1",
                           "$argon2id$v=19$m=64,t=1,p=4000", "$argon2i$v=19$m=64,t=1,p=1",
                           "$argon2id$v=16$m=64,t=1,p=1", "$argon2id$v=19$m=99999999999,t=1,p=1", "plain"}) {
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_FALSE(verify(hasher_, "x", head + salt_and_tag).matches) << head;
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{1}) << head;
  }
  EXPECT_FALSE(verify(hasher_, "x", "").matches);
}

TEST_F(PasswordHasherTest, TheDummyHashIsLikeAnyOtherAndFitsNothing) {
  EXPECT_TRUE(hasher_.dummy_hash().starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
  EXPECT_FALSE(verify(hasher_, "", hasher_.dummy_hash()).matches);
}

TEST_F(PasswordHasherTest, ItsThreadsGiveWayToAllOthers) {
  hash(hasher_, "a long enough password");  // both threads may still start: one has certainly worked
  int idle = 0;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream file(task.path() / "stat");
    std::string line;
    std::getline(file, line);
    std::istringstream fields(line.substr(line.rfind(')') + 2));  // from field 3 on
    std::vector<std::string> values{std::istream_iterator<std::string>(fields), {}};
    if (values.at(41 - 3) == std::to_string(SCHED_IDLE)) ++idle;
  }
  EXPECT_GE(idle, 1);
}

TEST_F(PasswordHasherTest, BeyondTheQueueNobodyIsLetIn) {
  PasswordHasher small(pepper_.clone(), {.cost = {.memory_kib = 64}, .threads = 1, .queue_max = 2}, clock_);
  std::vector<PasswordHasher::Place> places;
  for (int i = 0; i < 3; ++i) places.push_back(*small.admit());
  const auto refused = small.admit();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::overloaded);
  EXPECT_EQ(refused.error().retry_at, clock_.now() + std::chrono::seconds{2});
  places.pop_back();
  EXPECT_TRUE(small.admit());
}

TEST_F(PasswordHasherTest, ManyAtOnceAreAllServed) {
  const std::string stored = hash(hasher_, "a long enough password");
  std::vector<std::future<bool>> asked;
  for (int i = 0; i < 32; ++i)
    asked.push_back(std::async(std::launch::async, [&, i] {
      return verify(hasher_, i % 2 == 0 ? "a long enough password" : "wrong", stored).matches;
    }));
  for (int i = 0; i < 32; ++i) EXPECT_EQ(asked[static_cast<std::size_t>(i)].get(), i % 2 == 0);
  EXPECT_EQ(hasher_.verifications(), 32);
}

TEST(CostOf, ReadsArgon2idOnly) {
  EXPECT_EQ(cost_of("$argon2id$v=19$m=47104,t=1,p=1$a$b")->memory_kib, 47104U);
  EXPECT_FALSE(cost_of("$argon2id$v=19$m=,t=1,p=1$a$b"));
  EXPECT_FALSE(cost_of("$argon2id$v=19$m=1,t=1$a$b"));
  EXPECT_FALSE(cost_of("x$argon2id$v=19$m=1,t=1,p=1$a$b"));
}

}  // namespace
}  // namespace casebridge::identity
