// Refreshing in the background: when a link is read again while nobody is there, and what is never done for
// it.
#include "core/desk/list_links.hpp"
#include "core/desk/plan_refreshes.hpp"
#include "core/desk/read_link.hpp"
#include "core/desk/refresh_link.hpp"
#include "core/desk/sync_link.hpp"
#include "core/desk/unlink.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr hours interval{24};
constexpr hours interval_and_spread{27};  // 24 and an eighth

class Refreshing : public DeskWorld {
 protected:
  // A link that was read once, with a session that ends only when `idle_end` says so, and its job.
  LinkId planned_link(const std::string& custody = "session_only", std::optional<Instant> idle_end = {}) {
    systems_.texas.next_begin([=] { return signed_in("person-1", idle_end); });
    const LinkId id = *type(start(custody), "Right-person-1")->link;
    state_has({{}});
    EXPECT_EQ(run_jobs(), 1);
    EXPECT_EQ(*plan_refreshes(desk()), 1);
    return id;
  }
  // The job's turn; when a reading is queued by it, that runs too. How many jobs ran.
  int turn_after(std::chrono::seconds passed) {
    clock_.advance(passed);
    return run_jobs();
  }
  int asked() { return static_cast<int>(systems_.texas.calls().size()); }
  std::string sync_of_list(const LinkId& id) {
    const auto view = read_link(desk(), caller(), id);
    for (const DatasetView& dataset : view->datasets)
      if (dataset.dataset == "cases") return dataset.sync;
    return "none";
  }
  std::int64_t version() {
    std::int64_t found = 0;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.account_version(account_));
      return {};
    }));
    return found;
  }
};

TEST_F(Refreshing, reads_again_with_a_session_that_is_still_live) {
  planned_link();
  state_has({{}});
  EXPECT_EQ(turn_after(interval_and_spread), 2);
  EXPECT_EQ(systems_.texas.count("list_cases"), 2);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
  EXPECT_FALSE(systems_.texas.calls().back().interactive);
}

TEST_F(Refreshing, goes_on_for_as_long_as_the_session_lives) {
  planned_link();
  for (int day = 2; day < 6; ++day) {
    state_has({{}});
    turn_after(interval_and_spread);
    EXPECT_EQ(systems_.texas.count("list_cases"), day);
  }
}

TEST_F(Refreshing, counts_the_interval_from_the_last_reading_whoever_asked_for_it) {
  const LinkId id = planned_link();
  clock_.advance(interval - hours{1});
  state_has({{}});
  ASSERT_TRUE(sync_link(desk(), caller(), {id, "req-1"}));
  run_jobs();
  const int before = asked();
  turn_after(hours{5});
  EXPECT_EQ(asked(), before);
  state_has({{}});
  turn_after(interval);
  EXPECT_GT(asked(), before);
}

TEST_F(Refreshing, asks_for_its_owner_without_calling_the_state_when_the_session_has_ended) {
  const LinkId id = planned_link("session_only", clock_.now() + minutes{15});
  const int before = asked();
  EXPECT_EQ(turn_after(interval_and_spread), 1);
  EXPECT_EQ(asked(), before);
  EXPECT_EQ(sync_of_list(id), "needs_user");
  EXPECT_EQ(read_link(desk(), caller(), id)->state, "active");
}

TEST_F(Refreshing, never_types_a_stored_password) {
  const LinkId id = planned_link("vaulted", clock_.now() + minutes{15});
  turn_after(interval_and_spread);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
  EXPECT_EQ(sync_of_list(id), "needs_user");
  EXPECT_EQ(read_link(desk(), caller(), id)->remedy, "sync_link");
}

TEST_F(Refreshing, says_once_that_its_owner_is_needed) {
  planned_link("session_only", clock_.now() + minutes{15});
  turn_after(interval_and_spread);
  const std::int64_t marked = version();
  EXPECT_EQ(turn_after(interval_and_spread), 1);
  EXPECT_EQ(version(), marked);
}

TEST_F(Refreshing, signs_in_with_a_credential_that_holds_no_password) {
  systems_.info("tx-icop").password_login = false;
  planned_link("vaulted", clock_.now() + minutes{15});
  clock_.advance(interval_and_spread);
  systems_.texas.next_begin([] { return signed_in("person-1"); });
  state_has({{}});
  EXPECT_EQ(run_jobs(), 2);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 2);
  EXPECT_EQ(systems_.texas.count("list_cases"), 2);
}

