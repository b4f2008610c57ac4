// Known devices: their own count of wrong tries, no mail about them, and never a way around a factor.
#include "core/identity/known_devices.hpp"

#include <algorithm>

#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::other_password;
using testing::parent_email;

class KnownDeviceTest : public testing::FactorWorld {
 protected:
  // Signs in from a browser with this cookie; the cookie it has afterwards.
  std::string cookie_after(const std::string& cookie, const std::string& email = parent_email) {
    browser_ = cookie;
    const auto view = sign_in(email);
    EXPECT_TRUE(view && view->outcome);
    return std::string(view->outcome->device.reveal());
  }
  std::string cookie_after_app() {
    const auto done = submit(half_signed_in(), fields({{"code", code()}}));
    EXPECT_TRUE(done && done->outcome);
    return std::string(done->outcome->device.reveal());
  }
  std::size_t alerts() {
    const auto mails = read_mail();
    return static_cast<std::size_t>(std::count_if(mails.begin(), mails.end(), [](const auto& mail) {
      return mail.subject.find("new device") != std::string::npos;
    }));
  }
  std::vector<ports::KnownDevice> devices() {
    std::vector<ports::KnownDevice> found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.devices().list(first_->outcome->session.account));
      return {};
    }));
    return found;
  }
  Result<FlowView> try_from(int host, const std::string& password) {
    origin_.address = "203.0.113." + std::to_string(host);
    return sign_in(parent_email, password);
  }
  void strangers_lock_the_account() {
    browser_.clear();
    for (int i = 0; i < 6; ++i) EXPECT_FALSE(try_from(i, "wrong")->outcome);
  }
};

TEST_F(KnownDeviceTest, AnUnknownDeviceIsToldOfAndAKnownOneIsNot) {
  const std::string cookie = cookie_after("");
  EXPECT_EQ(alerts(), 1U);
  EXPECT_EQ(cookie_after(cookie), cookie);
  EXPECT_EQ(alerts(), 0U);
  (void)cookie_after("");
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(KnownDeviceTest, OnlyADigestIsStored) {
  const std::string cookie = cookie_after("");
  ASSERT_EQ(cookie.size(), 43U);
  const auto kept = devices();
  EXPECT_TRUE(std::any_of(kept.begin(), kept.end(),
                          [&](const auto& one) { return one.token_digest == digest_of(cookie); }));
  EXPECT_TRUE(
      std::none_of(kept.begin(), kept.end(), [&](const auto& one) { return one.token_digest == cookie; }));
}

TEST_F(KnownDeviceTest, AnOwnerEntersFromAKnownDeviceWhileStrangersLockTheAccount) {
  const std::string cookie = cookie_after("");
  strangers_lock_the_account();
  EXPECT_FALSE(try_from(50, good_password)->outcome);
  browser_ = cookie;
  EXPECT_TRUE(try_from(51, good_password)->outcome);
}

TEST_F(KnownDeviceTest, AnOwnerEntersEvenAfterAHundredWrongTriesOfStrangers) {
  const std::string cookie = cookie_after("");
  browser_.clear();
  for (int i = 0; i < 110; ++i) {
    clock_.advance(std::chrono::minutes{16});
    (void)try_from(i, "wrong");
  }
  clock_.advance(std::chrono::hours{1});
  EXPECT_FALSE(try_from(200, good_password)->outcome);
  browser_ = cookie;
  EXPECT_TRUE(try_from(201, good_password)->outcome);
}

TEST_F(KnownDeviceTest, AKnownDeviceIsLockedByItsOwnWrongTries) {
  browser_ = cookie_after("");
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(try_from(i, "wrong")->outcome);
  EXPECT_FALSE(try_from(9, good_password)->outcome);
  browser_.clear();
  EXPECT_TRUE(try_from(10, good_password)->outcome);  // its tries are not counted for others
}

TEST_F(KnownDeviceTest, AnotherAccountsDeviceIsNotKnown) {
  register_account("other@mail.example");
  const std::string others = cookie_after("", "other@mail.example");
  strangers_lock_the_account();
  browser_ = others;
  EXPECT_FALSE(try_from(60, good_password)->outcome);
}

TEST_F(KnownDeviceTest, TwoPeopleOfOneBrowserStayKnownBoth) {
  register_account("other@mail.example");
  const std::string both = cookie_after(cookie_after(""), "other@mail.example");
  EXPECT_EQ(both.size(), 2 * 43U + 1);
  (void)read_mail();
  EXPECT_EQ(cookie_after(both), both);
  EXPECT_EQ(cookie_after(both, "other@mail.example"), both);
  EXPECT_EQ(alerts(), 0U);
}

TEST_F(KnownDeviceTest, ACookieGrowsNoLongerThanFourTokens) {
  std::string cookie;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    register_account(std::string(name) + "@mail.example");
    cookie = cookie_after(cookie, std::string(name) + "@mail.example");
  }
  EXPECT_EQ(cookie.size(), 4 * 43U + 3);
}

