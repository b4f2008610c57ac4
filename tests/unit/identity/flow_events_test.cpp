// What flows leave in the audit log: the right words, with what they tell of, and nothing secret.
#include <algorithm>

#include "core/audit/trail.hpp"
#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::other_password;
using Words = std::vector<std::string>;

template <class World>
class Events : public World {
 protected:
  std::vector<ports::AuditRecord> records() {
    std::vector<ports::AuditRecord> found;
    EXPECT_TRUE(this->store_->read([&](ports::Transaction& tx) -> Result<void> {
      found.clear();
      CASEBRIDGE_TRY(const auto waiting, tx.audit().waiting(1000));
      for (const auto& one : waiting) found.push_back(one.record);
      return {};
    }));
    return found;
  }
  Words since(std::size_t before) {
    Words words;
    const auto all = records();
    for (std::size_t i = before; i < all.size(); ++i) words.push_back(all[i].action);
    return words;
  }
};
class FlowEventsTest : public Events<testing::FlowWorld> {};
class FactorEventsTest : public Events<testing::FactorWorld> {};

TEST_F(FlowEventsTest, ANewAccountAndItsSignInAreTold) {
  register_account("parent@mail.example");
  EXPECT_EQ(since(0), (Words{"account_made"}));
  ASSERT_TRUE(sign_in("parent@mail.example")->done);
  EXPECT_EQ(since(1), (Words{"signed_in"}));
  const auto last = records().back();
  EXPECT_EQ(last.subject, account_of("parent@mail.example")->id.text());
  EXPECT_EQ(last.actor, last.subject);
  EXPECT_EQ(last.request, "req-1");
}

TEST_F(FlowEventsTest, WhereItCameFromIsSealedForItsOwner) {
  register_account("parent@mail.example");
  const auto record = records().back();
  EXPECT_EQ(record.details.find("198.51"), std::string::npos);
  std::string opened;
  ASSERT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto sealed, tx.audit().subject_key(record.subject));
    CASEBRIDGE_TRY(const SecretBytes key, audit::open_subject_key(*vault_, record.subject, sealed.value()));
    CASEBRIDGE_TRY(opened, audit::open_personal(key.clone(), record));
    return {};
  }));
  EXPECT_EQ(opened, R"({"address":"198.51.100.0/24","device":"A browser"})");
}

TEST_F(FlowEventsTest, UnknownAndWrongLeaveAsMuch) {
  register_account("parent@mail.example");
  const std::size_t before = records().size();
  ASSERT_TRUE(sign_in("parent@mail.example", other_password)->refusal);
  ASSERT_TRUE(sign_in("nobody@mail.example", other_password)->refusal);
  EXPECT_EQ(since(before), (Words{"sign_in_refused", "sign_in_refused"}));
  const auto all = records();
  const auto &known = all[before], &unknown = all[before + 1];
  EXPECT_EQ(known.details, unknown.details);
  EXPECT_EQ(known.outcome, "refused");
  EXPECT_EQ(known.actor, "nobody");
  EXPECT_NE(known.subject, "");
  EXPECT_EQ(unknown.subject, "");
  EXPECT_EQ(known.personal.size(), unknown.personal.size());
}

TEST_F(FlowEventsTest, ALockAndItsEndAreTold) {
  register_account("parent@mail.example");
  for (int i = 0; i < 5; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    ASSERT_TRUE(sign_in("parent@mail.example", other_password)->refusal);
  }
  const Words words = since(1);
  EXPECT_EQ(std::count(words.begin(), words.end(), "sign_in_refused"), 5);
  EXPECT_EQ(words.back(), "account_locked");
  read_mail();
  const auto asked = submit(start("unlock"), fields({{"email", "parent@mail.example"}}));
  ASSERT_TRUE(submit(*asked, fields({{"code", mailed_code()}}))->done);
  EXPECT_EQ(since(records().size() - 1), (Words{"account_unlocked"}));
}

TEST_F(FactorEventsTest, WhatChangesHowOneSignsInIsTold) {
  const std::size_t before = records().size();
  with_app();
  EXPECT_EQ(since(before), (Words{"app_added"}));
  ASSERT_TRUE(submit(half_signed_in(), fields({{"code", wrong_code()}}))->refusal);
  EXPECT_EQ(since(before + 1), (Words{"second_factor_refused"}));
  EXPECT_EQ(records().back().outcome, "refused");
}

TEST_F(FactorEventsTest, WhatIsDoneByMailAndByWaitingIsTold) {
  caller_ = caller_of(*first_);
  const auto told_by = [&](auto act) {
    const std::size_t before = records().size();
    act();
    return since(before);
  };
  const auto confirm = [&](const char* kind, const std::string& email) {
    const auto asked = submit(start(kind, caller_), fields({{"email", email}}), caller_);
    std::string code;
    for (const auto& mail : read_mail())
      if (mail.to == email) code = mail.code();
    EXPECT_TRUE(submit(*asked, fields({{"code", code}}), caller_)->done);
  };
  const auto link_to = [&](const char* page) {
    std::string link;
    for (const auto& mail : read_mail())
      if (!mail.link(page).empty()) link = mail.link(page);
    return link;
  };
  const auto follow = [&](const char* kind, const std::string& link) {
    EXPECT_TRUE(submit(start(kind), fields({{"link_code", link}}))->done);
  };
  EXPECT_EQ(told_by([&] { confirm("add_address", "sister@mail.example"); }), (Words{"address_added"}));
  const auto deletion = [&] {
    EXPECT_TRUE(submit(start("delete_account", caller_), fields({{"delete", "1"}}), caller_)->done);
  };
  EXPECT_EQ(told_by(deletion), (Words{"hold_begun"}));
  EXPECT_EQ(told_by(deletion), Words{});  // it stands already
  EXPECT_EQ(told_by([&] { follow("stop_hold", link_to("stop")); }), (Words{"hold_stopped"}));
  EXPECT_EQ(told_by([&] { confirm("change_email", "new@mail.example"); }), (Words{"email_changed"}));
  const std::string back = link_to("take-back");
  EXPECT_EQ(told_by(deletion), (Words{"hold_begun"}));
  EXPECT_EQ(told_by([&] { follow("revert_email", back); }),
            (Words{"email_taken_back", "disowned", "hold_stopped"}));
}

TEST_F(FlowEventsTest, NoSecretIsInAnyRecord) {
  register_account("parent@mail.example");
  ASSERT_TRUE(sign_in("parent@mail.example", other_password)->refusal);
  ASSERT_TRUE(sign_in("parent@mail.example")->done);
  for (const auto& one : records()) {
    const std::string all = one.actor + one.subject + one.details + one.personal + one.request;
    for (const char* secret : {good_password, other_password, "mail.example"})
      EXPECT_EQ(all.find(secret), std::string::npos) << one.action;
  }
}

TEST_F(FlowEventsTest, WhatCannotBeToldDoesNotHappen) {
  class Mute final : public ports::AuditTrail {
    Result<void> note(ports::Transaction&, const ports::AuditNote&) const override {
      return trouble(TroubleCode::dependency_failed, "the log is away");
    }
  };
  register_account("parent@mail.example");
  const Mute mute;
  auto made = Flows::make({*store_, *vault_, clock_, *hasher_, policy_, *messages_, mute, settings_});
  ASSERT_TRUE(made);
  flows_ = std::move(made).value();
  EXPECT_FALSE(sign_in("parent@mail.example"));
  EXPECT_TRUE(sessions_of(account_of("parent@mail.example")->id).empty());
}

}  // namespace
}  // namespace casebridge::identity
