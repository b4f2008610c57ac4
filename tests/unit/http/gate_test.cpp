// The gate: every column of a row decides something, and every refusal has its own code.
#include "core/http/gate.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "core/http/session_cookie.hpp"

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;

Result<Response> nothing(const Call&) { return Response(204); }

class GateTest : public testing::Test {
 protected:
  Result<desk::Identified> identify(const desk::IdentifyCaller::Request& presented) {
    ++identified;
    if (presented.token == "broken") return trouble(TroubleCode::dependency_failed);
    if (presented.token != "good") return trouble(TroubleCode::token_invalid);
    model::Caller caller{AccountId::make(clock.now()), SessionId::make(clock.now()), assurance,
                         authenticated_at, "en"};
    const bool cookie = presented.transport == "cookie";
    return desk::Identified{caller,
                            std::string(presented.transport),
                            SecretBytes::copy_of(std::string_view(cookie ? "csrf" : "")),
                            clock.now(),
                            clock.now(),
                            0,
                            is_operator};
  }
  Gate make() {
    return {[this](const desk::IdentifyCaller::Request& presented) { return identify(presented); },
            [this](const desk::Identified&) {
              ++confirmed;
              return fresh ? Result<void>() : trouble(TroubleCode::step_up_required);
            },
            clock, setting};
  }
  void with(std::string name, std::string value) {
    request.head.fields.emplace_back(std::move(name), std::move(value));
  }
  void with_cookie(const std::string& token = "good") {
    with("cookie", std::string(session_cookie_name) + "=" + token);
  }
  TroubleCode refusal() {
    Gate gate = make();
    const auto admitted = gate.admit(request, row);
    EXPECT_FALSE(admitted);
    return admitted ? TroubleCode::internal : admitted.error().code;
  }
  bool has_session() {
    Gate gate = make();
    const auto admitted = gate.admit(request, row);
    EXPECT_TRUE(admitted);
    return admitted && admitted->has_value();
  }

