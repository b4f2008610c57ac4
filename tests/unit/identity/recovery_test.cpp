// A forgotten password and a locked account: a code from the mail helps, tells nothing, and is no second
// factor.
#include <atomic>
#include <thread>

#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::other_password;
using testing::parent_email;
using testing::seen_of;

class RecoveryTest : public testing::FactorWorld {
 protected:
  FlowView asked(const std::string& kind, const std::string& email = parent_email) {
    auto view = submit(start(kind), fields({{"email", email}}));
    EXPECT_TRUE(view) << view.error().detail;
    return std::move(view).value();
  }
  FlowView reset_until_password() {
    const FlowView waiting = asked("reset_password");
    auto view = submit(waiting, fields({{"code", mailed_code()}}));
    EXPECT_TRUE(view);
    return std::move(view).value();
  }
  void lock() {
    for (int i = 0; i < 5; ++i) {
      origin_.address = "203.0.113." + std::to_string(i);
      EXPECT_FALSE(sign_in(parent_email, "wrong")->outcome);
    }
    origin_.address = "203.0.113.99";
  }
};

TEST_F(RecoveryTest, AMailedCodeSetsANewPasswordAndSignsNobodyIn) {
  const FlowView choosing = reset_until_password();
  EXPECT_EQ(choosing.step, "new_password");
  const auto weak = submit(choosing, fields({{"new_password", "short"}}));
  EXPECT_TRUE(refused_as(weak, TroubleCode::password_refused));
  const auto done = submit(choosing, fields({{"new_password", other_password}}));
  ASSERT_TRUE(done && done->done);
  EXPECT_FALSE(done->outcome);
  EXPECT_TRUE(sessions_of(account_of(parent_email)->id).empty());
  EXPECT_EQ(other_mail().back().subject, "Your Casebridge password was changed");
  EXPECT_FALSE(sign_in(parent_email, good_password)->outcome);
  EXPECT_TRUE(sign_in(parent_email, other_password)->outcome);
}

TEST_F(RecoveryTest, KnownAndUnknownLookTheSame) {
  for (const char* kind : {"reset_password", "unlock"}) {
    const FlowView known = asked(kind);
    const FlowView unknown = asked(kind, "nobody@mail.example");
    EXPECT_EQ(seen_of(known), seen_of(unknown));
    const auto wrong = fields({{"code", "00000000"}});
    EXPECT_EQ(seen_of(*submit(known, wrong)), seen_of(*submit(unknown, wrong)));
  }
  std::map<std::string, std::string> subjects;
  for (const auto& mail : read_mail()) subjects[mail.to] = mail.subject;
  EXPECT_EQ(subjects[parent_email], "Your Casebridge code");
  EXPECT_EQ(subjects["nobody@mail.example"], "There is no Casebridge account with this e-mail address");
}

TEST_F(RecoveryTest, TheMailToAStrangerHoldsNoCode) {
  (void)asked("reset_password", "nobody@mail.example");
  EXPECT_EQ(mailed_code(), "");
}

TEST_F(RecoveryTest, MailGoesToTheAddressThatWasConfirmed) {
  (void)asked("reset_password", "PARENT@Mail.Example");
  EXPECT_EQ(other_mail().back().to, parent_email);
}

TEST_F(RecoveryTest, ReadingTheFlowUsesNothingUp) {
  const FlowView waiting = asked("reset_password");
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(flows_->read(waiting.id.text(), {}));
  EXPECT_EQ(submit(waiting, fields({{"code", mailed_code()}}))->step, "new_password");
}

TEST_F(RecoveryTest, ACodeIsGoodInItsFlowOnceAndForTenMinutes) {
  const FlowView first = asked("reset_password");
  const std::string one = mailed_code();
  const FlowView second = asked("reset_password");
  EXPECT_TRUE(refused_as(submit(second, fields({{"code", one}})), TroubleCode::code_refused));
  ASSERT_EQ(submit(first, fields({{"code", one}}))->step, "new_password");
  EXPECT_EQ(submit(first, fields({{"code", one}})).error().code, TroubleCode::flow_out_of_order);
  const FlowView third = asked("reset_password");
  const std::string late = mailed_code();
  clock_.advance(std::chrono::minutes{10});
  EXPECT_TRUE(refused_as(submit(third, fields({{"code", late}})), TroubleCode::code_expired));
}

