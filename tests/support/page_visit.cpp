// One connection for one post.
#include "tests/support/page_visit.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/NullStream.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <memory>

namespace casebridge::testing {
namespace {

constexpr int timeout_s = 20;

std::unique_ptr<Poco::Net::HTTPClientSession> session_with(const Poco::URI& origin,
                                                           const std::string& ca_file) {
  if (ca_file.empty())
    return std::make_unique<Poco::Net::HTTPClientSession>(origin.getHost(), origin.getPort());
  const Poco::Net::Context::Ptr trust(new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", "",
                                                             ca_file, Poco::Net::Context::VERIFY_STRICT));
  return std::make_unique<Poco::Net::HTTPSClientSession>(origin.getHost(), origin.getPort(), trust);
}

}  // namespace

PageVisit post_form(const std::string& origin, const std::string& ca_file, const std::string& url,
                    const std::string& form) {
  const auto session = session_with(Poco::URI(origin), ca_file);
  session->setTimeout(Poco::Timespan(timeout_s, 0));
  Poco::Net::HTTPRequest request("POST", Poco::URI(url).getPathAndQuery(), "HTTP/1.1");
  request.setContentType("application/x-www-form-urlencoded");
  request.setContentLength(static_cast<std::streamsize>(form.size()));
  session->sendRequest(request) << form;
  Poco::Net::HTTPResponse response;
  Poco::NullOutputStream nowhere;
  Poco::StreamCopier::copyStream(session->receiveResponse(response), nowhere);
  return {static_cast<int>(response.getStatus()), response.get("Location", "")};
}

}  // namespace casebridge::testing
