// Sign-in: who gets a session, and that unknown, wrong and locked cannot be told apart.
#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/unit/identity/flow_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::seen_of;

class SignInTest : public testing::FlowWorld {
 protected:
  void SetUp() override {
    FlowWorld::SetUp();
    register_account("parent@mail.example");
  }
  // Every try from another address, so that only the account's own limits are met.
  Result<FlowView> try_from(int host, const std::string& email, const std::string& password) {
    origin_.address = "203.0.113." + std::to_string(host);
    return sign_in(email, password);
  }
};

TEST_F(SignInTest, GivesASessionOfItsTransport) {
  const auto view = sign_in("parent@mail.example");
  ASSERT_TRUE(view);
  EXPECT_TRUE(view->done);
  ASSERT_TRUE(view->outcome);
  EXPECT_EQ(view->outcome->token.size(), 43U);
  EXPECT_TRUE(view->outcome->csrf_token.equals(csrf_token_of(view->outcome->token)));
  const ports::Session& session = view->outcome->session;
  EXPECT_EQ(session.token_digest, digest_of(view->outcome->token.reveal()));
  EXPECT_EQ(session.address, "198.51.100.0/24");
  EXPECT_EQ(session.absolute_end, clock_.now() + std::chrono::hours{12});

  auto bearer = flows_->start("sign_in", "bearer", "en", {}, origin_);
  const auto signed_in =
      submit(*bearer, fields({{"email", "parent@mail.example"}, {"password", good_password}}));
  EXPECT_TRUE(signed_in->outcome->csrf_token.empty());
  EXPECT_EQ(signed_in->outcome->session.transport, "bearer");
}

TEST_F(SignInTest, TheSessionIsHandedOutOnce) {
  const auto view = sign_in("parent@mail.example");
  const auto again = flows_->read(view->id.text(), {});
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->done);
  EXPECT_FALSE(again->outcome);
  EXPECT_EQ(
      submit(*again, fields({{"email", "parent@mail.example"}, {"password", good_password}})).error().code,
      TroubleCode::flow_out_of_order);
}

TEST_F(SignInTest, UnknownWrongAndLockedLookTheSameAndHashOnce) {
  const auto hashes_of = [&](const std::string& email, const std::string& password, std::string& seen) {
    const auto before = hasher_->verifications();
    const auto view = sign_in(email, password);
    EXPECT_TRUE(view);
    seen = seen_of(*view);
    return hasher_->verifications() - before;
  };
  std::string wrong, unknown, no_address, locked;
  EXPECT_EQ(hashes_of("parent@mail.example", "wrong", wrong), 1);
  EXPECT_EQ(hashes_of("nobody@mail.example", "wrong", unknown), 1);
  EXPECT_EQ(hashes_of("not an address", "wrong", no_address), 1);
  for (int i = 0; i < 5; ++i) (void)try_from(i, "parent@mail.example", "wrong");
  origin_.address = "203.0.113.99";
  EXPECT_EQ(hashes_of("parent@mail.example", good_password, locked), 1);
  EXPECT_EQ(unknown, wrong);
  EXPECT_EQ(no_address, wrong);
  EXPECT_EQ(locked, wrong);
}

TEST_F(SignInTest, FiveFailuresLockForFifteenMinutesThenThirty) {
  const auto lock = [&](int host) {
    for (int i = 0; i < 5; ++i) EXPECT_FALSE(try_from(host + i, "parent@mail.example", "wrong")->outcome);
  };
  lock(0);
  clock_.advance(std::chrono::minutes{15} - std::chrono::seconds{1});
  EXPECT_FALSE(try_from(10, "parent@mail.example", good_password)->outcome);
  clock_.advance(std::chrono::seconds{1});
  lock(20);
  clock_.advance(std::chrono::minutes{29});
  EXPECT_FALSE(try_from(30, "parent@mail.example", good_password)->outcome);
  clock_.advance(std::chrono::minutes{1});
  EXPECT_TRUE(try_from(31, "parent@mail.example", good_password)->outcome);
  lock(40);  // a good sign-in forgot the earlier locks
  clock_.advance(std::chrono::minutes{15});
  EXPECT_TRUE(try_from(50, "parent@mail.example", good_password)->outcome);
}

TEST_F(SignInTest, NodesWhoseClocksDifferCountTogether) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_FALSE(try_from(i, "parent@mail.example", "wrong")->outcome);
    clock_.advance(std::chrono::seconds{i % 2 == 0 ? -2 : 2});
  }
  EXPECT_FALSE(try_from(9, "parent@mail.example", good_password)->outcome);
}

TEST_F(SignInTest, SlowFailuresNeverLock) {
  for (int i = 0; i < 12; ++i) {
    EXPECT_FALSE(try_from(i, "parent@mail.example", "wrong")->outcome);
    clock_.advance(std::chrono::minutes{4});
  }
  EXPECT_TRUE(try_from(99, "parent@mail.example", good_password)->outcome);
}

TEST_F(SignInTest, OneAddressMayTryTwentyTimesAMinute) {
  clock_.advance(std::chrono::minutes{2});
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(sign_in("nobody" + std::to_string(i) + "@mail.example", "wrong")) << i;
  const auto hashes = hasher_->verifications();
  const auto limited = sign_in("parent@mail.example");
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().code, TroubleCode::rate_limited);
  EXPECT_EQ(limited.error().retry_at, clock_.now() + std::chrono::minutes{1});
  EXPECT_EQ(hasher_->verifications(), hashes);
  clock_.advance(std::chrono::minutes{1});
  EXPECT_TRUE(sign_in("parent@mail.example")->outcome);
}

