// What is counted of a system whose answers lack something, and when it is given a rest.
#include "core/switchboard/watched_adapter.hpp"

#include <gtest/gtest.h>

#include "tests/support/sample_case.hpp"
#include "tests/support/scripted_adapter.hpp"

namespace casebridge::switchboard {
namespace {

using casebridge::testing::SampleCase;
using model::Dataset;

class Watched : public ::testing::Test {
 protected:
  // Reads a case in which these datasets fail.
  void read(std::vector<std::pair<Dataset, Trouble>> failing) {
    SampleCase sample;
    sample.failing = std::move(failing);
    state_->next_read([sample](const model::CaseReadQuery&) {
      return casebridge::testing::read(casebridge::testing::content_of(sample));
    });
    const ports::CallContext context{Deadline{std::chrono::seconds{1}}, "job"};
    EXPECT_TRUE(watched_.read_case(context, SecretBytes::copy_of("session"), {}));
    clock_.advance(std::chrono::seconds{1});
  }
  ports::OperationHealth counted() const {
    ports::SystemHealth health;
    watched_.report(health);
    EXPECT_EQ(health.breaker, ports::Breaker::closed);
    EXPECT_EQ(health.state, "ready");
    return health.operations.at(0);
  }

  ManualClock clock_{*parse_instant("2026-03-16T14:00:00Z")};
  casebridge::testing::ScriptedAdapter* state_ = new casebridge::testing::ScriptedAdapter;
  WatchedAdapter watched_{"tx-icop", std::unique_ptr<ports::StateAdapter>(state_), {}, {}, clock_, Log{}};
};

TEST_F(Watched, CountsAnAnswerThatIsWholeAsGood) {
  read({});
  EXPECT_EQ(counted().succeeded, 1);
  EXPECT_FALSE(counted().last_failure);
}

TEST_F(Watched, CountsAnAnswerInWhichADatasetIsLackingAsAFailureOfTheState) {
  read({});
  read({{Dataset::payments, trouble(TroubleCode::source_timeout)}});
  EXPECT_EQ(counted().failed_state, 1);
  EXPECT_GT(*counted().last_failure, *counted().last_success);
}

TEST_F(Watched, NeverRestsASystemThatStillAnswersSomething) {
  for (int i = 0; i < 10; ++i) read({{Dataset::payments, trouble(TroubleCode::source_timeout)}});
  EXPECT_EQ(counted().failed_state, 10);
}

TEST_F(Watched, DoesNotBlameTheStateForWhatItHasNot) {
  read({{Dataset::messages, trouble(TroubleCode::not_supported)}});
  EXPECT_EQ(counted().failed_state, 0);
}

}  // namespace
}  // namespace casebridge::switchboard
