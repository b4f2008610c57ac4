// Poco's HTTP client behind ApiClient; its exceptions end here.
#include "core/cli/api_client.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <istream>
#include <ostream>

#include "core/base/crypto.hpp"

namespace casebridge::cli {

namespace {

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1" || host == "[::1]";
}

Poco::Net::Context::Ptr tls_context(const std::filesystem::path& ca) {
  using Poco::Net::Context;
  Context::Ptr context =
      new Context(Context::TLS_CLIENT_USE, "", "", ca.string(), Context::VERIFY_STRICT, 9, ca.empty());
  context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
  return context;
}

}  // namespace

Result<ServerAddress> ServerAddress::parse(std::string_view url) {
  try {
    const Poco::URI uri{std::string(url)};
    ServerAddress address{uri.getScheme(), uri.getHost(), uri.getPort()};
    if (address.host.empty() || !uri.getUserInfo().empty() || uri.getPathAndQuery().size() > 1)
      return field_trouble("server", "expected scheme, host and port only");
    if (address.scheme == "https" || (address.scheme == "http" && is_loopback(address.host))) return address;
    return field_trouble("server", "expected https, or http on a loopback address");
  } catch (const Poco::Exception&) {
    return field_trouble("server", "not an address");
  }
}

struct ApiClient::Connection {
  std::unique_ptr<Poco::Net::HTTPClientSession> session;
};

ApiClient::ApiClient(ServerAddress address, std::filesystem::path ca)
    : connection_(std::make_unique<Connection>()) {
  if (address.scheme == "https")
    connection_->session =
        std::make_unique<Poco::Net::HTTPSClientSession>(address.host, address.port, tls_context(ca));
  else
    connection_->session = std::make_unique<Poco::Net::HTTPClientSession>(address.host, address.port);
  connection_->session->setTimeout(Poco::Timespan(40, 0));
}

ApiClient::~ApiClient() = default;

void ApiClient::use_token(SecretBytes token) { token_ = std::move(token); }

Result<ApiAnswer> ApiClient::get(const std::string& target) { return call("GET", target, nullptr); }
Result<ApiAnswer> ApiClient::post(const std::string& target, SecretBytes body) {
  return call("POST", target, &body);
}
Result<ApiAnswer> ApiClient::remove(const std::string& target) { return call("DELETE", target, nullptr); }

Result<ApiAnswer> ApiClient::call(const std::string& method, const std::string& target,
                                  const SecretBytes* body) {
  try {
    Poco::Net::HTTPRequest request(method, target, Poco::Net::HTTPMessage::HTTP_1_1);
    request.set("Accept", "application/json, application/problem+json");
    request.set("User-Agent", "casebridge-cli");
    if (!token_.empty()) request.set("Authorization", "Bearer " + std::string(token_.reveal()));
    if (method == "POST") {
      request.set("Idempotency-Key", crypto::random_token());
      request.setContentType("application/json");
      request.setContentLength(body ? static_cast<std::streamsize>(body->size()) : 0);
    }
    std::ostream& out = connection_->session->sendRequest(request);
    if (body) out.write(body->reveal().data(), static_cast<std::streamsize>(body->size()));
    out.flush();
    Poco::Net::HTTPResponse response;
    std::istream& in = connection_->session->receiveResponse(response);
    ApiAnswer answer;
    answer.status = response.getStatus();
    answer.request_id = response.get("Request-Id", "");
    Poco::StreamCopier::copyToString(in, answer.body);
    return answer;
  } catch (const Poco::Exception&) {
    connection_->session->reset();
    return trouble(TroubleCode::dependency_failed, "the gateway did not answer");
  }
}

}  // namespace casebridge::cli
