// Which stored records may be shown: those that were projected by the rules their system has now.
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

const std::string system_name = "tx-icop";

class ProjectionRules : public StoreSuite {
 protected:
  void SetUp() override {
    StoreSuite::SetUp();
    if (IsSkipped()) return;
    account_ = new_account("ana").id;
    link_ = new_link(*account_, "person").id;
    record_ = sample_record("P1", "one");
    ASSERT_TRUE(
        write([&](auto& t) { return t.snapshots().replace(*link_, "C1", "payments", {*record_}, at(10)); }));
  }
  void declare(const std::string& rules, const std::string& system = system_name) {
    ASSERT_TRUE(write([&](auto& t) { return t.snapshots().set_projection_rules(system, rules); }));
  }
  std::size_t shown(bool with_outdated = false) {
    ports::RecordQuery query{*account_, {}, {}, {}};
    query.with_outdated = with_outdated;
    return read([&](auto& t) { return t.snapshots().current(query); })->records.size();
  }
  bool found() {
    return read([&](auto& t) { return t.snapshots().find(*account_, record_->record_id); })->has_value();
  }
  std::size_t outdated() {
    return glance([&](auto& t) { return t.snapshots().outdated(*account_); })->size();
  }
  void mark() {
    ASSERT_TRUE(write([&](auto& t) { return t.snapshots().mark_projected(*link_); }));
  }

  std::optional<AccountId> account_;
  std::optional<LinkId> link_;
  std::optional<ports::RecordVersion> record_;
};
CASEBRIDGE_ON_BOTH_ENGINES(ProjectionRules);

TEST_P(ProjectionRules, NothingIsOutdatedWhileNobodyDeclaredAny) {
  EXPECT_EQ(outdated(), 0U);
  EXPECT_EQ(shown(), 1U);
  EXPECT_EQ(*read([&](auto& t) { return t.snapshots().projection_rules(system_name); }), "");
}

TEST_P(ProjectionRules, OtherRulesHideWhatIsStoredAtOnce) {
  declare("1.0");
  EXPECT_EQ(outdated(), 1U);
  EXPECT_EQ(shown(), 0U);
  EXPECT_FALSE(found());
  EXPECT_EQ(shown(true), 1U);
}

TEST_P(ProjectionRules, WhatWasProjectedAnewIsShownUntilTheRulesChangeAgain) {
  declare("1.0");
  mark();
  EXPECT_EQ(outdated(), 0U);
  EXPECT_EQ(shown(), 1U);
  EXPECT_TRUE(found());
  declare("1.3");
  EXPECT_EQ(shown(), 0U);
}

TEST_P(ProjectionRules, ALinkThatIsMadeLaterFollowsThem) {
  declare("1.0");
  const LinkId later = new_link(*account_, "another").id;
  ASSERT_TRUE(write([&](auto& t) {
    return t.snapshots().replace(later, "C1", "payments", {sample_record("P2", "two")}, at(10));
  }));
  EXPECT_EQ(shown(), 1U);
  EXPECT_EQ(outdated(), 1U);
}

TEST_P(ProjectionRules, AreOfOneSystem) {
  declare("1.0", "oh-csenet");
  EXPECT_EQ(outdated(), 0U);
  EXPECT_EQ(shown(), 1U);
}

TEST_P(ProjectionRules, RaiseTheVersionsOfAccountsOnlyWhenTheyChange) {
  const std::int64_t before = version_of(*account_);
  declare("1.0");
  const std::int64_t declared = version_of(*account_);
  EXPECT_GT(declared, before);
  declare("1.0");
  EXPECT_EQ(version_of(*account_), declared);
  mark();
  EXPECT_GT(version_of(*account_), declared);
}

}  // namespace
}  // namespace casebridge::storage
