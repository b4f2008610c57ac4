// What Kansas is sent, octet for octet: KS-01, KS-03, and the audit part of KS-18.
#include <set>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "plugins/sdk/xml.hpp"
#include "tests/conformance/kansas_suite.hpp"
#include "tests/support/byte_server.hpp"

namespace casebridge::conformance {
namespace {

using sdk::XmlDocument;
using testing::ByteServer;
using testing::Reply;

constexpr const char* soap = "http://schemas.xmlsoap.org/soap/envelope/";
constexpr const char* quick = "urn:ks-quick:1";

// Says the same to every request.
Reply not_found(const std::string&) {
  const std::string body =
      "<e:Envelope xmlns:e=\"" + std::string(soap) + "\" xmlns=\"" + quick +
      "\"><e:Body><GetCaseParticipantsResponse><ResponseStatus><SystemResponseCode>000</SystemResponseCode>"
      "<DataResponseCode>406</DataResponseCode></ResponseStatus></GetCaseParticipantsResponse></e:Body>"
      "</e:Envelope>";
  return {"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: " +
          std::to_string(body.size()) + "\r\n\r\n" + body};
}

// Says that the token names another certificate than the one that was shown.
Reply wrong_binding(const std::string&) {
  const std::string body = "<e:Envelope xmlns:e=\"" + std::string(soap) + "\" xmlns:q=\"" + quick +
                           "\"><e:Body><e:Fault><faultcode>e:Client</faultcode><faultstring>no</faultstring>"
                           "<detail><q:QuickFault><q:Code>A06</q:Code></q:QuickFault></detail></e:Fault>"
                           "</e:Body></e:Envelope>";
  return {"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: " +
          std::to_string(body.size()) + "\r\n\r\n" + body};
}

class KansasRequest : public ::testing::Test {
 protected:
  KansasRequest() : server_(not_found) { side_ = opened(server_); }
  std::unique_ptr<GatewaySide> opened(const ByteServer& server) const {
    Reach reach{"ks-quick", server.origin(), "", R"({"system_user_id": "gateway-audit-7"})"};
    reach.entry_json =
        json{{"assertion",
              {{"key", key_.file()}, {"key_id", key_.id()}, {"issuer", "https://gateway.example"}}}}
            .dump();
    return std::make_unique<GatewaySide>(reach, now_);
  }
  // The envelopes of as many reads.
  std::vector<XmlDocument> asked(int times) {
    ports::CallContext context{Deadline(std::chrono::seconds{30}), "req-conformance"};
    context.person = ports::AssertedPerson{"gw-sub-1", now_ - std::chrono::seconds{600}, 2, 2};
    const SecretBytes session = SecretBytes::copy_of("0000700002");
    for (int i = 0; i < times; ++i)
      (void)side_->adapter().read_case(context, session, {"0078901234", {model::Dataset::cases}});
    std::vector<XmlDocument> envelopes;
    for (const std::string& request : server_.requests())
      envelopes.push_back(*XmlDocument::parse(request.substr(request.find("\r\n\r\n") + 4)));
    return envelopes;
  }
  static std::string told(const XmlDocument& envelope, const char* name) {
    return envelope.root().child(soap, "Header").child(quick, "RequestContext").child(quick, name).text();
  }
  static json part(const std::string& token, std::size_t index) {
    return json::parse(*crypto::from_base64url(text::split(token, '.').at(index)));
  }

  const Instant now_ = *parse_instant("2026-03-16T14:00:00Z");
  AssertionKey key_;
  ByteServer server_;
  std::unique_ptr<GatewaySide> side_;
};

TEST_F(KansasRequest, KS_01_every_call_carries_another_short_assertion) {
  std::set<std::string> ids, calls;
  for (const XmlDocument& envelope : asked(3)) {
    const json claims = part(told(envelope, "ParentAssertion"), 1);
    EXPECT_LE(claims.at("exp").get<long>() - claims.at("iat").get<long>(), 300);
    EXPECT_EQ(claims.at("aud"), quick);
    EXPECT_EQ(claims.at("ks_person"), "0000700002");
    EXPECT_EQ(claims.at("purpose"), "parent_view");
    ids.insert(claims.at("jti").get<std::string>());
    calls.insert(told(envelope, "StateGeneratedId"));
  }
  EXPECT_EQ(ids.size(), 3U);
  EXPECT_EQ(calls.size(), 3U);
}

TEST_F(KansasRequest, KS_03_tokens_are_signed_by_the_gateway_and_the_key_stays_there) {
  const auto envelopes = asked(1);
  const json header = part(told(envelopes.at(0), "ParentAssertion"), 0);
  EXPECT_EQ(header, (json{{"alg", "ES256"}, {"typ", "gw-parent+jwt"}, {"kid", key_.id()}}));
  // The adapter's settings hold no key, and what it is sent to sign with never reaches the wire.
  for (const std::string& request : server_.requests())
    EXPECT_EQ(request.find("PRIVATE KEY"), std::string::npos);
}

TEST_F(KansasRequest, KS_04_wrong_binding_is_not_permitted_and_not_tried_again) {
  ByteServer strict(wrong_binding);
  const auto side = opened(strict);
  ports::CallContext context{Deadline(std::chrono::seconds{30}), "req-conformance"};
  context.person = ports::AssertedPerson{"gw-sub-1", now_ - std::chrono::seconds{600}, 2, 2};
  const auto listed = side->adapter().list_cases(context, SecretBytes::copy_of("0000700002"));
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().code, TroubleCode::source_not_permitted);
  EXPECT_EQ(strict.requests().size(), 1U);
}

TEST_F(KansasRequest, KS_18_audit_names_the_asking_system_and_the_case) {
  const auto envelopes = asked(1);
  EXPECT_EQ(told(envelopes.at(0), "SystemUserId"), "gateway-audit-7");
  EXPECT_EQ(told(envelopes.at(0), "RequestorId"), "99000");
  const auto body = envelopes.at(0).root().child(soap, "Body").first_child();
  EXPECT_EQ(body.local_name(), "GetCaseParticipantsRequest");
  EXPECT_EQ(body.first_child().first_child().text(), "0078901234");
  EXPECT_EQ(body.child(quick, "OsFips").text(), "99");
  const std::string request = server_.requests().at(0);
  EXPECT_NE(request.find("\"urn:ks-quick:1:GetCaseParticipants\""), std::string::npos);
}

}  // namespace
}  // namespace casebridge::conformance
