// Passkeys through the API: options as browsers read them, lists, names, removal, and the well-known
// addresses.
#include "tests/http/front_world.hpp"
#include "tests/support/software_authenticator.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;

class Passkeys : public FrontWorld {
 protected:
  void SetUp() override {
    settings_.passkeys = {"gateway.example", {"https://gateway.example"}};
    FrontWorld::SetUp();
    me = signed_in();
    FlowWorld::read_mail();
  }
  Answer start_over_api(const char* kind, const With& with = {}) {
    return post("/v1/flows", {{"kind", kind}, {"transport", "bearer"}}, with);
  }
  static json options_of(const Answer& answer) {
    for (const json& node : answer.body.at("nodes"))
      if (node.contains("public_key")) return node.at("public_key");
    return nullptr;
  }
  static std::string challenge_of(const Answer& answer) { return options_of(answer).at("challenge"); }
  Answer add(SoftwareAuthenticator& device, const char* name = "Phone") {
    const Answer offered = start_over_api("add_passkey", me);
    handle_ = from_base64url_text(options_of(offered).at("user").at("id").get<std::string>());
    Answer added =
        step(offered, {{"passkey", device.create(challenge_of(offered))}, {"passkey_name", name}}, me);
    me.bearer = added.body.at("session").at("token");
    clock_.advance(std::chrono::seconds{1});  // lists go by the second
    return added;
  }
  std::string path_of(std::size_t at) {
    return "/v1/me/passkeys/" + get("/v1/me/passkeys", me).body.at("data").at(at).at("id").get<std::string>();
  }

  With me;
  std::string handle_;
  SoftwareAuthenticator phone_, stick_;
};

TEST_F(Passkeys, ABrowserIsToldWhatToMake) {
  const json options = options_of(start_over_api("add_passkey", me));
  EXPECT_EQ(options.at("rp"), (json{{"id", "gateway.example"}, {"name", "Casebridge"}}));
  EXPECT_EQ(options.at("user").at("name"), "priya@example.com");
  EXPECT_EQ(options.at("pubKeyCredParams"), json::parse(R"([{"type":"public-key","alg":-7},
      {"type":"public-key","alg":-8},{"type":"public-key","alg":-257}])"));
  EXPECT_EQ(options.at("authenticatorSelection").at("residentKey"), "required");
  EXPECT_EQ(options.at("authenticatorSelection").at("userVerification"), "required");
  EXPECT_EQ(options.at("attestation"), "none");
  EXPECT_EQ(options.at("excludeCredentials"), json::array());
}

TEST_F(Passkeys, SignInAsksForAnyPasskeyOfThisDomain) {
  const json options = options_of(start_over_api("sign_in"));
  EXPECT_EQ(options.at("rpId"), "gateway.example");
  EXPECT_EQ(options.at("userVerification"), "required");
  EXPECT_EQ(options.at("allowCredentials"), json::array());
  EXPECT_FALSE(options.contains("user"));
}

TEST_F(Passkeys, IsAddedUsedAndListed) {
  const Answer added = add(phone_);
  ASSERT_EQ(added.status, 200);
  EXPECT_EQ(added.body.at("shown").size(), 10U);
  const Answer asked = start_over_api("sign_in");
  const Answer done = step(asked, {{"passkey", phone_.get(challenge_of(asked), handle_)}});
  ASSERT_EQ(done.status, 200);
  const Answer account = get("/v1/me", {.bearer = done.body.at("session").at("token")});
  EXPECT_EQ(account.body.at("assurance"), "two_factor");
  EXPECT_EQ(account.body.at("second_factor"), "passkey");
  EXPECT_EQ(account.body.at("passkeys"), 1);
  const json one = get("/v1/me/passkeys", me).body.at("data").at(0);
  EXPECT_EQ(one.at("name"), "Phone");
  EXPECT_EQ(one.at("credential_id"), to_base64url(phone_.id()));
  EXPECT_EQ(one.at("transports"), (json{"internal", "hybrid"}));
  EXPECT_FALSE(one.at("last_used_at").is_null());
}

