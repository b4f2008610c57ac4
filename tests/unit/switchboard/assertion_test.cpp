// The gateway's word for a parent: who signs, what is claimed, and when nothing is claimed at all.
#include <gtest/gtest.h>
#include <openssl/ecdsa.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/switchboard/assertion_signer.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "tests/unit/switchboard/tls_peer.hpp"

namespace casebridge::switchboard {
namespace {

using nlohmann::json;
const Instant now = *parse_instant("2026-03-16T14:00:00Z");

class Assertion : public ::testing::Test {
 protected:
  AssertionRules rules() const {
    AssertionRules rules;
    rules.key_file = key_.path();
    rules.key_id = "gw-test-es256-1";
    rules.issuer = "https://gateway.example";
    rules.audiences = {"urn:ks-quick:1"};
    rules.type = "gw-parent+jwt";
    rules.purpose = "parent_view";
    rules.reference_claim = "ks_person";
    return rules;
  }
  static ports::AssertedPerson person() { return {"gw-sub-1", now - std::chrono::seconds{600}, 2, 2}; }
  static std::unique_ptr<AssertionSigner> signer_of(AssertionRules rules) {
    auto made = AssertionSigner::make(std::move(rules), "thumb");
    EXPECT_TRUE(made) << made.error().detail;
    return std::move(*made);
  }
  static std::string token_of(const AssertionSigner& signer, const ports::AssertedPerson& person) {
    SecretBytes token;
    EXPECT_EQ(signer.sign(&person, "urn:ks-quick:1", "0000700002", now, token), CASEBRIDGE_ASSERTION_OK);
    return std::string(token.reveal());
  }
  static json part(const std::string& token, std::size_t index) {
    return json::parse(*crypto::from_base64url(text::split(token, '.').at(index)));
  }
  static std::int32_t code_of(const AssertionSigner& signer, const ports::AssertedPerson* person,
                              std::string_view audience = "urn:ks-quick:1",
                              std::string_view reference = "0000700002") {
    SecretBytes token;
    const auto code = signer.sign(person, audience, reference, now, token);
    EXPECT_EQ(token.empty(), code != CASEBRIDGE_ASSERTION_OK);
    return code;
  }

