// Mutual TLS: the client certificate is shown, its key is guarded, and without it nothing reaches the system.
#include <gtest/gtest.h>

#include "core/switchboard/http_client.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "tests/unit/switchboard/tls_peer.hpp"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;

const std::string answer_octets = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

// A server that wants certificates of `client`'s maker, and a gateway that has them, or not.
class MutualTls : public ::testing::Test {
 protected:
  HttpRules rules(const std::string& port) const {
    HttpRules rules;
    rules.origins.push_back(*Origin::parse("https://127.0.0.1:" + port));
    rules.ca_file = ca_.path();
    return rules;
  }
  struct Outcome {
    std::int32_t code;
    bool served;
  };
  Outcome call(const ClientIdentity& identity, int version_max = TLS1_3_VERSION) {
    TlsServer server(server_, answer_octets, {.client_ca = client_.certificate, .version_max = version_max});
    HttpRules rules = this->rules(server.port());
    rules.identity = identity;
    const auto client = HttpClient::make(std::move(rules));
    EXPECT_TRUE(client) << client.error().detail;
    HttpAnswer answer;
    const auto code =
        (*client)->exchange({.method = "POST", .target = "/", .body = "x"}, Deadline{5s}, answer);
    return {code, server.served()};
  }
  std::string refusal(const ClientIdentity& identity) const {
    HttpRules rules = this->rules("1");
    rules.identity = identity;
    const auto client = HttpClient::make(std::move(rules));
    return client ? "none" : client.error().detail;
  }

  struct Signed : Identity {
    explicit Signed(const std::string& names) { sign(*this, names, -60s); }
  };
  Signed server_{"IP:127.0.0.1"}, client_{"DNS:gateway.test"}, stranger_{"DNS:gateway.test"};
  PemFile ca_{server_.certificate};
};

TEST_F(MutualTls, ShowsTheCertificateOfTheSystem) {
  const PemFile certificate(client_.certificate);
  const PemFile key(client_.key, 0400);
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto outcome = call({certificate.path(), key.path()}, version);
    EXPECT_EQ(outcome.code, CASEBRIDGE_HTTP_OK);
    EXPECT_TRUE(outcome.served);
  }
}

TEST_F(MutualTls, SaysThatNothingWasSentWhenTheCertificateIsMissingOrOfAnotherMaker) {
  const PemFile certificate(stranger_.certificate);
  const PemFile key(stranger_.key, 0400);
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    for (const ClientIdentity& identity :
         {ClientIdentity{}, ClientIdentity{certificate.path(), key.path()}}) {
      const auto outcome = call(identity, version);
      EXPECT_EQ(outcome.code, CASEBRIDGE_HTTP_NOT_SENT) << version << identity.given();
      EXPECT_FALSE(outcome.served);
    }
  }
}

TEST_F(MutualTls, GuardsTheKey) {
  const PemFile certificate(client_.certificate);
  for (const mode_t mode : {0600U, 0440U, 0404U, 0644U, 0500U}) {
    const PemFile key(client_.key, mode);
    EXPECT_EQ(refusal({certificate.path(), key.path()}), "a private key file must have mode 0400") << mode;
  }
  const PemFile key(client_.key, 0400);
  EXPECT_EQ(refusal({certificate.path(), key.path()}), "none");
  const std::string link = key.path() + ".link";
  ASSERT_EQ(::symlink(key.path().c_str(), link.c_str()), 0);
  EXPECT_EQ(refusal({certificate.path(), link}), "a private key file cannot be opened");
  ::unlink(link.c_str());
  EXPECT_EQ(refusal({certificate.path(), "/nowhere"}), "a private key file cannot be opened");
  EXPECT_EQ(refusal({certificate.path(), "/"}), "a private key file is not a regular file");
}

TEST_F(MutualTls, RefusesACertificateThatDoesNotFitItsKey) {
  const PemFile certificate(client_.certificate);
  const PemFile other(stranger_.key, 0400);
  EXPECT_EQ(refusal({certificate.path(), other.path()}),
            "the client key does not belong to the client certificate");
  EXPECT_EQ(refusal({other.path(), other.path()}), "the client certificate file cannot be used");
}

TEST_F(MutualTls, KnowsTheThumbprintOfItsCertificate) {
  const PemFile certificate(client_.certificate);
  const PemFile key(client_.key, 0400);
  const auto with = TlsSettings::make(ca_.path(), {certificate.path(), key.path()});
  ASSERT_TRUE(with);
  EXPECT_EQ(with->thumbprint().size(), 43U);
  EXPECT_EQ(TlsSettings::make(ca_.path())->thumbprint(), "");
}

}  // namespace
}  // namespace casebridge::switchboard