TEST_F(RecoveryTest, ACodeOfOneKindIsOfNoUseToAnother) {
  (void)asked("unlock");
  const std::string of_unlock = mailed_code();
  const FlowView resetting = asked("reset_password");
  EXPECT_TRUE(refused_as(submit(resetting, fields({{"code", of_unlock}})), TroubleCode::code_refused));
}

TEST_F(RecoveryTest, APasswordThatWasChangedMeanwhileEndsIt) {
  const FlowView choosing = reset_until_password();
  const FlowView waiting = asked("reset_password");
  const std::string code = mailed_code();
  const FlowView other = reset_until_password();
  ASSERT_TRUE(submit(other, fields({{"new_password", other_password}}))->done);
  EXPECT_EQ(submit(choosing, fields({{"new_password", good_password}})).error().code,
            TroubleCode::flow_expired);
  EXPECT_TRUE(refused_as(submit(waiting, fields({{"code", code}})), TroubleCode::code_expired));
}

TEST_F(RecoveryTest, OfParallelNewPasswordsOneIsTaken) {
  const FlowView choosing = reset_until_password();
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      const auto chosen = std::string(other_password) + std::to_string(i);
      const auto answer = submit(choosing, fields({{"new_password", chosen}}));
      if (answer && answer->done) ++taken;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, 1);
}

TEST_F(RecoveryTest, TheSecondFactorIsAskedForAllTheSame) {
  with_app();
  const FlowView asking = reset_until_password();
  EXPECT_EQ(asking.step, "second_factor");
  EXPECT_EQ(submit(asking, fields({{"new_password", other_password}})).error().code,
            TroubleCode::invalid_field);
  const auto wrong = submit(asking, fields({{"code", wrong_code()}}));
  ASSERT_TRUE(refused_as(wrong, TroubleCode::code_refused));
  const auto choosing = submit(*wrong, fields({{"code", code()}}));
  ASSERT_EQ(choosing->step, "new_password");
  EXPECT_FALSE(choosing->outcome);
  ASSERT_TRUE(submit(*choosing, fields({{"new_password", other_password}}))->done);
  EXPECT_EQ(sign_in(parent_email, other_password)->step, "second_factor");
}

TEST_F(RecoveryTest, AWrongSecondFactorIsToldToTheOwner) {
  with_app();
  const FlowView asking = reset_until_password();
  ASSERT_TRUE(read_mail().empty());
  (void)submit(asking, fields({{"code", wrong_code()}}));
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_NE(mails[0].link("not-me"), "");
}

TEST_F(RecoveryTest, AnAppThatWasAddedMeanwhileIsNotPassedBy) {
  const FlowView choosing = reset_until_password();
  with_app();
  EXPECT_EQ(submit(choosing, fields({{"new_password", other_password}})).error().code,
            TroubleCode::flow_expired);
}

TEST_F(RecoveryTest, AnAccountThatWasNeverConfirmedIsItsAddressesOwners) {
  begin_registration("new@mail.example", "what somebody else has chosen");
  (void)read_mail();
  const FlowView waiting = asked("reset_password", "new@mail.example");
  const auto choosing = submit(waiting, fields({{"code", mailed_code()}}));
  ASSERT_TRUE(submit(*choosing, fields({{"new_password", other_password}}))->done);
  EXPECT_TRUE(sign_in("new@mail.example", other_password)->outcome);
  EXPECT_FALSE(sign_in("new@mail.example", "what somebody else has chosen")->outcome);
}

TEST_F(RecoveryTest, UnlockingConfirmsNoAddress) {
  begin_registration("new@mail.example", "what somebody else has chosen");
  (void)read_mail();
  const FlowView waiting = asked("unlock", "new@mail.example");
  ASSERT_TRUE(submit(waiting, fields({{"code", mailed_code()}}))->done);
  EXPECT_FALSE(account_of("new@mail.example")->email_verified_at);
}

TEST_F(RecoveryTest, TheOwnerIsToldOfALockAndCanEndIt) {
  lock();
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].subject, "Signing in to your Casebridge account is locked for a while");
  EXPECT_FALSE(sign_in(parent_email)->outcome);
  const FlowView waiting = asked("unlock");
  const auto done = submit(waiting, fields({{"code", mailed_code()}}));
  ASSERT_TRUE(done && done->done);
  EXPECT_FALSE(done->outcome);
  EXPECT_TRUE(sign_in(parent_email)->outcome);
}

