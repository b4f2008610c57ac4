// A case that is not there and a case that is kept from its parent: what was stored of it goes, and nobody
// can tell which it was.
#include "core/desk/list_cases.hpp"
#include "core/desk/read_link.hpp"
#include "core/desk/read_sync.hpp"
#include "core/desk/sync_link.hpp"
#include "core/desk/view_case.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using casebridge::testing::read;
using model::Dataset;

class HiddenCase : public DeskWorld {
 protected:
  struct Seen {
    std::string sync_state;
    int removed = 0;
    std::size_t progress = 0, cases = 0;
    std::vector<std::string> datasets;
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  // The state lists the case, and then tells this of it.
  Seen after(const LinkId& id, const std::vector<model::Case>& told) {
    const std::string key = SampleCase{}.key;
    systems_.texas.next_list([key] { return read<model::CaseList>(casebridge::testing::list_of({key})); });
    systems_.texas.next_read([told](const model::CaseReadQuery& query) {
      model::CaseContent content;
      for (const Dataset dataset : query.datasets)
        if (dataset == Dataset::cases)
          content.datasets.push_back({dataset, model::DatasetContent{told, {}}});
        else
          content.datasets.push_back({dataset, trouble(TroubleCode::source_not_found)});
      return read(content);
    });
    const SyncView queued = sync_link(desk(), caller(), {id, "req-9"})->sync;
    run_jobs();
    const auto done = read_sync(desk(), caller(), queued.id);
    Seen seen{
        done->state, done->removed, done->datasets.size(), list_cases(desk(), caller())->cases.size(), {}};
    const auto link = read_link(desk(), caller(), id);
    for (const DatasetView& dataset : link->datasets)
      seen.datasets.push_back(dataset.dataset + "=" + dataset.sync);
    return seen;
  }
  static model::Case kept_back() {
    model::Case hidden;
    hidden.key = SampleCase{}.key;
    hidden.number = hidden.key;
    hidden.safety = model::SafetyLevel::case_blocked;
    return hidden;
  }
};

TEST_F(HiddenCase, NothingOfAnEarlierAnswerIsShownAnyMore) {
  const LinkId id = synced_link({{}});
  const std::string shown = list_cases(desk(), caller())->cases.at(0).record.id;
  const Seen seen = after(id, {kept_back()});
  EXPECT_EQ(seen.cases, 0U);
  EXPECT_GT(seen.removed, 0);
  EXPECT_EQ(view_case(desk(), caller(), shown, {Dataset::payments}).error().code, TroubleCode::not_found);
}

TEST_F(HiddenCase, LooksLikeACaseThatIsNotThere) {
  const LinkId id = synced_link({{}});
  const Seen kept = after(id, {kept_back()});
  state_has({{}});
  ASSERT_TRUE(sync_link(desk(), caller(), {id, "req-9"}));
  run_jobs();
  ASSERT_EQ(list_cases(desk(), caller())->cases.size(), 1U);
  EXPECT_EQ(after(id, {}), kept);
}

TEST_F(HiddenCase, ComesBackWhenTheStateTellsItAgain) {
  const LinkId id = synced_link({{}});
  (void)after(id, {kept_back()});
  state_has({{}});
  ASSERT_TRUE(sync_link(desk(), caller(), {id, "req-9"}));
  run_jobs();
  EXPECT_EQ(list_cases(desk(), caller())->cases.size(), 1U);
}

TEST_F(HiddenCase, ParentWhoMustSignInToTheGatewayAgainKeepsTheLinkAndItsSession) {
  const LinkId id = synced_link({{}});
  systems_.texas.next_list(
      []() -> ports::Answer<model::CaseList> { return trouble(TroubleCode::step_up_required); });
  const SyncView queued = sync_link(desk(), caller(), {id, "req-9"})->sync;
  run_jobs();
  EXPECT_EQ(read_sync(desk(), caller(), queued.id)->state, "needs_user");
  const auto view = read_link(desk(), caller(), id);
  EXPECT_EQ(view->state, "active");
  EXPECT_TRUE(view->session_live);
  EXPECT_EQ(list_cases(desk(), caller())->cases.size(), 1U);
}

}  // namespace
}  // namespace casebridge::desk::testing
