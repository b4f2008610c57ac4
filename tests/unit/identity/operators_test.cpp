// Operators sign in as parents do, by stricter numbers; and an office ends with the factor it stands on.
#include "core/identity/locks.hpp"
#include "core/ports/store_safety.hpp"
#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using namespace std::chrono_literals;
using testing::good_password;
using testing::parent_email;

class OperatorsTest : public testing::FactorWorld {
 protected:
  void SetUp() override {
    FactorWorld::SetUp();
    with_app();
    appoint();
  }
  void appoint(const std::string& role = ports::role_operator) {
    const AccountId id = account_of(parent_email)->id;
    ASSERT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_CHECK(tx.sessions().remove_all_but(id, std::nullopt));
      return tx.accounts().set_role(id, role, clock_.now());
    }));
  }
  bool refused_with(const std::string& password) {
    return refused_as(sign_in(parent_email, password), TroubleCode::sign_in_refused);
  }
  void wrong_passwords(int times) {
    for (int i = 0; i < times; ++i) EXPECT_TRUE(refused_with("wrong password of somebody"));
  }
  bool is_let_on() {
    const auto view = sign_in(parent_email);
    return view && view->step == "second_factor";
  }
  FlowView signed_in() {
    auto done = submit(half_signed_in(), fields({{"code", code()}}));
    EXPECT_TRUE(done && done->outcome);
    next_step();
    return std::move(done).value();
  }
  AccountLock lock() {
    AccountLock found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, lock_of(tx, Throttle(*vault_), settings_.throttle, *account_of(parent_email),
                                    clock_.now(), settings_.operators));
      return {};
    }));
    return found;
  }
};

TEST_F(OperatorsTest, TheThirdWrongPasswordLocks) {
  wrong_passwords(3);
  EXPECT_FALSE(is_let_on());
  EXPECT_EQ(lock().password_until, clock_.now() + 15min);
  clock_.advance(15min);
  EXPECT_TRUE(is_let_on());
}

TEST_F(OperatorsTest, ParentsHaveFive) {
  appoint(ports::role_parent);
  wrong_passwords(4);
  EXPECT_TRUE(is_let_on());
}

TEST_F(OperatorsTest, TriesAddUpForTwoHours) {
  wrong_passwords(2);
  clock_.advance(119min);
  wrong_passwords(1);
  EXPECT_FALSE(is_let_on());
}

TEST_F(OperatorsTest, TheThirdWrongCodeLocksTheSecondFactor) {
  std::optional<FlowView> view = half_signed_in();
  for (int i = 0; i < 3; ++i) {
    auto refused = submit(*view, fields({{"code", wrong_code()}}));
    ASSERT_TRUE(refused_as(refused, TroubleCode::code_refused));
    view = std::move(refused).value();
  }
  EXPECT_TRUE(refused_as(submit(*view, fields({{"code", code()}})), TroubleCode::code_refused));
  EXPECT_EQ(lock().factor_until, clock_.now() + 15min);
  EXPECT_FALSE(lock().password_until);
}

TEST_F(OperatorsTest, AKnownDeviceHasNoTriesOfItsOwn) {
  const FlowView entered = signed_in();
  browser_ = std::string(entered.outcome->device.reveal());
  wrong_passwords(3);
  browser_.clear();
  EXPECT_FALSE(is_let_on());
}

TEST_F(OperatorsTest, ALockCanBeEnded) {
  wrong_passwords(3);
  ASSERT_TRUE(store_->write([&](ports::Transaction& tx) {
    return end_locks(tx, Throttle(*vault_), settings_.throttle, *account_of(parent_email), clock_.now());
  }));
  EXPECT_FALSE(lock().password_until);
  EXPECT_EQ(lock().failures, 3) << "a word of somebody else's is no password";
  clock_.advance(1min);  // of one address and account
  EXPECT_TRUE(is_let_on());
}

TEST_F(OperatorsTest, TheSessionSaysWhoseItIs) {
  const FlowView entered = signed_in();
  EXPECT_EQ(entered.outcome->session.role, ports::role_operator);
  SessionSettings settings;
  settings.operator_idle = 5min;
  EXPECT_FALSE(has_ended(entered.outcome->session, clock_.now(), settings));
  ports::Session session = entered.outcome->session;
  session.last_seen_at = clock_.now();
  EXPECT_TRUE(has_ended(session, clock_.now() + 5min, settings));
  session.role = ports::role_parent;
  EXPECT_FALSE(has_ended(session, clock_.now() + 5min, settings));
}

