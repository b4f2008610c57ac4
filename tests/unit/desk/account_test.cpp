// The account's use cases: who is asking, what they see of themselves, and how they sign out.
#include "core/desk/end_session.hpp"
#include "core/desk/identify_caller.hpp"
#include "core/desk/list_sessions.hpp"
#include "core/desk/read_flow.hpp"
#include "core/desk/read_me.hpp"
#include "core/desk/start_flow.hpp"
#include "core/desk/submit_flow.hpp"
#include "core/desk/sweep_accounts.hpp"
#include "tests/unit/identity/flow_world.hpp"

namespace casebridge::desk {
namespace {

using identity::testing::good_password;

class AccountTest : public identity::testing::FlowWorld {
 protected:
  void SetUp() override {
    FlowWorld::SetUp();
    register_account("parent@mail.example");
  }
  identity::SignedIn enter(const std::string& transport = "cookie") {
    const auto view = StartFlow(*flows_).run({"sign_in", transport, "en", {}, origin_});
    SubmitFlow::Request request{.flow = view->id.text(), .seq = view->seq, .origin = origin_};
    request.fields = fields({{"email", "parent@mail.example"}, {"password", good_password}});
    auto done = SubmitFlow(*flows_).run(request);
    EXPECT_TRUE(done && done->outcome);
    return std::move(*done->outcome);
  }
  Result<Identified> identify(std::string_view token, const std::string& transport = "cookie") {
    return IdentifyCaller(*store_, clock_, settings_.sessions).run({token, transport});
  }
  TroubleCode refusal(std::string_view token, const std::string& transport = "cookie") {
    return identify(token, transport).error().code;
  }
};

TEST_F(AccountTest, ATokenLeadsToItsCaller) {
  const auto signed_in = enter();
  const auto found = identify(signed_in.token.reveal());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->caller.session, signed_in.session.id);
  EXPECT_EQ(found->caller.account, signed_in.session.account);
  EXPECT_EQ(found->caller.assurance, model::Assurance::password);
  EXPECT_EQ(found->idle_end, clock_.now() + std::chrono::minutes{15});
  EXPECT_TRUE(found->csrf_token.equals(signed_in.csrf_token));
}

TEST_F(AccountTest, NothingElseDoes) {
  const auto cookie = enter("cookie");
  const auto bearer = enter("bearer");
  EXPECT_EQ(refusal(""), TroubleCode::token_missing);
  EXPECT_EQ(refusal("x"), TroubleCode::token_invalid);
  EXPECT_EQ(refusal(crypto::random_token()), TroubleCode::token_invalid);
  EXPECT_EQ(refusal(cookie.session.token_digest), TroubleCode::token_invalid);
  EXPECT_EQ(refusal(cookie.session.id.text()), TroubleCode::token_invalid);
  EXPECT_EQ(refusal(cookie.csrf_token.reveal()), TroubleCode::token_invalid);
  EXPECT_EQ(refusal(cookie.token.reveal(), "bearer"), TroubleCode::token_invalid);
  EXPECT_EQ(refusal(bearer.token.reveal(), "cookie"), TroubleCode::token_invalid);
  EXPECT_TRUE(identify(bearer.token.reveal(), "bearer"));
}

TEST_F(AccountTest, IdleSessionsEndAndUsedOnesLiveOn) {
  const auto signed_in = enter();
  for (int i = 0; i < 5; ++i) {
    clock_.advance(std::chrono::minutes{14});
    EXPECT_TRUE(identify(signed_in.token.reveal())) << i;
  }
  clock_.advance(std::chrono::minutes{15});
  EXPECT_EQ(refusal(signed_in.token.reveal()), TroubleCode::token_expired);
}

TEST_F(AccountTest, NoSessionLivesLongerThanTwelveHours) {
  const auto signed_in = enter();
  const Instant end = clock_.now() + std::chrono::hours{12};
  while (clock_.now() + std::chrono::minutes{10} < end) {
    clock_.advance(std::chrono::minutes{10});
    ASSERT_TRUE(identify(signed_in.token.reveal()));
  }
  clock_.set(end);
  EXPECT_EQ(refusal(signed_in.token.reveal()), TroubleCode::token_expired);
}

TEST_F(AccountTest, AReadIsAWriteAtMostOnceAMinute) {
  const auto signed_in = enter();
  const auto seen = [&] { return sessions_of(signed_in.session.account).at(0).last_seen_at; };
  const Instant begun = seen();
  clock_.advance(std::chrono::seconds{59});
  ASSERT_TRUE(identify(signed_in.token.reveal()));
  EXPECT_EQ(seen(), begun);
  clock_.advance(std::chrono::seconds{1});
  ASSERT_TRUE(identify(signed_in.token.reveal()));
  EXPECT_EQ(seen(), begun + std::chrono::minutes{1});
}

TEST_F(AccountTest, TheAntiForgeryTokenBelongsToItsSession) {
  const auto one = enter();
  const auto other = enter();
  const auto found = identify(one.token.reveal());
  EXPECT_TRUE(IdentifyCaller::csrf_matches(*found, one.csrf_token.reveal()));
  EXPECT_FALSE(IdentifyCaller::csrf_matches(*found, other.csrf_token.reveal()));
  EXPECT_FALSE(IdentifyCaller::csrf_matches(*found, ""));
  EXPECT_FALSE(IdentifyCaller::csrf_matches(*found, one.token.reveal()));
  const auto bearer = enter("bearer");
  EXPECT_TRUE(IdentifyCaller::csrf_matches(*identify(bearer.token.reveal(), "bearer"), ""));
}

TEST_F(AccountTest, ReadsItself) {
  const auto caller = identify(enter().token.reveal())->caller;
  const auto me = ReadMe(*store_).run(caller);
  ASSERT_TRUE(me);
  EXPECT_EQ(me->email, "parent@mail.example");
  EXPECT_TRUE(me->email_verified);
  EXPECT_EQ(me->locale, "en");
  EXPECT_EQ(me->authenticated_at, clock_.now());
  model::Caller gone = caller;
  gone.account = AccountId::make(clock_.now());
  EXPECT_EQ(ReadMe(*store_).run(gone).error().code, TroubleCode::token_invalid);
}

TEST_F(AccountTest, ListsLiveSessionsAndMarksThePresentOne) {
  enter();
  clock_.advance(std::chrono::minutes{10});
  const auto caller = identify(enter().token.reveal())->caller;
  const ListSessions list(*store_, clock_, settings_.sessions);
  auto sessions = list.run(caller);
  ASSERT_TRUE(sessions);
  ASSERT_EQ(sessions->size(), 2U);
  EXPECT_TRUE(sessions->at(0).current);
  EXPECT_FALSE(sessions->at(1).current);
  EXPECT_EQ(sessions->at(0).address, "198.51.100.0/24");
  EXPECT_EQ(sessions->at(0).device, "A browser");
  clock_.advance(std::chrono::minutes{6});
  EXPECT_EQ(list.run(caller)->size(), 1U);
}

TEST_F(AccountTest, SignsOutOneOrAllOthersAndOnlyItsOwn) {
  const auto first = enter();
  const auto second = enter();
  const auto caller = identify(second.token.reveal())->caller;
  const EndSession end(*store_, *trail_);
  register_account("other@mail.example");
  const auto stranger = sign_in("other@mail.example");
  EXPECT_EQ(end.run(caller, stranger->outcome->session.id.text()).error().code, TroubleCode::not_found);
  EXPECT_EQ(end.run(caller, "nonsense").error().code, TroubleCode::not_found);
  EXPECT_TRUE(identify(stranger->outcome->token.reveal()));

  EXPECT_TRUE(end.run(caller, first.session.id.text()));
  EXPECT_EQ(refusal(first.token.reveal()), TroubleCode::token_invalid);
  const auto third = enter();
  EXPECT_EQ(*end.end_others(caller), 1);
  EXPECT_EQ(refusal(third.token.reveal()), TroubleCode::token_invalid);
  EXPECT_TRUE(end.run(caller, "current"));
  EXPECT_EQ(refusal(second.token.reveal()), TroubleCode::token_invalid);
}

TEST_F(AccountTest, AFlowIsReadWithoutItsSession) {
  const auto view = StartFlow(*flows_).run({"sign_in", "cookie", "en", {}, origin_});
  EXPECT_EQ(ReadFlow(*flows_).run({view->id.text(), {}})->step, "credentials");
  EXPECT_EQ(StartFlow(*flows_).run({"nonsense", "cookie", "en", {}, origin_}).error().field, "kind");
  EXPECT_EQ(StartFlow(*flows_).run({"sign_in", "pigeon", "en", {}, origin_}).error().field, "transport");
}

TEST_F(AccountTest, TheSweepTakesWhatHasRunOut) {
  enter();
  begin_registration("never@mail.example");
  const SweepAccounts sweep(*store_, clock_, settings_.sessions);
  EXPECT_EQ(sweep.run()->accounts, 0);
  clock_.advance(std::chrono::hours{25});
  const auto swept = sweep.run();
  ASSERT_TRUE(swept);
  EXPECT_EQ(swept->accounts, 1);
  EXPECT_EQ(swept->sessions, 1);
  EXPECT_EQ(swept->flows, 2);  // the third went with its account
  EXPECT_GT(swept->throttles, 0);
  EXPECT_FALSE(account_of("never@mail.example"));
  EXPECT_TRUE(account_of("parent@mail.example"));
  EXPECT_TRUE(sign_in("parent@mail.example")->outcome);
}

}  // namespace
}  // namespace casebridge::desk