TEST_F(KnownDeviceTest, WhatIsNoTokenIsLeftAside) {
  for (const std::string& cookie : {std::string("x"), std::string(43, 'A'), std::string(300, '.')}) {
    const std::string after = cookie_after(cookie);
    EXPECT_EQ(alerts(), 1U) << cookie;
    EXPECT_EQ(after.size(), cookie.size() == 43 ? 2 * 43U + 1 : 43U) << cookie;
  }
}

TEST_F(KnownDeviceTest, ASecondFactorIsAskedForAllTheSame) {
  with_app();
  browser_ = cookie_after_app();
  const auto view = sign_in(parent_email);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->step, "second_factor");
  EXPECT_FALSE(view->outcome);
}

TEST_F(KnownDeviceTest, AnOwnersCodeIsTakenWhileStrangersGuess) {
  with_app();
  const std::string cookie = cookie_after_app();
  next_step();
  for (int i = 0; i < 11; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    EXPECT_FALSE(submit(half_signed_in(), fields({{"code", wrong_code()}}))->outcome);
  }
  origin_.address = "198.51.100.7";
  EXPECT_FALSE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
  browser_ = cookie;
  EXPECT_TRUE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
}

TEST_F(KnownDeviceTest, WrongCodesOfAKnownDeviceAreCountedToo) {
  with_app();
  browser_ = cookie_after_app();
  next_step();
  for (int i = 0; i < 10; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    EXPECT_FALSE(submit(half_signed_in(), fields({{"code", wrong_code()}}))->outcome);
  }
  origin_.address = "198.51.100.7";
  EXPECT_FALSE(submit(half_signed_in(), fields({{"code", code()}}))->outcome);
}

TEST_F(KnownDeviceTest, ThirtyDaysAfterTheLastSignInItIsAStranger) {
  std::string cookie = cookie_after("");
  clock_.advance(std::chrono::hours{24 * 29});
  cookie = cookie_after(cookie);
  (void)read_mail();
  clock_.advance(std::chrono::hours{24 * 29});
  cookie = cookie_after(cookie);
  EXPECT_EQ(alerts(), 0U);
  clock_.advance(std::chrono::hours{24 * 30});
  (void)cookie_after(cookie);
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(KnownDeviceTest, TheDeviceThatWasUsedLeastLatelyMakesRoom) {
  const std::string first = cookie_after("");
  for (int i = 0; i < 10; ++i) {
    clock_.advance(std::chrono::minutes{1});
    (void)cookie_after("");
  }
  EXPECT_EQ(devices().size(), settings_.devices.per_account_max);
  clock_.advance(std::chrono::hours{2});
  (void)read_mail();
  (void)cookie_after(first);
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(KnownDeviceTest, OwnersAreNotFloodedWithMails) {
  for (int i = 0; i < 15; ++i) {
    origin_.address = "203.0.113." + std::to_string(i);
    (void)cookie_after("");
  }
  EXPECT_LE(alerts(), 10U);
}

TEST_F(KnownDeviceTest, AProgramIsAStrangerEachTime) {
  for (int i = 0; i < 2; ++i) {
    const auto begun = flows_->start("sign_in", "bearer", "en", {}, origin_);
    const auto done = submit(*begun, fields({{"email", parent_email}, {"password", good_password}}));
    ASSERT_TRUE(done && done->outcome);
    EXPECT_TRUE(done->outcome->device.empty());
    EXPECT_EQ(alerts(), 1U);
  }
}

TEST_F(KnownDeviceTest, ANewPasswordLeavesTheDeviceThatChoseIt) {
  (void)cookie_after("");
  browser_ = cookie_after("");
  std::optional<model::Caller> caller = caller_of(*first_);
  const auto done =
      submit(start("change_password", caller),
             fields({{"current_password", good_password}, {"new_password", other_password}}), caller);
  ASSERT_TRUE(done && done->done);
  ASSERT_EQ(devices().size(), 1U);
  EXPECT_EQ(devices().front().token_digest, digest_of(browser_));
}

}  // namespace
}  // namespace casebridge::identity
