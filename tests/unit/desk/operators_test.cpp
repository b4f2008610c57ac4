// What operators see and do, and that the log has it or it does not happen.
#include <set>

#include "core/audit/seal_waiting.hpp"
#include "core/desk/appoint_operator.hpp"
#include "core/desk/inspect_account.hpp"
#include "core/desk/inspect_gateway.hpp"
#include "core/desk/mend_account.hpp"
#include "core/storage/key_database.hpp"
#include "tests/support/scripted_systems.hpp"
#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::desk {
namespace {

using identity::testing::parent_email;
constexpr const char* operator_email = "operator@mail.example";

// Refuses to tell what it is told to refuse.
class FullTrail final : public ports::AuditTrail {
 public:
  Result<void> note(ports::Transaction&, const ports::AuditNote&) const override {
    return trouble(TroubleCode::dependency_failed, "the log is full");
  }
};

class OperatorsDeskTest : public identity::testing::FactorWorld {
 protected:
  void SetUp() override {
    FactorWorld::SetUp();
    parent_ = std::make_unique<AccountId>(account_of(parent_email)->id);
    register_account(operator_email);
    caller_ = caller_of(*sign_in(operator_email));
    (void)read_mail();
    keys_ = storage::keys_in(*store_);
    desk_ = std::make_unique<Desk>(Desk{*store_, systems_, *vault_, clock_, log_, *trail_});
    full_desk_ = std::make_unique<Desk>(Desk{*store_, systems_, *vault_, clock_, log_, full_});
  }
  void TearDown() override {
    keys_.reset();
    FactorWorld::TearDown();
  }
  Operating with(const Desk& desk) { return {desk, *keys_, flows_->alerts()}; }
  Operating operating() { return with(*desk_); }
  OperatorCall call() { return {*caller_, "req"}; }
  std::vector<ports::AuditEntry> told_of(const AccountId& account) {
    EXPECT_TRUE(audit::seal_waiting(*store_));
    std::vector<ports::AuditEntry> found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.audit().about("accounts", account, 0, 100));
      return {};
    }));
    return found;
  }
  std::string newest_about(const AccountId& account) { return told_of(account).front().record.action; }

  casebridge::testing::ScriptedSystems systems_;
  FullTrail full_;
  std::unique_ptr<AccountId> parent_;
  std::unique_ptr<ports::KeyDatabase> keys_;
  std::unique_ptr<Desk> desk_, full_desk_;
};

TEST_F(OperatorsDeskTest, AnAccountIsFoundByItsWholeAddressAndShownMasked) {
  const auto found = find_account(operating(), call(), " Parent@Mail.example ");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, *parent_);
  EXPECT_EQ(found->email, "p***@m***.example");
  EXPECT_TRUE(found->email_confirmed);
  EXPECT_EQ(found->sessions, 1);
  EXPECT_EQ(found->signed_in_at, clock_.now());
  EXPECT_EQ(newest_about(*parent_), "operator_looked");
  EXPECT_EQ(told_of(*parent_).front().record.actor, caller_->account.text());
  for (const char* other : {"parent@mail.exampl", "parent", "%", "", "arent@mail.example"})
    EXPECT_EQ(find_account(operating(), call(), other).error().code, TroubleCode::not_found) << other;
}

TEST_F(OperatorsDeskTest, AnUnconfirmedAddressIsNobodys) {
  (void)begin_registration("new@mail.example");
  EXPECT_EQ(find_account(operating(), call(), "new@mail.example").error().code, TroubleCode::not_found);
}

TEST(MaskedAddress, KeepsWhatTellsAddressesApartForItsOwnerAlone) {
  EXPECT_EQ(masked_address("pat@example.com"), "p***@e***.com");
  EXPECT_EQ(masked_address("\xC3\xA9t@a.b.example"), "\xC3\xA9***@a***.example");
  EXPECT_EQ(masked_address("nothing"), "***");
}

TEST_F(OperatorsDeskTest, ASessionIsEndedOnlyOfTheAccountThatIsNamed) {
  const auto sessions = inspect_sessions(operating(), call(), *parent_);
  ASSERT_TRUE(sessions);
  ASSERT_EQ(sessions->size(), 1U);
  EXPECT_EQ(end_account_sessions(operating(), call(), *parent_, caller_->session).error().code,
            TroubleCode::not_found);
  EXPECT_EQ(sessions_of(caller_->account).size(), 1U);
  EXPECT_TRUE(end_account_sessions(operating(), call(), *parent_, sessions->front().id));
  EXPECT_TRUE(sessions_of(*parent_).empty());
  EXPECT_EQ(newest_about(*parent_), "operator_ended_sessions");
}

