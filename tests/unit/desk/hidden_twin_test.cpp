// Two families, told alike run by run, but for one case: the state keeps it from one parent and does not list
// it to the other. Whatever either can read is the same, octet by octet.
#include <set>
#include <sstream>

#include "core/desk/list_cases.hpp"
#include "core/desk/read_link.hpp"
#include "core/desk/read_sync.hpp"
#include "core/desk/sync_link.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using casebridge::testing::read;

const std::string seen_key = "0012345678";
const std::string other_key = "0098765432";

// What the state tells of the one case. To the twin it lists the case only while it is shown.
enum class Other { shown, kept, failing, kept_partly_failing };

class World final : public DeskWorld {
 public:
  explicit World(bool lists_what_it_keeps) : lists_(lists_what_it_keeps), id_(link()) {}
  void TestBody() override {}

  // From now on everything is kept, whatever the state says of it.
  void keep_by_policy() {
    by_policy_ = true;
    systems_.info("tx-icop").safety_policy = static_cast<int>(model::SafetyLevel::case_blocked);
  }
  // What a client that looks before and after a run can read of it.
  std::string run(Other other, bool session_ends = false) {
    clock_.advance(std::chrono::minutes{5});
    tell(other, session_ends);
    if (ran_) {
      EXPECT_TRUE(sync_link(desk(), caller(), {id_, "req-9"}));
    }
    ran_ = true;
    const auto queued = read_link(desk(), caller(), id_)->open_sync;
    EXPECT_EQ(run_jobs(), 1);
    return seen(*queued);
  }

 private:
  void tell(Other other, bool session_ends) {
    const bool listed = other == Other::shown || lists_;
    std::vector<std::string> keys{seen_key};
    if (listed) keys.insert(keys.begin(), other_key);
    systems_.texas.next_list([keys] { return read<model::CaseList>(casebridge::testing::list_of(keys)); });
    if (listed) systems_.texas.next_read([this, other](const auto&) { return answer_about_other(other); });
    systems_.texas.next_read([session_ends](const auto&) -> ports::Answer<model::CaseContent> {
      if (session_ends) return trouble(TroubleCode::source_session_ended);
      SampleCase sample;
      sample.key = seen_key;
      return read<model::CaseContent>(content_of(sample));
    });
  }
  ports::Answer<model::CaseContent> answer_about_other(Other other) const {
    SampleCase sample;
    sample.key = other_key;
    if (other == Other::failing) return trouble(TroubleCode::source_unavailable);
    if (other == Other::kept && !by_policy_) sample.safety = model::SafetyLevel::case_blocked;
    if (other == Other::kept_partly_failing)
      sample.failing = {{model::Dataset::cases, trouble(TroubleCode::source_changed)}};
    return read<model::CaseContent>(content_of(sample));
  }

  static std::string when(const std::optional<Instant>& at) { return at ? to_text(*at) : "-"; }
  static std::string why(const std::optional<Trouble>& trouble) {
    return trouble ? std::string(trouble->row().name) + "@" + when(trouble->retry_at) : "-";
  }
  std::string seen(const SyncId& sync) {
    std::ostringstream out;
    std::int64_t version = 0;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(version, tx.account_version(account_));
      return {};
    }));
    out << "version " << version << '\n';
    const auto done = read_sync(desk(), caller(), sync);
    out << "sync " << done->state << ' ' << why(done->trouble) << " +" << done->added << " ~" << done->changed
        << " -" << done->removed << " ended " << when(done->finished_at) << '\n';
    for (const SyncDataset& one : done->datasets)
      out << "  " << one.dataset << ' ' << one.sync << ' ' << one.records << '\n';
    const auto link = read_link(desk(), caller(), id_);
    out << "link " << link->state << ' ' << link->remedy << ' ' << when(link->session_ends_at) << ' '
        << link->version << '\n';
    for (const DatasetView& one : link->datasets)
      out << "  " << one.dataset << ' ' << one.sync << ' ' << one.as_of.value_or("-") << ' '
          << when(one.retrieved_at) << ' ' << when(one.verified_at) << ' ' << when(one.last_attempt_at) << ' '
          << when(one.retry_at) << ' ' << one.failures << ' ' << why(one.trouble) << '\n';
    add_cases(out);
    return out.str();
  }
  void add_cases(std::ostringstream& out) {
    const auto list = list_cases(desk(), caller());
    out << "cases " << list->coverage.completeness << ' ' << when(list->same_until) << '\n';
    std::set<std::string> cases;  // by their ids, which are random, they come in one order or the other
    for (const CaseView& one : list->cases)
      cases.insert("  " + std::to_string(one.record.version) + ' ' + one.record.projected + ' ' +
                   when(one.record.retrieved_at) + ' ' + when(one.record.verified_at) + '\n');
    for (const std::string& one : cases) out << one;
    for (const SourceView& one : list->coverage.sources)
      out << "  " << one.system << ' ' << one.outcome << ' ' << one.records << ' ' << one.as_of.value_or("-")
          << ' ' << when(one.read_at) << ' ' << why(one.problem) << '\n';
  }

  const bool lists_;
  const LinkId id_;
  bool ran_ = false, by_policy_ = false;
};

class HiddenTwin : public ::testing::Test {
 protected:
  void expect_alike(Other other, bool session_ends = false) {
    EXPECT_EQ(keeps_.run(other, session_ends), lists_not_.run(other, session_ends)) << "run " << ++runs_;
  }
  World keeps_{true}, lists_not_{false};
  int runs_ = 0;
};

TEST_F(HiddenTwin, ACaseThatWasShownGoesInTheSameWay) {
  expect_alike(Other::shown);
  for (int i = 0; i < 3; ++i) expect_alike(Other::kept);
}

TEST_F(HiddenTwin, ACaseThatWasNeverShownLeavesNothingBehind) {
  for (int i = 0; i < 3; ++i) expect_alike(Other::kept);
}

TEST_F(HiddenTwin, ACaseThatIsShownAgainComesInTheSameWay) {
  expect_alike(Other::kept);
  expect_alike(Other::shown);
  expect_alike(Other::kept);
}

TEST_F(HiddenTwin, ACaseThatThePolicyOfTheStateKeepsBackIsNoDifferent) {
  expect_alike(Other::shown);
  keeps_.keep_by_policy();
  lists_not_.keep_by_policy();
  expect_alike(Other::kept);
  expect_alike(Other::kept);
}

TEST_F(HiddenTwin, WhatFailsForACaseThatIsKeptBackIsNotTold) {
  expect_alike(Other::kept);
  expect_alike(Other::failing);
  expect_alike(Other::kept_partly_failing);
  expect_alike(Other::kept);
}

TEST_F(HiddenTwin, ASessionThatEndsBeforeTheLastCaseChangesNothingAboutIt) {
  expect_alike(Other::shown);
  expect_alike(Other::kept, true);
}

}  // namespace
}  // namespace casebridge::desk::testing
