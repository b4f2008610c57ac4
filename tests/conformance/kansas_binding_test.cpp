// An assertion is good for one parent, one call and one certificate (KS-01, KS-04): what the gateway's own
// signer made for another is refused by the state, over the gateway's own connection.
#include "core/switchboard/assertion_signer.hpp"
#include "core/switchboard/http_client.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "plugins/kansas_quick/quick_request.hpp"
#include "tests/conformance/kansas_suite.hpp"

namespace casebridge::conformance {
namespace {

using switchboard::AssertionRules;
using switchboard::AssertionSigner;
using switchboard::HttpAnswer;
using switchboard::HttpClient;
using switchboard::HttpQuery;
using switchboard::HttpRules;

class KansasBinding : public KansasSuite {
 protected:
  KansasBinding() : client_(make_client()) {}
  const std::string& our_certificate() const { return client_->thumbprint(); }

  // Signed as the gateway does for the owner of this credential; `thumbprint` names a certificate.
  SecretBytes token(const json& credential, const std::string& person_number, const std::string& thumbprint) {
    AssertionRules rules;
    rules.key_file = key().file();
    rules.key_id = key().id();
    rules.issuer = scenario().option("trustedAssertionIssuers", json::array()).at(0).get<std::string>();
    rules.audiences = {"urn:ks-quick:1"};
    rules.type = "gw-parent+jwt";
    rules.purpose = "parent_view";
    rules.reference_claim = "ks_person";
    const auto signer = AssertionSigner::make(std::move(rules), thumbprint);
    if (!signer) throw std::runtime_error("no signer");
    const auto person = *context(credential).person;
    SecretBytes made;
    EXPECT_EQ((*signer)->sign(&person, "urn:ks-quick:1", person_number, now(), made),
              CASEBRIDGE_ASSERTION_OK);
    return made;
  }
  SecretBytes own_token(const json& credential) {
    return token(credential, text(credential, "personNumber"), our_certificate());
  }
  // The code of the fault with which the state answers FindCases; empty when it answers with data.
  std::string fault(const SecretBytes& assertion) {
    const SecretBytes body =
        kansas_quick::write_request({"FindCases"}, {}, kansas_quick::new_call_id(), assertion);
    HttpQuery query{.method = "POST", .target = "/quick/v1/QuickService", .body = body.reveal()};
    query.headers = {{"Content-Type", "text/xml; charset=utf-8"},
                     {"SOAPAction", "\"urn:ks-quick:1:FindCases\""}};
    HttpAnswer answer;
    EXPECT_EQ(client_->exchange(query, Deadline{std::chrono::seconds{10}}, answer), CASEBRIDGE_HTTP_OK);
    if (answer.status == 200) return {};
    const std::size_t code = answer.body.find("Code>", answer.body.find("QuickFault"));
    return code == std::string::npos ? "none" : answer.body.substr(code + 5, 3);
  }

 private:
  std::unique_ptr<HttpClient> make_client() {
    HttpRules rules;
    rules.origins.push_back(*switchboard::Origin::parse(simulator().origin("ks-quick")));
    rules.ca_file = simulator().ca_file();
    if (over_tls()) {
      const auto folder = std::filesystem::path(simulator().ca_file()).parent_path();
      rules.identity = {(folder / "client.pem").string(), key().private_copy(folder / "client.key")};
    }
    auto made = HttpClient::make(std::move(rules));
    if (!made) throw std::runtime_error("no client: " + made.error().detail);
    return std::move(*made);
  }

  std::unique_ptr<HttpClient> client_;
};

TEST_P(KansasBinding, assertion_of_the_gateway_for_this_call_is_taken) {
  const json one = account();
  EXPECT_EQ(fault(own_token(one)), "");
  EXPECT_EQ(fault(own_token(one)), "");
}

TEST_P(KansasBinding, KS_04_assertion_bound_to_another_certificate_is_refused) {
  if (!over_tls()) GTEST_SKIP() << "without TLS there are no certificates";
  const json one = account();
  EXPECT_EQ(fault(token(one, text(one, "personNumber"), std::string(43, 'A'))), "A06");
  EXPECT_EQ(fault(token(one, text(one, "personNumber"), "")), "A06");
  EXPECT_EQ(fault(own_token(one)), "");
}

TEST_P(KansasBinding, assertion_for_another_person_is_refused) {
  const json one = account();
  std::string other = text(one, "personNumber");
  other.back() = other.back() == '9' ? '8' : '9';
  EXPECT_EQ(fault(token(one, other, our_certificate())), "A04");
  json stranger = one;
  stranger["subject"] = "gw-sub-of-nobody";
  EXPECT_EQ(fault(own_token(stranger)), "A04");
}

TEST_P(KansasBinding, KS_01_assertion_of_an_earlier_call_is_refused) {
  const SecretBytes once = own_token(account());
  EXPECT_EQ(fault(once), "");
  EXPECT_EQ(fault(once), "A03");
}

INSTANTIATE_TEST_SUITE_P(Kansas, KansasBinding,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain),
                         kansas_carrier_name);

}  // namespace
}  // namespace casebridge::conformance