  ManualClock clock{Instant{std::chrono::seconds{1'800'000'000}}};
  GateSetting setting;
  model::Assurance assurance = model::Assurance::password;
  Instant authenticated_at = clock.now();
  int identified = 0;
  int confirmed = 0;
  bool fresh = true;
  bool is_operator = false;
  Route row{Method::get,
            "/x",
            "x",
            CallerKind::account,
            model::Assurance::password,
            false,
            "",
            "",
            "",
            Idempotency::none,
            RateClass::read,
            Caching::no_store,
            nothing};
  Request request = [] {
    Request made;
    made.head.host = "gateway.example";
    made.peer = "192.0.2.1";
    made.tls = true;
    return made;
  }();
};

TEST_F(GateTest, AnAccountRowNeedsASession) {
  EXPECT_EQ(refusal(), TroubleCode::token_missing);
  with("authorization", "Bearer other");
  EXPECT_EQ(refusal(), TroubleCode::token_invalid);
}

TEST_F(GateTest, TakesABearerTokenOrTheCookie) {
  with("authorization", "bearer good");
  EXPECT_TRUE(has_session());
  request.head.fields.clear();
  with("cookie", "a=b; " + std::string(session_cookie_name) + "=good; c=d");
  EXPECT_TRUE(has_session());
}

TEST_F(GateTest, TwoSessionsAreNotGuessedAbout) {
  with("authorization", "Bearer good");
  with_cookie();
  EXPECT_EQ(refusal(), TroubleCode::invalid_request);
  request.head.fields.clear();
  const std::string name(session_cookie_name);
  with("cookie", name + "=good; " + name + "=good");
  EXPECT_EQ(refusal(), TroubleCode::invalid_request);
  EXPECT_EQ(identified, 0);
}

TEST_F(GateTest, OtherSchemesAreNoSession) {
  with("authorization", "Basic Z29vZA==");
  EXPECT_EQ(refusal(), TroubleCode::token_invalid);
  EXPECT_EQ(identified, 0);
}

TEST_F(GateTest, AWriteByCookieNeedsTheAntiForgeryValue) {
  request.head.method = Method::post;
  with_cookie();
  EXPECT_EQ(refusal(), TroubleCode::csrf_refused);
  with("x-csrf-token", "other");
  EXPECT_EQ(refusal(), TroubleCode::csrf_refused);
  request.head.fields.back().second = "csrf";
  EXPECT_TRUE(has_session());
}

TEST_F(GateTest, AReadByCookieDoesNot) {
  with_cookie();
  EXPECT_TRUE(has_session());
}

TEST_F(GateTest, AWriteByBearerDoesNot) {
  request.head.method = Method::post;
  with("authorization", "Bearer good");
  EXPECT_TRUE(has_session());
}

TEST_F(GateTest, AWriteByCookieComesFromThisOriginOnly) {
  request.head.method = Method::post;
  with_cookie();
  with("x-csrf-token", "csrf");
  with("origin", "https://evil.example");
  EXPECT_EQ(refusal(), TroubleCode::origin_refused);
  request.head.fields.back().second = "null";
  EXPECT_EQ(refusal(), TroubleCode::origin_refused);
  request.head.fields.back().second = "http://gateway.example";
  EXPECT_EQ(refusal(), TroubleCode::origin_refused);
  request.head.fields.back().second = "https://gateway.example";
  EXPECT_TRUE(has_session());
}

TEST_F(GateTest, ConfiguredOriginsReplaceTheOneOfHost) {
  setting.origins = {"https://portal.example"};
  request.head.method = Method::post;
  with_cookie();
  with("x-csrf-token", "csrf");
  with("origin", "https://gateway.example");
  EXPECT_EQ(refusal(), TroubleCode::origin_refused);
  request.head.fields.back().second = "https://portal.example";
  EXPECT_TRUE(has_session());
}

TEST_F(GateTest, AFormOfAnotherSiteCannotBeginAFlow) {
  row.caller = CallerKind::anyone;
  row.assurance = model::Assurance::none;
  request.head.method = Method::post;
  with("origin", "https://evil.example");
  EXPECT_EQ(refusal(), TroubleCode::origin_refused);
  request.head.fields.clear();
  with("sec-fetch-site", "cross-site");
  EXPECT_EQ(refusal(), TroubleCode::origin_refused);
}

TEST_F(GateTest, APublicRowIgnoresABadSessionButNotABrokenStore) {
  row.caller = CallerKind::anyone;
  with_cookie("old");
  EXPECT_FALSE(has_session());
  request.head.fields.clear();
  with_cookie("broken");
  EXPECT_EQ(refusal(), TroubleCode::dependency_failed);
}

TEST_F(GateTest, APublicWriteWithoutTheAntiForgeryValueIsMadeWithoutTheSession) {
  row.caller = CallerKind::anyone;
  request.head.method = Method::post;
  with_cookie();
  EXPECT_FALSE(has_session());
  with("x-csrf-token", "csrf");
  EXPECT_TRUE(has_session());
}

TEST_F(GateTest, AssuranceIsALowerBound) {
  row.assurance = model::Assurance::two_factor;
  with("authorization", "Bearer good");
  EXPECT_EQ(refusal(), TroubleCode::step_up_required);
  assurance = model::Assurance::two_factor;
  EXPECT_TRUE(has_session());
}

TEST_F(GateTest, StepUpNeedsAFreshAuthentication) {
  with("authorization", "Bearer good");
  EXPECT_TRUE(has_session());
  EXPECT_EQ(confirmed, 0);
  row.step_up = true;
  EXPECT_TRUE(has_session());
  EXPECT_EQ(confirmed, 1);
  fresh = false;
  EXPECT_EQ(refusal(), TroubleCode::step_up_required);
}

TEST_F(GateTest, CasesAndLinksMayNeedASecondFactor) {
  setting.second_factor_required = true;
  with("authorization", "Bearer good");
  EXPECT_TRUE(has_session()) << "the account itself is where one is added";
  for (const char* scope : {"cases.read", "links.read", "links.write"}) {
    row.scope = scope;
    Gate gate = make();
    const auto refused = gate.admit(request, row);
    ASSERT_FALSE(refused) << scope;
    EXPECT_EQ(refused.error().code, TroubleCode::step_up_required);
    EXPECT_EQ(refused.error().remedy_action, "add_second_factor");
  }
  row.scope = "account.read";
  row.told = "data_exported";
  EXPECT_EQ(refusal(), TroubleCode::step_up_required);
  assurance = model::Assurance::two_factor;
  EXPECT_TRUE(has_session());
}

// What a session without a second factor reaches where one is required. Activity names states, so it is not
// in.
TEST(RoutesOfAnAccount, WithoutASecondFactorTheyAreAboutTheAccountAlone) {
  const std::set<std::string_view> expected{
      "readMe",        "listSessions",   "endSession",      "listDevices",    "forgetDevice", "listHolds",
      "stopHold",      "readSafetyStop", "beginSafetyStop", "liftSafetyStop", "readContact",  "changeContact",
      "removeAddress", "listPasskeys",   "renamePasskey",   "removePasskey"};
  std::set<std::string_view> found;
  for (const Route& one : routes())
    if (one.caller == CallerKind::account && !shows_cases(one) && !is_for_operators(one))
      found.insert(one.operation);
  EXPECT_EQ(found, expected);
}

TEST_F(GateTest, RowsOfOperatorsDoNotExistForOthers) {
  with("authorization", "Bearer good");
  row.scope = "admin.read";
  assurance = model::Assurance::two_factor;
  EXPECT_EQ(refusal(), TroubleCode::not_found);
  row.step_up = true;
  EXPECT_EQ(refusal(), TroubleCode::not_found);
  EXPECT_EQ(confirmed, 0) << "whether it is fresh is not asked";
  is_operator = true;
  EXPECT_TRUE(has_session());
  EXPECT_EQ(confirmed, 1);
  fresh = false;
  EXPECT_EQ(refusal(), TroubleCode::step_up_required);
}

TEST_F(GateTest, OperatorsAlwaysNeedASecondFactor) {
  with("authorization", "Bearer good");
  row.scope = "admin.read";
  is_operator = true;
  Gate gate = make();
  const auto refused = gate.admit(request, row);
  ASSERT_FALSE(refused) << "also where parents are only offered one";
  EXPECT_EQ(refused.error().code, TroubleCode::step_up_required);
  EXPECT_EQ(refused.error().remedy_action, "add_second_factor");
}

TEST_F(GateTest, WhatShowsCasesDoesNotExistForOperators) {
  with("authorization", "Bearer good");
  is_operator = true;
  assurance = model::Assurance::two_factor;
  EXPECT_TRUE(has_session()) << "an account of their own";
  for (const char* scope : {"cases.read", "links.read", "links.write"}) {
    row.scope = scope;
    EXPECT_EQ(refusal(), TroubleCode::not_found) << scope;
  }
  row.scope = "account.read";
  row.told = "cases_read";
  EXPECT_EQ(refusal(), TroubleCode::not_found);
}

TEST(RoutesOfOperators, AllTakeTwoFactorsAndWritesAFreshProof) {
  int rows = 0;
  for (const Route& one : routes()) {
    EXPECT_EQ(is_for_operators(one), one.path.starts_with("/v1/admin/")) << one.path;
    if (!is_for_operators(one)) continue;
    ++rows;
    EXPECT_EQ(one.caller, CallerKind::account) << one.operation;
    EXPECT_EQ(one.assurance, model::Assurance::two_factor) << one.operation;
    EXPECT_EQ(one.caching, Caching::no_store) << one.operation;
    EXPECT_EQ(one.step_up, one.scope == "admin.write") << one.operation;
    const bool is_read = one.method == Method::get || one.operation == "findAccount";
    EXPECT_EQ(one.scope, is_read ? "admin.read" : "admin.write") << one.operation;
  }
  EXPECT_EQ(rows, 12);
}

TEST_F(GateTest, LoopbackRowsDoNotExistForOthers) {
  row.caller = CallerKind::loopback;
  EXPECT_EQ(refusal(), TroubleCode::not_found);
  request.peer_is_loopback = true;
  EXPECT_FALSE(has_session());
}

TEST_F(GateTest, TooManyRequestsOfOneAddressWait) {
  setting.rates.read = {0.001, 2};
  Gate gate = make();
  with("authorization", "Bearer good");
  EXPECT_TRUE(gate.admit(request, row));
  EXPECT_TRUE(gate.admit(request, row));
  const auto third = gate.admit(request, row);
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().code, TroubleCode::rate_limited);
  EXPECT_GT(*third.error().retry_at, clock.now());
  request.peer = "192.0.2.2";
  EXPECT_TRUE(gate.admit(request, row));
  row.rate = RateClass::write;
  request.peer = "192.0.2.1";
  EXPECT_TRUE(gate.admit(request, row));
}

// A provider gives each of its customers a whole network of these (RFC 6177).
TEST_F(GateTest, AddressesOfOneNetworkAreOneCaller) {
  setting.rates.read = {0.001, 2};
  Gate gate = make();
  with("authorization", "Bearer good");
  for (const char* peer : {"2001:db8:0:1::1", "2001:db8:0:1::2"}) {
    request.peer = peer;
    EXPECT_TRUE(gate.admit(request, row)) << peer;
  }
  request.peer = "2001:db8:0:1:ffff::3";
  EXPECT_FALSE(gate.admit(request, row));
  request.peer = "2001:db8:0:2::1";
  EXPECT_TRUE(gate.admit(request, row));
}

}  // namespace
}  // namespace casebridge::http
