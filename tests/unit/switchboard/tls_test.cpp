// TLS to a system: only a certificate of the configured CA, for this host, in its time, is spoken to.
#include <gtest/gtest.h>

#include "core/switchboard/http_client.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "tests/unit/switchboard/tls_peer.hpp"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;

struct Setting {
  std::string names = "IP:127.0.0.1";
  std::chrono::seconds valid_from{-60};
  bool trusted = true;
  std::string host = "127.0.0.1";
  std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  bool goodbye = true;
};

std::int32_t code_of(const Setting& setting) {
  Identity identity;
  Identity stranger;
  sign(identity, setting.names, setting.valid_from);
  sign(stranger, setting.names, setting.valid_from);
  const PemFile ca(setting.trusted ? identity.certificate : stranger.certificate);
  std::int32_t code = -1;
  {
    const TlsServer server(identity, setting.answer, {.goodbye = setting.goodbye});
    HttpRules rules;
    rules.origins.push_back(*Origin::parse("https://" + setting.host + ":" + server.port()));
    rules.ca_file = ca.path();
    const auto client = std::move(*HttpClient::make(std::move(rules)));
    HttpAnswer answer;
    code = client->exchange({.method = "GET", .target = "/"}, Deadline{5s}, answer);
  }
  return code;
}

TEST(Tls, SpeaksToAServerOfTheConfiguredCa) { EXPECT_EQ(code_of({}), CASEBRIDGE_HTTP_OK); }

TEST(Tls, ChecksNamesToo) {
  EXPECT_EQ(code_of({.names = "DNS:localhost", .host = "localhost"}), CASEBRIDGE_HTTP_OK);
}

TEST(Tls, SendsNothingToAStranger) { EXPECT_EQ(code_of({.trusted = false}), CASEBRIDGE_HTTP_NOT_SENT); }

TEST(Tls, SendsNothingToAnotherHost) {
  EXPECT_EQ(code_of({.names = "DNS:icop.test,IP:127.0.0.2"}), CASEBRIDGE_HTTP_NOT_SENT);
  EXPECT_EQ(code_of({.names = "DNS:icop.test", .host = "localhost"}), CASEBRIDGE_HTTP_NOT_SENT);
}

TEST(Tls, SendsNothingOutsideTheCertificatesTime) {
  EXPECT_EQ(code_of({.valid_from = -2h}), CASEBRIDGE_HTTP_NOT_SENT);
  EXPECT_EQ(code_of({.valid_from = 1h}), CASEBRIDGE_HTTP_NOT_SENT);
}

TEST(Tls, TakesAnEndWithoutGoodbyeForACut) {
  const std::string answer = "HTTP/1.1 200 OK\r\n\r\nall?";
  EXPECT_EQ(code_of({.answer = answer, .goodbye = true}), CASEBRIDGE_HTTP_OK);
  EXPECT_EQ(code_of({.answer = answer, .goodbye = false}), CASEBRIDGE_HTTP_LOST);
}

}  // namespace
}  // namespace casebridge::switchboard