TEST_F(OperatorsTest, WhoWasAwayTooLongIsLetInNoMoreUntilAppointedAgain) {
  clock_.advance(24h * 120 - 1s);
  EXPECT_TRUE(is_let_on());
  clock_.advance(1s);
  EXPECT_FALSE(is_let_on());
  appoint();
  clock_.advance(1min);
  (void)signed_in();
  clock_.advance(24h * 119);
  EXPECT_TRUE(is_let_on()) << "the sign-in counts";
}

TEST_F(OperatorsTest, ParentsAreNeverAwayTooLong) {
  appoint(ports::role_parent);
  clock_.advance(24h * 365);
  EXPECT_TRUE(is_let_on());
}

// Mailbox and password are enough for a new app after a day, but not for an office.
TEST_F(OperatorsTest, AnAppThatCameByWaitingEndsTheOffice) {
  auto view = submit(start("lost_phone"), fields({{"email", parent_email}, {"password", good_password}}));
  ASSERT_TRUE(view);
  view = submit(*view, fields({{"code", mailed_code()}}));
  ASSERT_TRUE(view && view->step == "lost_phone");
  ASSERT_TRUE(submit(*view, fields({{"begin_hold", "1"}})));
  clock_.advance(25h);
  view = submit(start("lost_phone"), fields({{"email", parent_email}, {"password", good_password}}));
  view = submit(*view, fields({{"code", mailed_code()}}));
  ASSERT_TRUE(view && view->step == "add_app");
  secret_ = testing::from_base32(testing::shown_in(*view, "secret"));
  ASSERT_TRUE(submit(*view, fields({{"code", code()}})));
  EXPECT_FALSE(account_of(parent_email)->is_operator());
}

TEST_F(OperatorsTest, ARecoveryCodeKeepsTheOffice) {
  auto view = submit(start("lost_phone"), fields({{"email", parent_email}, {"password", good_password}}));
  view = submit(*view, fields({{"code", mailed_code()}}));
  view = submit(*view, fields({{"use_recovery_code", "1"}}));
  view = submit(*view, fields({{"recovery_code", recovery_codes_.front()}}));
  ASSERT_TRUE(view && view->step == "add_app");
  secret_ = testing::from_base32(testing::shown_in(*view, "secret"));
  ASSERT_TRUE(submit(*view, fields({{"code", code()}})));
  EXPECT_TRUE(account_of(parent_email)->is_operator());
}

TEST_F(OperatorsTest, AFactorThatWasTakenBackEndsTheOffice) {
  appoint(ports::role_parent);
  std::optional<model::Caller> caller = caller_of(signed_in());
  (void)read_mail();
  (void)add_app(caller);  // told by mail, with a link that takes it back
  appoint();
  std::string link;
  for (const auto& mail : read_mail())
    if (!mail.link("not-me").empty()) link = mail.link("not-me");
  const auto done = submit(start("not_me"), fields({{"link_code", link}}));
  ASSERT_TRUE(done && done->done);
  EXPECT_FALSE(account_of(parent_email)->is_operator());
}

TEST(OperatorRules, AreNeverLaxerThanThoseOfParents) {
  ports::Account account{*AccountId::parse("acc_01ARZ3NDEKTSV4RRFFQ69G5FAV"), "", "", {}, ""};
  account.role = ports::role_operator;
  const ThrottleRules usual;
  ThrottleRule stricter = usual.account;
  stricter.tries_max = 2;
  stricter.window = stricter.first_lock = stricter.later_lock = 24h;
  for (const ThrottleRule& rule : {usual.account, usual.app_codes, usual.recovery_codes, stricter}) {
    const ThrottleRule made = rule_for(account, rule, {});
    EXPECT_LE(made.tries_max, rule.tries_max);
    EXPECT_GE(made.window, rule.window);
    EXPECT_GE(made.first_lock, rule.first_lock);
    EXPECT_GE(made.later_lock, rule.later_lock);
    // In a day that is nothing but wrong tries, too.
    EXPECT_LE(made.tries_max * (24h / made.later_lock),
              rule.tries_max * (24h / std::max(rule.later_lock, rule.window)));
  }
}

}  // namespace
}  // namespace casebridge::identity
