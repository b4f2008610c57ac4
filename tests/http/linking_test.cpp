// Linking and syncing through the API: challenges, keys that make a request run once, conditions, receipts.
#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

using casebridge::testing::refusal;
using nlohmann::json;

class Linking : public FrontWorld {
 protected:
  void SetUp() override {
    FrontWorld::SetUp();
    me = signed_in();
  }
  With me;
};

TEST_F(Linking, ShowsTheSystemsOwnFormFirst) {
  const Answer attempt = begin_link(me);
  ASSERT_EQ(attempt.status, 201) << attempt.text;
  EXPECT_EQ(attempt.response.field("location"),
            "/v1/link-attempts/" + attempt.body.at("id").get<std::string>());
  EXPECT_EQ(attempt.body.at("state"), "challenge");
  EXPECT_EQ(attempt.body.at("challenge").at("kind"), "credentials");
  EXPECT_EQ(systems_.texas.count("auth_begin"), 0);
  EXPECT_EQ(get("/v1/link-attempts", me).body.at("data").size(), 1U);
  const Answer read = get("/v1/link-attempts/" + attempt.body.at("id").get<std::string>(), me);
  EXPECT_EQ(read.body, attempt.body);
}

TEST_F(Linking, ASecondStepIsAnsweredUnderItsOwnNumber) {
  systems_.texas.next_begin([] { return casebridge::testing::asks_code(); });
  const Answer asked = answer_credentials(begin_link(me), me);
  ASSERT_EQ(asked.status, 200) << asked.text;
  const json& challenge = asked.body.at("challenge");
  EXPECT_EQ(challenge.at("kind"), "otp");
  const std::string place = "/v1/link-attempts/" + asked.body.at("id").get<std::string>() + "/challenges/" +
                            challenge.at("id").get<std::string>();
  EXPECT_EQ(post(place + "/answer", {{"seq", 999}, {"fields", {{"code", "123456"}}}}, me).code(),
            "challenge_out_of_order");
  systems_.texas.next_continue(refusal(TroubleCode::challenge_wrong_answer, 2));
  const Answer wrong =
      post(place + "/answer", {{"seq", challenge.at("seq")}, {"fields", {{"code", "000000"}}}}, me);
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(wrong.code(), "challenge_wrong_answer");
  ASSERT_TRUE(wrong.body.contains("attempt"));
  EXPECT_EQ(schemas_.mismatch("LinkAttempt", wrong.body.at("attempt")), "");
  EXPECT_EQ(wrong.text.find("000000"), std::string::npos);
}

TEST_F(Linking, AnAnswerIsSentToTheStateOnceHoweverOftenItIsRepeated) {
  systems_.texas.next_begin(refusal(TroubleCode::credential_refused, 4));
  const Answer attempt = begin_link(me);
  With repeated = me;
  repeated.key = "the-very-same-key";
  const Answer first = answer_credentials(attempt, repeated, "Wrong-1");
  const Answer second = answer_credentials(attempt, repeated, "Wrong-1");
  EXPECT_EQ(first.status, 422);
  EXPECT_EQ(second.status, first.status);
  EXPECT_EQ(second.text, first.text);
  EXPECT_EQ(second.response.field("idempotency-replayed"), "true");
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
  EXPECT_EQ(answer_credentials(attempt, repeated, "Other-1").code(), "idempotency_key_reused");
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
}

TEST_F(Linking, AKeyBelongsToItsAccount) {
  With mine = me, theirs = signed_in("sam@example.com");
  mine.key = theirs.key = "the-very-same-key";
  const Answer first = begin_link(mine), second = begin_link(theirs);
  EXPECT_EQ(second.status, 201);
  EXPECT_NE(first.body.at("id"), second.body.at("id"));
  EXPECT_EQ(begin_link(mine).body.at("id"), first.body.at("id"));
  EXPECT_EQ(begin_link(mine).response.field("location"), first.response.field("location"));
}

TEST_F(Linking, AKeyIsNeededAndHasAForm) {
  for (const char* key : {"short", "with blank in it"}) {
    With bad = me;
    bad.key = key;
    EXPECT_EQ(begin_link(bad).code(), "idempotency_key_missing");
  }
}