TEST_F(Refreshing, does_not_speak_for_the_parent_when_it_signs_in) {
  systems_.info("tx-icop").password_login = false;
  planned_link("vaulted", clock_.now() + minutes{15});
  clock_.advance(interval_and_spread);
  const int before = asked();
  systems_.texas.next_begin([] { return signed_in("person-1"); });
  state_has({{}});
  run_jobs();
  const Call sign_in = systems_.texas.calls()[static_cast<std::size_t>(before)];
  EXPECT_EQ(sign_in.operation, "auth_begin");
  EXPECT_FALSE(sign_in.interactive);
}

TEST_F(Refreshing, answers_no_challenge_and_asks_for_its_owner_instead) {
  systems_.info("tx-icop").password_login = false;
  const LinkId id = planned_link("vaulted", clock_.now() + minutes{15});
  clock_.advance(interval_and_spread);
  systems_.texas.next_begin([] { return asks_code(); });
  run_jobs();
  EXPECT_EQ(systems_.texas.count("auth_continue"), 0);
  EXPECT_EQ(sync_of_list(id), "needs_user");
  turn_after(interval_and_spread);
  EXPECT_EQ(systems_.texas.count("auth_begin"), 2);  // a second step was asked: never again by itself
}

TEST_F(Refreshing, asks_nothing_of_a_state_in_its_maintenance) {
  planned_link();
  clock_.advance(interval_and_spread);
  systems_.maintenance_until_ = clock_.now() + hours{4};
  const int before = asked();
  EXPECT_EQ(run_jobs(), 1);
  EXPECT_EQ(turn_after(hours{3}), 0);
  EXPECT_EQ(asked(), before);
  state_has({{}});
  EXPECT_EQ(turn_after(hours{2}), 2);
  EXPECT_GT(asked(), before);
}

TEST_F(Refreshing, leaves_a_system_alone_for_which_it_is_switched_off) {
  systems_.info("tx-icop").refresh_every = hours{0};
  planned_link();
  const int before = asked();
  for (int day = 0; day < 3; ++day) turn_after(interval_and_spread);
  EXPECT_EQ(asked(), before);
}

TEST_F(Refreshing, leaves_a_link_that_needs_repair_alone) {
  const LinkId id = planned_link("vaulted", clock_.now() + minutes{15});
  clock_.advance(hours{1});
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 4));
  ASSERT_TRUE(sync_link(desk(), caller(), {id, "req-1"}));
  ASSERT_EQ(read_link(desk(), caller(), id)->state, "action_required");
  const int before = asked();
  turn_after(interval_and_spread);
  turn_after(interval_and_spread);
  EXPECT_EQ(asked(), before);
}

TEST_F(Refreshing, ends_with_its_link) {
  const LinkId id = planned_link();
  systems_.texas.next_end([]() -> Result<void> { return {}; });
  ASSERT_TRUE(unlink(desk(), caller(), {id, {}, "req-2"}));
  const int before = asked();
  turn_after(interval_and_spread);
  EXPECT_EQ(run_jobs(), 0);
  EXPECT_EQ(turn_after(interval_and_spread), 0);
  EXPECT_EQ(asked(), before);
  EXPECT_EQ(*plan_refreshes(desk()), 0);
}

TEST_F(Refreshing, keeps_one_job_for_each_link_however_many_gateways_plan) {
  planned_link();
  EXPECT_EQ(*plan_refreshes(desk()), 0);
  restart();
  EXPECT_EQ(*plan_refreshes(desk()), 0);
  state_has({{}});
  EXPECT_EQ(turn_after(interval_and_spread), 2);
}

TEST_F(Refreshing, spreads_links_within_the_limit_and_always_alike) {
  const LinkId one = LinkId::make(clock_.now()), other = LinkId::make(clock_.now());
  EXPECT_EQ(refresh_spread(one, hours{3}), refresh_spread(one, hours{3}));
  EXPECT_NE(refresh_spread(one, hours{3}), refresh_spread(other, hours{3}));
  for (int i = 0; i < 200; ++i) {
    const auto spread = refresh_spread(LinkId::make(clock_.now()), hours{3});
    EXPECT_GE(spread.count(), 0);
    EXPECT_LE(spread, hours{3});
  }
}

}  // namespace
}  // namespace casebridge::desk::testing
