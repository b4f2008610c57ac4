// Wrapping anew, on both engines: every record comes under the new key, whoever is killed or writes
// meanwhile.
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <thread>

#include "tests/support/places.hpp"
#include "tests/unit/storage/vault_world.hpp"

namespace casebridge::storage {
namespace {

class RewrapTest : public VaultWorld {
 protected:
  // What `casebridge keys` needs to find of a gateway.
  std::string write_settings() const {
    const auto file = home() / "gateway.yaml";
    std::ofstream(file) << "storage: {url: \"" << options().url
                        << "\"}\nfolders:\n  keys: " << keys_folder().string()
                        << "\n  schemas: " << casebridge::tests::in_source("schemas") << '\n';
    return file.string();
  }
  // Ends the command after it has told of so many batches; -1: lets it come to its end. Its exit code, or -1.
  static int run_rewrap(const std::string& settings, int batches, std::chrono::microseconds later) {
    std::string program = casebridge::tests::in_build("bin/casebridge");
    std::vector<std::string> words{program, "keys", "--config", settings, "rewrap", "--rows", "3"};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return -2;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    pid_t pid = -1;
    const int spawned = ::posix_spawn(&pid, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (spawned != 0) return -2;
    int lines = 0;
    for (char c = 0; (batches < 0 || lines < batches) && ::read(ends[0], &c, 1) == 1;)
      lines += c == '\n' ? 1 : 0;
    if (batches >= 0) {
      std::this_thread::sleep_for(later);
      ::kill(pid, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
};

TEST_P(RewrapTest, BringsEveryRecordUnderTheNewKey) {
  keep_values(40);
  keep_mail_and_flow();
  EXPECT_EQ(rows_naming("seal-0001"), 82);
  const std::string fresh = rotate();
  const auto sum = rewrap_all(*vault_, 7);
  EXPECT_EQ(sum.wrapped, 82);
  EXPECT_EQ(rows_naming("seal-0001"), 0);
  EXPECT_EQ(rows_naming(fresh), 82);
  EXPECT_EQ(values_that_open(*vault_), 40);
  EXPECT_TRUE(mail_and_flow_open(*vault_));
}

TEST_P(RewrapTest, GoesOnWhereItWasAndBeginsAgainForAnotherKey) {
  keep_values(10);
  rotate();
  vault::Rewrap first(*keys_, *vault_);
  std::int64_t seen = 0;
  for (int steps = 0; seen < 4; ++steps) {
    ASSERT_LT(steps, 50);
    seen = first.step(4)->seen;
  }
  EXPECT_EQ(vault::Rewrap(*keys_, *vault_).step(4)->seen, 8) << "another one, after a restart";
  rotate();
  EXPECT_EQ(rewrap_all(*vault_, 4).seen, 20) << "keys and values of ten rows, all of them again";
  EXPECT_EQ(values_that_open(*vault_), 10);
}

TEST_P(RewrapTest, WaitsWhereItIsForAKeyThatIsOutOfReach) {
  keep_values(10);
  const std::string fresh = rotate();
  const auto file = keys_folder() / "seal-0001.key", elsewhere = home() / "elsewhere";
  std::filesystem::rename(file, elsewhere);
  ASSERT_TRUE(vault_->ring().look_again());
  vault::Rewrap rewrap(*keys_, *vault_);
  // Columns without rows are passed first.
  auto sum = rewrap.step(4);
  for (int steps = 0; sum && steps < 50; ++steps) sum = rewrap.step(4);
  ASSERT_FALSE(sum);
  EXPECT_EQ(sum.error().code, TroubleCode::dependency_failed);
  EXPECT_EQ(rewrap.sum()->seen, 0) << "no row is passed over";
  std::filesystem::rename(elsewhere, file);
  ASSERT_TRUE(vault_->ring().look_again());
  rewrap_all(*vault_, 4);
  EXPECT_EQ(rows_naming("seal-0001"), 0);
  EXPECT_EQ(rows_naming(fresh), 20);
}

TEST_P(RewrapTest, TwoGatewaysThatDoItTogetherAndWriteMeanwhileLoseNothing) {
  keep_values(60);
  const auto other_store = open();
  const auto other = load();
  rotate();
  const auto other_keys = keys_in(*other_store);
  vault::KeyRegister others_keys(*other_keys, other->ring(), clock_);
  ASSERT_TRUE(others_keys.refresh());
  std::thread second([&] {
    vault::Rewrap rewrap(*other_keys, *other);
    for (int steps = 0; steps < 500; ++steps) {
      const auto sum = rewrap.step(5);
      if (sum && sum->finished()) return;
    }
  });
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) {
      const auto written = other_store->write([&](ports::Transaction& tx) -> Result<void> {
        CASEBRIDGE_TRY(auto row, tx.adapter_values().find("ga-batch", "digest" + std::to_string(i)));
        if (!row) return {};
        const std::string plain = "value " + std::to_string(i);
        CASEBRIDGE_TRY(row->sealed,
                       other->seal(SecretBytes::copy_of(plain),
                                   {"adapter-value", "", row->key_digest, "ga-batch", row->version}));
        return tx.adapter_values().put(*row);
      });
      EXPECT_TRUE(written);
    }
  });
  rewrap_all(*vault_, 5);
  second.join();
  writer.join();
  EXPECT_EQ(values_that_open(*vault_), 60);
  EXPECT_EQ(values_that_open(*other), 60);
  EXPECT_EQ(rows_naming("seal-0001"), 0);
}

TEST_P(RewrapTest, KilledFiftyTimesEveryRecordIsReadableAfterEach) {
  constexpr int values = 60;
  const int kills = GetParam() == Engine::sqlite ? 50 : 20;  // each starts a process
  keep_values(values);
  keep_mail_and_flow();
  const std::string settings = write_settings();
  std::minstd_rand random(20'260'316);
  rotate();
  for (int kill = 0; kill < kills; ++kill) {
    if (rows_naming(vault_->ring().current()) >= 2 * values) rotate();
    run_rewrap(settings, static_cast<int>(random() % 12), std::chrono::microseconds(random() % 20'000));
    ASSERT_EQ(values_that_open(*vault_), values) << "after kill " << kill;
  }
  ASSERT_EQ(run_rewrap(settings, -1, {}), 0);
  EXPECT_EQ(rows_naming(vault_->ring().current()), 2 * values + 2);
  EXPECT_EQ(values_that_open(*vault_), values);
  EXPECT_TRUE(mail_and_flow_open(*vault_));
}

CASEBRIDGE_ON_BOTH_ENGINES(RewrapTest);

}  // namespace
}  // namespace casebridge::storage