TEST_F(Linking, ARunningRequestIsNotRunTwice) {
  With repeated = me;
  repeated.key = "the-very-same-key";
  const Answer attempt = begin_link(me);
  Answer inner;
  systems_.texas.next_begin([&] {
    inner = answer_credentials(attempt, repeated);
    return casebridge::testing::signed_in();
  });
  EXPECT_EQ(answer_credentials(attempt, repeated).status, 200);
  EXPECT_EQ(inner.status, 409);
  EXPECT_EQ(inner.code(), "idempotency_in_progress");
  EXPECT_EQ(systems_.texas.count("auth_begin"), 1);
}

TEST_F(Linking, ARequestThatACrashCutOffMayBeMadeAgain) {
  With repeated = me;
  repeated.key = "the-very-same-key";
  const std::string body = json{{"mode", "create"}, {"system_id", "tx-icop"}, {"custody", "vaulted"}}.dump();
  const std::string fingerprint =
      vault_->fingerprint("idempotent-request", "POST\n/v1/link-attempts\n" + body);
  const std::string account = get("/v1/me", me).body.at("id");
  ASSERT_TRUE(store_->write([&](ports::Transaction& transaction) -> Result<void> {
    CASEBRIDGE_CHECK(
        transaction.idempotency().reserve(account, repeated.key, {fingerprint, 0, {}, clock_.now()}));
    return {};
  }));
  EXPECT_EQ(ask(http::Method::post, "/v1/link-attempts", body, repeated).code(), "idempotency_in_progress");
  clock_.advance(std::chrono::minutes{11});
  EXPECT_EQ(ask(http::Method::post, "/v1/link-attempts", body, repeated).status, 201);
}

TEST_F(Linking, NamesWhatIsWrongWithARequest) {
  EXPECT_EQ(post("/v1/link-attempts", {{"mode", "create"}}, me).body.at("field"), "system_id");
  EXPECT_EQ(post("/v1/link-attempts", {{"mode", "repair"}}, me).body.at("field"), "link_id");
  EXPECT_EQ(
      post("/v1/link-attempts", {{"mode", "create"}, {"system_id", "xx-none"}, {"custody", "vaulted"}}, me)
          .code(),
      "system_unknown");
}

TEST_F(Linking, AnAccountAtTheStateIsOpenedByItsOwnForm) {
  ports::LoginForm form;
  form.credential_kind = "mailed_pin";
  form.fields = {{"case_number", "digits", false, 9, 9}, {"ssn_last4", "digits", true, 4, 4}};
  form.ssn_notice = "Why it is asked.";
  systems_.info("tx-icop").enrolment = form;
  const Answer attempt = post("/v1/link-attempts", {{"mode", "enrol"}, {"system_id", "tx-icop"}}, me);
  ASSERT_EQ(attempt.status, 201) << attempt.text;
  EXPECT_EQ(attempt.body.at("mode"), "enrol");
  const json& asked = attempt.body.at("challenge");
  EXPECT_EQ(asked.at("ssn_notice"), "Why it is asked.");
  EXPECT_FALSE(asked.at("prompt").get<std::string>().empty());
  systems_.texas.next_enrolment(
      [this] { return casebridge::testing::sends_letter(clock_.now() + std::chrono::days{40}); });
  const Answer letter = post(
      "/v1/link-attempts/" + attempt.body.at("id").get<std::string>() + "/challenges/" +
          asked.at("id").get<std::string>() + "/answer",
      {{"seq", asked.at("seq")}, {"fields", {{"case_number", "700123456"}, {"ssn_last4", "8854"}}}}, me);
  ASSERT_EQ(letter.status, 200) << letter.text;
  EXPECT_EQ(letter.body.at("challenge").at("kind"), "mailed_code");
  EXPECT_EQ(letter.text.find("8854"), std::string::npos);
  EXPECT_EQ(post("/v1/link-attempts", {{"mode", "enrol"}, {"system_id", "oh-csenet"}}, me).body.at("field"),
            "mode");
}