TEST_F(OperatorsDeskTest, AResetStopsThePasswordAndTellsTheOwner) {
  ASSERT_TRUE(begin_password_reset(operating(), call(), *parent_));
  EXPECT_TRUE(account_of(parent_email)->password_stopped);
  EXPECT_TRUE(sessions_of(*parent_).empty());
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].to, parent_email);
  EXPECT_EQ(mails[0].subject, "Please choose a new password for your Casebridge account");
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(begin_password_reset(operating(), call(), *parent_));
  EXPECT_EQ(begin_password_reset(operating(), call(), *parent_).error().code, TroubleCode::rate_limited);
}

TEST_F(OperatorsDeskTest, WhatCannotBeToldIsNeitherShownNorDone) {
  const Operating mute = with(*full_desk_);
  const auto failed = TroubleCode::dependency_failed;
  EXPECT_EQ(find_account(mute, call(), parent_email).error().code, failed);
  EXPECT_EQ(find_account(mute, call(), "nobody@mail.example").error().code, failed);
  EXPECT_EQ(inspect_account(mute, call(), *parent_).error().code, failed);
  EXPECT_EQ(inspect_sessions(mute, call(), *parent_).error().code, failed);
  EXPECT_EQ(inspect_events(mute, call(), *parent_, {}).error().code, failed);
  EXPECT_EQ(inspect_keys(mute, call()).error().code, failed);
  EXPECT_EQ(inspect_adapters(mute, call()).error().code, failed);
  EXPECT_EQ(inspect_links(mute, call()).error().code, failed);
  EXPECT_EQ(inspect_audit(mute, call()).error().code, failed);
  EXPECT_EQ(unlock_account(mute, call(), *parent_).error().code, failed);
  EXPECT_EQ(end_account_sessions(mute, call(), *parent_, std::nullopt).error().code, failed);
  EXPECT_EQ(begin_password_reset(mute, call(), *parent_).error().code, failed);
  EXPECT_EQ(sessions_of(*parent_).size(), 1U);
  EXPECT_FALSE(account_of(parent_email)->password_stopped);
  EXPECT_TRUE(read_mail().empty());
}

TEST_F(OperatorsDeskTest, EventsNameTheOperatorAndTheReason) {
  EXPECT_FALSE(sign_in(parent_email, "wrong password of somebody")->outcome);
  ASSERT_TRUE(unlock_account(operating(), call(), *parent_));
  const auto page = inspect_events(operating(), call(), *parent_, {0, 2});
  ASSERT_TRUE(page);
  ASSERT_EQ(page->events.size(), 2U);
  EXPECT_TRUE(page->more);
  EXPECT_EQ(page->events[0].action, "operator_unlocked");
  EXPECT_EQ(page->events[0].actor, "operator");
  EXPECT_EQ(page->events[0].by, caller_->account.text());
  EXPECT_EQ(page->events[1].actor, "somebody");
  EXPECT_EQ(page->events[1].reason, "password");
}

TEST_F(OperatorsDeskTest, EventsOfSafetyAndOfCasesAreTheOwnersAlone) {
  const auto tell_all = [&](ports::Transaction& tx) -> Result<void> {
    for (const std::string_view action : ports::audit_actions)
      CASEBRIDGE_CHECK(trail_->note(tx, {.action = action, .account = *parent_}));
    return {};
  };
  ASSERT_TRUE(store_->write(tell_all));
  const auto page = inspect_events(operating(), call(), *parent_, {0, 100});
  ASSERT_TRUE(page);
  std::set<std::string> seen;
  for (const InspectedEvent& one : page->events) seen.insert(one.action);
  EXPECT_TRUE(seen.contains("sign_in_refused"));
  for (const char* own : {"safety_stop", "safety_stop_lifted", "contact_changed", "address_added",
                          "address_removed", "hold_begun", "data_exported", "link_made", "link_removed",
                          "credential_opened", "cases_read", "case_read", "ledger_read", "summary_read"})
    EXPECT_FALSE(seen.contains(own)) << own;
}

