// Who read what: told once for each session, thing and minute, and nothing is shown that cannot be told.
#include "core/desk/read_log.hpp"

#include "core/audit/seal_waiting.hpp"
#include "core/desk/list_activity.hpp"
#include "core/desk/sync_link.hpp"
#include "core/desk/unlink.hpp"
#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using Words = std::vector<std::string>;

class Telling : public DeskWorld {
 protected:
  Words activity() {
    Words words;
    const auto page = list_activity(desk(), caller(), {0, 500});
    for (const auto& one : page->events) words.push_back(one.action);
    return words;
  }
  ActivityView newest() { return list_activity(desk(), caller(), {0, 1})->events.front(); }
  static int count(const Words& words, const std::string& word) {
    return static_cast<int>(std::count(words.begin(), words.end(), word));
  }

  ReadLog reads_{*store_, *trail_, clock_};
};

TEST_F(Telling, a_thing_that_is_read_often_is_told_once_a_minute) {
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(reads_.saw(caller(), "cases_read", "", "req"));
  EXPECT_EQ(*reads_.flush(), 1);
  clock_.advance(std::chrono::minutes{1});
  ASSERT_TRUE(reads_.saw(caller(), "cases_read", "", "req"));
  EXPECT_EQ(*reads_.flush(), 1);
  EXPECT_EQ(activity(), (Words{"cases_read", "cases_read"}));
}

TEST_F(Telling, each_thing_is_told_with_its_session_and_its_case) {
  ASSERT_TRUE(reads_.saw(caller(), "cases_read", "", "req"));
  ASSERT_TRUE(reads_.saw(caller(), "case_read", "cas_1", "req"));
  ASSERT_TRUE(reads_.saw(caller(), "case_read", "cas_2", "req"));
  EXPECT_EQ(*reads_.flush(), 3);
  const ActivityView last = newest();
  EXPECT_EQ(last.case_id, "cas_2");
  EXPECT_EQ(last.session, session_.text());
  EXPECT_EQ(last.actor, "you");
}

TEST_F(Telling, another_account_sees_nothing_of_it) {
  ASSERT_TRUE(reads_.saw(caller(), "cases_read", "", "req"));
  ASSERT_TRUE(reads_.flush());
  EXPECT_TRUE(list_activity(desk(), stranger(), {0, 500})->events.empty());
}

TEST_F(Telling, the_log_comes_in_pages) {
  for (int i = 0; i < 5; ++i)
    ASSERT_TRUE(reads_.saw(caller(), "case_read", "cas_" + std::to_string(i), "req"));
  ASSERT_TRUE(reads_.flush());
  const auto first = list_activity(desk(), caller(), {0, 3});
  ASSERT_EQ(first->events.size(), 3U);
  EXPECT_TRUE(first->more);
  const auto second = list_activity(desk(), caller(), {first->events.back().seq, 3});
  ASSERT_EQ(second->events.size(), 2U);
  EXPECT_FALSE(second->more);
  EXPECT_EQ(second->events.back().case_id, "cas_0");
}

TEST_F(Telling, a_link_and_what_is_opened_for_it_are_told) {
  const LinkId id = synced_link({{}}, "vaulted");
  const Words words = activity();
  EXPECT_EQ(count(words, "link_made"), 1);
  EXPECT_EQ(count(words, "state_session_opened"), 1);
  clock_.advance(std::chrono::minutes{20});  // its session is over
  systems_.texas.next_begin([] { return signed_in("person-1"); });
  ASSERT_TRUE(sync_link(desk(), caller(), {id, "req-9"}));
  EXPECT_EQ(count(activity(), "credential_opened"), 1);
  ASSERT_TRUE(unlink(desk(), caller(), {id}));
  EXPECT_EQ(newest().action, "link_removed");
  EXPECT_EQ(newest().system, "tx-icop");
}

TEST_F(Telling, a_refused_credential_is_told) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 2));
  ASSERT_TRUE(type(start(), "Wrong-1"));
  EXPECT_EQ(newest().action, "credential_refused");
  EXPECT_EQ(newest().outcome, "refused");
}

// A trail that cannot be written.
class Mute final : public ports::AuditTrail {
  Result<void> note(ports::Transaction&, const ports::AuditNote&) const override {
    return trouble(TroubleCode::dependency_failed, "the log is away");
  }
};

TEST_F(Telling, what_cannot_be_told_is_not_opened) {
  const LinkId id = synced_link({{}}, "vaulted");
  const int begun = systems_.texas.count("auth_begin");
  clock_.advance(std::chrono::minutes{20});
  const Mute mute;
  const Desk deaf{*store_, systems_, *vault_, clock_, log_, mute, {}, {}};
  EXPECT_FALSE(sync_link(deaf, caller(), {id, "req-9"}));
  EXPECT_EQ(systems_.texas.count("auth_begin"), begun);
}

TEST_F(Telling, what_cannot_be_told_is_not_shown_for_long) {
  const Mute mute;
  ReadLog reads(*store_, mute, clock_);
  int shown = 0;
  while (shown < 30'000 && reads.saw(caller(), "case_read", std::to_string(shown), "req")) ++shown;
  EXPECT_EQ(shown, 20'000);
}

}  // namespace
}  // namespace casebridge::desk::testing