TEST_F(Passkeys, ARefusedOneAnswersTheFormWithAnotherChallenge) {
  add(phone_);
  const Answer asked = start_over_api("sign_in");
  Twist forged;
  forged.flip_signature = true;
  const Answer refused = step(asked, {{"passkey", phone_.get(challenge_of(asked), handle_, forged)}});
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.code(), "sign_in_refused");
  Answer again = refused;
  again.body = refused.body.at("flow");
  EXPECT_NE(challenge_of(again), challenge_of(asked));
}

TEST_F(Passkeys, OnlyItsOwnerRenamesOrRemovesOne) {
  add(phone_);
  add(stick_);
  const std::string path = path_of(0);
  const With stranger = signed_in("dana@example.com");
  EXPECT_EQ(ask(http::Method::patch, path, R"({"name":"Mine"})", stranger).status, 404);
  EXPECT_EQ(remove(path, stranger).status, 404);
  EXPECT_EQ(ask(http::Method::patch, path, R"({"name":" Old phone "})", me).status, 204);
  EXPECT_EQ(get("/v1/me/passkeys", me).body.at("data").at(0).at("name"), "Old phone");
  EXPECT_EQ(ask(http::Method::patch, path, R"({"name":"  "})", me).code(), "invalid_field");
  EXPECT_EQ(ask(http::Method::patch, path, R"({"name":"a\nb"})", me).code(), "invalid_field");
  EXPECT_EQ(remove("/v1/me/passkeys/pky_00000000000000000000000000", me).status, 404);
}

TEST_F(Passkeys, RemovingOneEndsOtherSessionsAndIsToldByMail) {
  add(phone_);
  add(stick_);
  const Answer asked = start_over_api("sign_in");
  const Answer other = step(asked, {{"passkey", phone_.get(challenge_of(asked), handle_)}});
  FlowWorld::read_mail();
  EXPECT_EQ(remove(path_of(0), me).status, 204);
  EXPECT_EQ(get("/v1/me", {.bearer = other.body.at("session").at("token")}).status, 401);
  EXPECT_EQ(get("/v1/me/passkeys", me).body.at("data").size(), 1U);
  EXPECT_EQ(FlowWorld::read_mail().at(0).subject, "A passkey of your Casebridge account was removed");
  const Answer late = start_over_api("sign_in");
  EXPECT_EQ(step(late, {{"passkey", phone_.get(challenge_of(late), handle_)}}).code(), "sign_in_refused");
}

TEST_F(Passkeys, TheLastSecondFactorStays) {
  add(phone_);
  const Answer kept = remove(path_of(0), me);
  EXPECT_EQ(kept.status, 422);
  EXPECT_EQ(kept.body.at("field"), "passkey_id");
  EXPECT_EQ(get("/v1/me/passkeys", me).body.at("data").size(), 1U);
}

TEST_F(Passkeys, RemovalNeedsAFreshProof) {
  add(phone_);
  add(stick_);
  const std::string path = path_of(0);
  clock_.advance(std::chrono::minutes{14});
  EXPECT_EQ(get("/v1/me", me).status, 200);
  clock_.advance(std::chrono::minutes{7});
  EXPECT_EQ(remove(path, me).code(), "step_up_required");
  EXPECT_EQ(get("/v1/me/passkeys", me).body.at("data").size(), 2U);
}

TEST_F(Passkeys, WellKnownAddressesLeadToThePage) {
  const Answer change = get("/.well-known/change-password");
  EXPECT_EQ(change.status, 303);
  EXPECT_EQ(change.response.field("location"), "/security/password");
  const Answer endpoints =
      get("/.well-known/passkey-endpoints", {.fields = {{"x-forwarded-host", "evil.example"}}});
  EXPECT_EQ(endpoints.body.at("enroll"), "https://gateway.example/security/passkeys/add");
  EXPECT_EQ(endpoints.body.at("manage"), "https://gateway.example/security/passkeys");
}

}  // namespace
}  // namespace casebridge::tests