TEST_F(OperatorsDeskTest, WhatIsTheOwnersAloneLeavesNoGapInPages) {
  const auto tell = [&](ports::Transaction& tx) -> Result<void> {
    for (const char* action : {"app_added", "cases_read", "safety_stop", "hold_begun", "passkey_added"})
      CASEBRIDGE_CHECK(trail_->note(tx, {.action = action, .account = *parent_}));
    return {};
  };
  ASSERT_TRUE(store_->write(tell));
  const auto newest = inspect_events(operating(), call(), *parent_, {0, 1});
  ASSERT_TRUE(newest);
  const auto next = inspect_events(operating(), call(), *parent_, {newest->last_seq, 1});
  ASSERT_TRUE(next);
  ASSERT_EQ(next->events.size(), 1U);
  EXPECT_EQ(newest->events.at(0).action, "passkey_added");
  EXPECT_EQ(next->events[0].action, "app_added");
  EXPECT_EQ(next->last_id, next->events[0].id);
}

TEST_F(OperatorsDeskTest, AListOfAddressesIsNotTriedForLong) {
  int asked = 0;
  TroubleCode why = TroubleCode::not_found;
  while (asked < 500 && why == TroubleCode::not_found) {
    why = find_account(operating(), call(), "nobody" + std::to_string(asked) + "@example.com").error().code;
    ++asked;
  }
  EXPECT_EQ(why, TroubleCode::rate_limited);
  EXPECT_EQ(asked, 121);
}

TEST_F(OperatorsDeskTest, NobodyIsToldThatASessionEndedWhichIsNotThere) {
  const auto ended = end_account_sessions(operating(), call(), *parent_,
                                          *SessionId::parse("ses_00000000000000000000000000"));
  EXPECT_EQ(ended.error().code, TroubleCode::not_found);
  const auto page = inspect_events(operating(), call(), *parent_, {0, 100});
  for (const InspectedEvent& one : page->events) EXPECT_NE(one.action, "operator_ended_sessions");
}

TEST_F(OperatorsDeskTest, LooksAtTheGatewayAreToldWithTheOperatorsOwnAccount) {
  EXPECT_TRUE(inspect_links(operating(), call()));
  EXPECT_EQ(newest_about(caller_->account), "operator_watched");
  const auto audit = inspect_audit(operating(), call());
  ASSERT_TRUE(audit);
  EXPECT_GT(audit->entries, 0);
  EXPECT_FALSE(audit->checkpoint);
}

TEST_F(OperatorsDeskTest, OnlyWhoHasASecondFactorIsAppointed) {
  const auto appoint = [&] { return appoint_operator(*store_, *trail_, clock_, operator_email); };
  EXPECT_EQ(appoint().error().code, TroubleCode::invalid_field);
  EXPECT_FALSE(account_of(operator_email)->is_operator());
  (void)add_app(caller_);
  ASSERT_TRUE(appoint());
  EXPECT_TRUE(account_of(operator_email)->is_operator());
  EXPECT_TRUE(sessions_of(caller_->account).empty());
  EXPECT_EQ(newest_about(caller_->account), "operator_appointed");
  ASSERT_TRUE(dismiss_operator(*store_, *trail_, clock_, operator_email));
  EXPECT_FALSE(account_of(operator_email)->is_operator());
  EXPECT_EQ(dismiss_operator(*store_, *trail_, clock_, operator_email).error().code, TroubleCode::not_found);
  EXPECT_EQ(appoint_operator(*store_, *trail_, clock_, "nobody@mail.example").error().code,
            TroubleCode::not_found);
}

TEST_F(OperatorsDeskTest, WhoHasALinkIsNotAppointed) {
  (void)add_app(caller_);
  const ports::Link link{LinkId::make(clock_.now()),
                         caller_->account,
                         "tx-icop",
                         "us-tx",
                         "active",
                         clock_.now(),
                         "",
                         "session_only",
                         "digest"};
  ASSERT_TRUE(store_->write([&](ports::Transaction& tx) { return tx.links().insert(link); }));
  EXPECT_EQ(appoint_operator(*store_, *trail_, clock_, operator_email).error().code,
            TroubleCode::invalid_field);
}

}  // namespace
}  // namespace casebridge::desk