TEST_F(RecoveryTest, ANewPasswordEndsALock) {
  lock();
  ASSERT_TRUE(submit(reset_until_password(), fields({{"new_password", other_password}}))->done);
  EXPECT_TRUE(sign_in(parent_email, other_password)->outcome);
}

TEST_F(RecoveryTest, AHundredWrongPasswordsInARowLeaveOnlyANewOne) {
  for (int i = 0; i < 100; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    EXPECT_FALSE(sign_in(parent_email, "wrong")->outcome);
    if (i % 5 == 4) clock_.advance(std::chrono::minutes{30});
  }
  clock_.advance(std::chrono::hours{24 * 30});
  (void)read_mail();
  EXPECT_FALSE(sign_in(parent_email)->outcome);
  const FlowView waiting = asked("unlock");
  ASSERT_TRUE(submit(waiting, fields({{"code", mailed_code()}}))->done);
  EXPECT_FALSE(sign_in(parent_email)->outcome);
  ASSERT_TRUE(submit(reset_until_password(), fields({{"new_password", other_password}}))->done);
  EXPECT_TRUE(sign_in(parent_email, other_password)->outcome);
}

TEST_F(RecoveryTest, ARightPasswordBeginsTheRowAnew) {
  for (int i = 0; i < 120; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    EXPECT_EQ(sign_in(parent_email, i % 4 == 3 ? good_password : "wrong")->outcome.has_value(), i % 4 == 3);
  }
}

TEST_F(RecoveryTest, NobodyIsToldOfALockOfAnAddressWithoutAccount) {
  for (int i = 0; i < 6; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    (void)sign_in("nobody@mail.example", "wrong");
  }
  EXPECT_TRUE(read_mail().empty());
}

TEST_F(RecoveryTest, StrangersDoNotUseUpTheOwnersCodes) {
  origin_.address = "203.0.113.1";
  for (int i = 0; i < 5; ++i) {
    FlowView guessing = asked("reset_password");
    for (int wrong = 0; wrong < 3; ++wrong) {
      auto next = submit(guessing, fields({{"code", "00000000"}}));
      if (next) guessing = std::move(next).value();
      clock_.advance(std::chrono::seconds{10});
    }
  }
  EXPECT_FALSE(submit(start("unlock"), fields({{"email", parent_email}})));
  (void)read_mail();
  origin_.address = "198.51.100.7";
  EXPECT_EQ(reset_until_password().step, "new_password");
}

TEST_F(RecoveryTest, OfManyStrangersTwentyGetAMailSentAndABrowserThatIsKnownStillOne) {
  clock_.advance(std::chrono::hours{1});  // the code that confirmed the address is forgotten
  int sent = 0;
  for (int i = 0; i < 30; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    if (submit(start("reset_password"), fields({{"email", parent_email}}))) ++sent;
  }
  EXPECT_EQ(sent, 20);
  (void)read_mail();
  browser_ = std::string(first_->outcome->device.reveal());
  EXPECT_EQ(reset_until_password().step, "new_password");
}

TEST_F(RecoveryTest, TriesInARowAreNotForgottenOverNight) {
  for (int i = 0; i < 100; ++i) {
    clock_.advance(std::chrono::hours{25});
    origin_.address = "203.0.113." + std::to_string(i);
    EXPECT_FALSE(sign_in(parent_email, "wrong")->outcome);
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY([[maybe_unused]] const int gone,
                     tx.throttles().purge(clock_.now() - std::chrono::hours{24}));
      return {};
    }));
  }
  clock_.advance(std::chrono::hours{25});
  EXPECT_FALSE(sign_in(parent_email)->outcome);
}

TEST_F(RecoveryTest, AtMostFiveMailsAnHourWhateverIsAsked) {
  int sent = 0;
  for (int i = 0; i < 100; ++i) {
    clock_.advance(std::chrono::seconds{4});
    const auto answer = submit(start("reset_password"), fields({{"email", "nobody@mail.example"}}));
    if (answer)
      ++sent;
    else
      EXPECT_EQ(answer.error().code, TroubleCode::rate_limited);
  }
  EXPECT_EQ(sent, 5);
  EXPECT_EQ(read_mail().size(), 5U);
}

}  // namespace
}  // namespace casebridge::identity