TEST_F(Linking, AForgottenPasswordLeadsToTheStateAndItsOffice) {
  systems_.info("tx-icop").recovery["password"].fields = {{"user_name", "text", true, 64, {}}};
  systems_.texas.next_recovery(
      [] { return ports::Answer<model::RecoveryAnswer>(model::RecoveryAnswer{"check_email", "", {}}); });
  const std::string place = "/v1/systems/tx-icop/credential-recovery";
  With spanish = me;
  spanish.fields = {{"accept-language", "es"}};
  const Answer told = post(place, {{"what", "password"}, {"fields", {{"user_name", "priya.h"}}}}, spanish);
  ASSERT_EQ(told.status, 200) << told.text;
  EXPECT_EQ(told.body.at("action"), "check_email");
  EXPECT_EQ(told.body.at("message_key"), "recovery.check_email");
  EXPECT_NE(told.body.at("message").get<std::string>().find("no puede crear"), std::string::npos);
  EXPECT_EQ(told.body.at("official_url").at("value"), "https://portal.example/TX");
  EXPECT_EQ(told.body.at("phone").at("provenance"), "secondary");
  EXPECT_EQ(told.text.find("priya"), std::string::npos);
  EXPECT_EQ(post(place, {{"what", "everything"}, {"fields", json::object()}}, me).body.at("field"), "what");
  EXPECT_EQ(post("/v1/systems/xx-none/credential-recovery",
                 {{"what", "password"}, {"fields", json::object()}}, me)
                .code(),
            "system_unknown");
  EXPECT_EQ(post(place, {{"what", "password"}, {"fields", json::object()}}).code(), "token_missing");
}

TEST_F(Linking, EveryActionOfARecoveryHasItsWordsInBothLanguages) {
  for (const char* action :
       {"check_email", "check_phone", "check_post", "open_page", "contact_agency", "enrol"}) {
    const std::string key = std::string("recovery.") + action;
    for (const char* language : {"en", "es"}) EXPECT_NE(messages_->text(language, key), key) << language;
  }
}

TEST_F(Linking, NeedsAFreshSignIn) {
  clock_.advance(std::chrono::minutes{14});
  EXPECT_EQ(get("/v1/links", me).status, 200);
  clock_.advance(std::chrono::minutes{6} + std::chrono::seconds{1});
  const Answer refused = begin_link(me);
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.code(), "step_up_required");
  EXPECT_EQ(refused.body.at("remedy").at("action"), "step_up");
}

TEST_F(Linking, ALinkIsReadSyncedAndEnded) {
  const std::string link = linked(me);
  const Answer read = get("/v1/links/" + link, me);
  ASSERT_EQ(read.status, 200);
  EXPECT_TRUE(read.etag().starts_with("\"v"));
  const Answer started = post("/v1/links/" + link + "/syncs", json::object(), me);
  ASSERT_EQ(started.status, 202) << started.text;
  const std::string sync(started.response.field("location"));
  EXPECT_EQ(get(sync, me).body.at("link_id"), link);
  EXPECT_EQ(post("/v1/links/" + link + "/syncs", json::object(), me).body.at("id"), started.body.at("id"));
  With stale = me;
  stale.fields = {{"if-match", "\"v999-x\""}};
  EXPECT_EQ(remove("/v1/links/" + link, stale).code(), "version_conflict");
  stale.fields = {{"if-match", "W/\"x\""}};
  EXPECT_EQ(remove("/v1/links/" + link, stale).code(), "version_conflict");
  With current = me;
  current.fields = {{"if-match", get("/v1/links/" + link, me).etag()}};
  systems_.texas.next_end([] { return Result<void>(); });
  const Answer receipt = remove("/v1/links/" + link, current);
  ASSERT_EQ(receipt.status, 200) << receipt.text;
  EXPECT_EQ(receipt.body.at("secrets_destroyed"), true);
  EXPECT_EQ(get("/v1/links/" + link, me).status, 404);
}

TEST_F(Linking, NobodySeesTheLinksOfOthers) {
  const std::string link = linked(me);
  const With other = signed_in("sam@example.com");
  EXPECT_EQ(get("/v1/links", other).body.at("data").size(), 0U);
  EXPECT_EQ(get("/v1/links/" + link, other).status, 404);
  EXPECT_EQ(remove("/v1/links/" + link, other).status, 404);
  EXPECT_EQ(post("/v1/links/" + link + "/syncs", json::object(), other).status, 404);
  EXPECT_EQ(get("/v1/links/" + link, me).status, 200);
}

}  // namespace
}  // namespace casebridge::tests