  Identity pair_;
  PemFile key_{pair_.key, 0400};
};

// Verified as a state would: the two numbers of RFC 7518 §3.4 over the first two parts.
bool verifies(const std::string& token, EVP_PKEY* key) {
  const std::size_t dot = token.rfind('.');
  const std::string raw = *crypto::from_base64url(token.substr(dot + 1));
  const auto* octets = reinterpret_cast<const unsigned char*>(raw.data());
  ECDSA_SIG* pair = ECDSA_SIG_new();
  ECDSA_SIG_set0(pair, BN_bin2bn(octets, 32, nullptr), BN_bin2bn(octets + 32, 32, nullptr));
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair, &der);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
  const int result = EVP_DigestVerify(context, der, static_cast<std::size_t>(size),
                                      reinterpret_cast<const unsigned char*>(token.data()), dot);
  EVP_MD_CTX_free(context);
  OPENSSL_free(der);
  ECDSA_SIG_free(pair);
  return raw.size() == 64 && result == 1;
}

TEST_F(Assertion, IsSignedWithTheKeyThatWasPublished) {
  const auto signer = signer_of(rules());
  const std::string token = token_of(*signer, person());
  EXPECT_TRUE(verifies(token, pair_.key));
  EXPECT_FALSE(verifies(token.substr(0, 40) + "A" + token.substr(41), pair_.key));
  EXPECT_EQ(part(token, 0), json::parse(R"({"alg":"ES256","typ":"gw-parent+jwt","kid":"gw-test-es256-1"})"));
  const json jwk = json::parse(signer->public_jwk());
  EXPECT_EQ(jwk["kid"], "gw-test-es256-1");
  EXPECT_EQ(jwk["crv"], "P-256");
  EXPECT_FALSE(jwk.contains("d"));
  EXPECT_EQ(crypto::from_base64url(jwk["x"].get<std::string>())->size(), 32U);
}

TEST_F(Assertion, ClaimsWhatTheHostKnows) {
  const json claims = part(token_of(*signer_of(rules()), person()), 1);
  EXPECT_EQ(claims["iss"], "https://gateway.example");
  EXPECT_EQ(claims["sub"], "gw-sub-1");
  EXPECT_EQ(claims["aud"], "urn:ks-quick:1");
  EXPECT_EQ(claims["iat"], 1773669600);
  EXPECT_EQ(claims["nbf"], 1773669600);
  EXPECT_EQ(claims["exp"], 1773669780);
  EXPECT_EQ(claims["auth_time"], 1773669000);
  EXPECT_EQ(claims["acr"], "aal2");
  EXPECT_EQ(claims["ial"], 2);
  EXPECT_EQ(claims["ks_person"], "0000700002");
  EXPECT_EQ(claims["purpose"], "parent_view");
  EXPECT_EQ(claims["cnf"]["x5t#S256"], "thumb");
  EXPECT_EQ(claims.size(), 13U);
}

TEST_F(Assertion, IsAnotherOneEachTime) {
  const auto signer = signer_of(rules());
  std::set<std::string> ids;
  for (int i = 0; i < 20; ++i) ids.insert(part(token_of(*signer, person()), 1)["jti"].get<std::string>());
  EXPECT_EQ(ids.size(), 20U);
  for (const std::string& id : ids) {
    EXPECT_EQ(id.size(), 36U);
    EXPECT_EQ(id[14], '4');
  }
}

TEST_F(Assertion, IsNotMadeForNobodyNorForOneWhoIsNotSureEnough) {
  const auto signer = signer_of(rules());
  EXPECT_EQ(code_of(*signer, nullptr), CASEBRIDGE_ASSERTION_NOBODY);
  auto nameless = person();
  nameless.subject.clear();
  EXPECT_EQ(code_of(*signer, &nameless), CASEBRIDGE_ASSERTION_NOBODY);
  auto weak = person();
  weak.authentication_level = 1;
  EXPECT_EQ(code_of(*signer, &weak), CASEBRIDGE_ASSERTION_NOBODY);
  auto old = person();
  old.authenticated_at = now - std::chrono::seconds{3600};
  EXPECT_EQ(code_of(*signer, &old), CASEBRIDGE_ASSERTION_NOBODY);
  old.authenticated_at = now - std::chrono::seconds{3599};
  EXPECT_EQ(code_of(*signer, &old), CASEBRIDGE_ASSERTION_OK);
}

TEST_F(Assertion, IsOnlyForTheAudiencesOfTheSystem) {
  const auto signer = signer_of(rules());
  const auto someone = person();
  EXPECT_EQ(code_of(*signer, &someone, "urn:other:1"), CASEBRIDGE_ASSERTION_NOT_ALLOWED);
  EXPECT_EQ(code_of(*signer, &someone, ""), CASEBRIDGE_ASSERTION_NOT_ALLOWED);
  EXPECT_EQ(code_of(*signer, &someone, "urn:ks-quick:1", "1\",\"sub\":\"x"),
            CASEBRIDGE_ASSERTION_NOT_ALLOWED);
  EXPECT_EQ(code_of(*signer, &someone, "urn:ks-quick:1", std::string(65, '1')),
            CASEBRIDGE_ASSERTION_NOT_ALLOWED);
}

TEST_F(Assertion, NamesItsKeyByThumbprintUnlessToldOtherwise) {
  auto unnamed = rules();
  unnamed.key_id.clear();
  const auto signer = signer_of(unnamed);
  const json jwk = json::parse(signer->public_jwk());
  const std::string canonical = R"({"crv":"P-256","kty":"EC","x":")" + jwk["x"].get<std::string>() +
                                R"(","y":")" + jwk["y"].get<std::string>() + "\"}";
  EXPECT_EQ(jwk["kid"], crypto::base64url(crypto::sha256(canonical)));
}

TEST_F(Assertion, MayUseASubjectThatASandboxFixed) {
  auto fixed = rules();
  fixed.fixed_subjects = {{"0000700002", "gw-sub-7d1f0c52"}};
  const auto signer = signer_of(fixed);
  EXPECT_EQ(part(token_of(*signer, person()), 1)["sub"], "gw-sub-7d1f0c52");
  auto weak = person();
  weak.authentication_level = weak.identity_level = 1;
  const json claims = part(token_of(*signer, weak), 1);
  EXPECT_EQ(claims["acr"], "aal2");
  EXPECT_EQ(claims["ial"], 2);
  EXPECT_EQ(code_of(*signer, &weak, "urn:ks-quick:1", "0000700003"), CASEBRIDGE_ASSERTION_NOBODY);
  EXPECT_EQ(code_of(*signer, nullptr), CASEBRIDGE_ASSERTION_NOBODY);
}

TEST_F(Assertion, RefusesKeysOfNoUse) {
  const auto reason = [&](const std::string& file) {
    auto with = rules();
    with.key_file = file;
    const auto made = AssertionSigner::make(with, "");
    return made ? std::string("none") : made.error().detail;
  };
  const PemFile open(pair_.key, 0440);
  EXPECT_EQ(reason(open.path()), "a private key file must have mode 0400");
  EXPECT_EQ(reason("/nowhere"), "a private key file cannot be opened");
  EVP_PKEY* other = EVP_EC_gen("P-384");
  const PemFile curve(other, 0400);
  EVP_PKEY_free(other);
  EXPECT_EQ(reason(curve.path()), "the assertion key is no P-256 key");
  EVP_PKEY* rsa = EVP_RSA_gen(1024);
  const PemFile no_curve(rsa, 0400);
  EVP_PKEY_free(rsa);
  EXPECT_EQ(reason(no_curve.path()), "the assertion key is no P-256 key");
}

}  // namespace
}  // namespace casebridge::switchboard