TEST_F(SignInTest, ParallelGuessesCannotOutrunTheLimit) {
  std::vector<FlowView> views;
  for (int i = 0; i < 16; ++i) views.push_back(start("sign_in"));
  std::atomic<int> evaluated{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&, i] {
      const model::Origin origin{"192.0.2." + std::to_string(i), "", ""};
      const auto& view = views[static_cast<std::size_t>(i)];
      // The first five try a wrong password, the rest the right one: a right one after five tries finds a
      // lock.
      const auto values = fields({{"email", "parent@mail.example"}, {"password", "wrong"}});
      if (flows_->submit(view.id.text(), view.seq, values, {}, origin)) ++evaluated;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(evaluated, 16);
  EXPECT_FALSE(try_from(200, "parent@mail.example", good_password)->outcome);
}

TEST_F(SignInTest, OfParallelSubmissionsOfOneStepOneIsTaken) {
  const FlowView view = start("sign_in");
  std::atomic<int> signed_in{0};
  std::atomic<int> out_of_order{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      const auto answer =
          submit(view, fields({{"email", "parent@mail.example"}, {"password", good_password}}));
      if (answer && answer->outcome) ++signed_in;
      if (!answer && answer.error().code == TroubleCode::flow_out_of_order) ++out_of_order;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(signed_in, 1);
  EXPECT_EQ(out_of_order, 7);
  EXPECT_EQ(sessions_of(account_of("parent@mail.example")->id).size(), 1U);
}

TEST_F(SignInTest, AnUnconfirmedAddressLeadsToTheCodeAndThenToASession) {
  begin_registration("new@mail.example");
  read_mail();
  clock_.advance(std::chrono::minutes{1});
  const auto view = sign_in("new@mail.example");
  ASSERT_TRUE(view);
  EXPECT_EQ(view->step, "code");
  EXPECT_FALSE(view->outcome);
  const auto done = submit(*view, fields({{"code", read_mail().at(0).code()}}));
  ASSERT_TRUE(done);
  EXPECT_TRUE(done->outcome);
  EXPECT_TRUE(account_of("new@mail.example")->email_verified_at);
}

TEST_F(SignInTest, VerifyEmailConfirmsAndGivesNoSession) {
  begin_registration("new@mail.example");
  read_mail();
  const auto view =
      submit(start("verify_email"), fields({{"email", "new@mail.example"}, {"password", good_password}}));
  ASSERT_TRUE(view);
  const auto done = submit(*view, fields({{"code", read_mail().at(0).code()}}));
  ASSERT_TRUE(done);
  EXPECT_TRUE(done->done);
  EXPECT_FALSE(done->outcome);
  const auto confirmed =
      submit(start("verify_email"), fields({{"email", "new@mail.example"}, {"password", good_password}}));
  EXPECT_TRUE(confirmed->done);
  EXPECT_FALSE(confirmed->outcome);
}

TEST_F(SignInTest, AtMostTenSessionsTheOldestEnded) {
  std::vector<SessionId> ids;
  for (int i = 0; i < 12; ++i) {
    clock_.advance(std::chrono::minutes{1});
    ids.push_back(sign_in("parent@mail.example")->outcome->session.id);
  }
  const auto left = sessions_of(account_of("parent@mail.example")->id);
  ASSERT_EQ(left.size(), 10U);
  const auto is_left = [&](const SessionId& id) {
    return std::any_of(left.begin(), left.end(),
                       [&](const ports::Session& session) { return session.id == id; });
  };
  EXPECT_FALSE(is_left(ids[0]));
  EXPECT_FALSE(is_left(ids[1]));
  EXPECT_TRUE(is_left(ids[2]));
  EXPECT_TRUE(is_left(ids[11]));
}

TEST_F(SignInTest, SigningInAgainReplacesTheBrowsersSession) {
  const auto first = sign_in("parent@mail.example");
  const auto second =
      submit(start("sign_in"), fields({{"email", "parent@mail.example"}, {"password", good_password}}),
             caller_of(*first));
  const auto left = sessions_of(account_of("parent@mail.example")->id);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].id, second->outcome->session.id);
}

TEST_F(SignInTest, AHashOfLessCostIsRenewed) {
  const std::string before = account_of("parent@mail.example")->password_hash;
  hasher_ = std::make_unique<PasswordHasher>(pepper(),
                                             HashSettings{.cost = {.memory_kib = 128}, .threads = 1}, clock_);
  renew_flows();
  EXPECT_TRUE(sign_in("parent@mail.example")->outcome);
  const std::string after = account_of("parent@mail.example")->password_hash;
  EXPECT_NE(after, before);
  EXPECT_EQ(cost_of(after)->memory_kib, 128U);
  EXPECT_TRUE(sign_in("parent@mail.example")->outcome);
}

TEST_F(SignInTest, AnOverloadedGatewayUsesUpNobodysTries) {
  HashSettings none{.cost = {.memory_kib = 64}, .threads = 1, .queue_max = 0};
  auto small = std::make_unique<PasswordHasher>(pepper(), none, clock_);
  hasher_.swap(small);
  renew_flows();
  {
    const auto place = hasher_->admit();
    for (int i = 0; i < 10; ++i)
      EXPECT_EQ(sign_in("parent@mail.example").error().code, TroubleCode::overloaded);
  }
  EXPECT_TRUE(sign_in("parent@mail.example")->outcome);
}

}  // namespace
}  // namespace casebridge::identity
