// The typed way to the system: one request, one whole answer. Over the host service http/1.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/instant.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "plugins/sdk/answer.hpp"

namespace casebridge::sdk {

struct HttpHeader {
  std::string_view name;
  std::string_view value;
};

// Views: what they look at must live until `send` returns.
struct HttpRequest {
  std::string_view method = "GET";
  std::string_view target;            // path and query, percent-encoded, as /icop/v1/cases
  std::vector<HttpHeader> headers{};  // Content-Type too; Host and Content-Length are the host's
  std::string_view body{};
  std::string_view origin{};             // empty: the system's first
  std::chrono::milliseconds timeout{0};  // 0: what is left of the call
  bool secrets_in_headers = false;       // replace ${secret:name} in header values
  bool secrets_in_body = false;          // never for a body with a parent's input
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::optional<Instant> date;  // the system's own clock, when it says

  // The first header of that name, whatever its case; nullopt when there is none.
  std::optional<std::string_view> header(std::string_view name) const;
  // The media type in lower case, without parameters; empty when none is given.
  std::string media_type() const;
};

class Http {
 public:
  Http(const casebridge_http_v1* service, const casebridge_call* call) : service_(service), call_(call) {}

  // Any answer with a status is an answer, 500 included. A refusal means that there was none:
  //   unavailable, reason not_sent   nothing reached the system; may be tried again
  //   unavailable, reason lost_answer   it may have had its effect
  //   timeout, reason not_sent or lost_answer; or reason call_over: the caller has gone
  //   schema_drift   the answer is too large or no HTTP
  //   bug            the host does not allow this request
  Answer<HttpResponse> send(const HttpRequest& request) const;

 private:
  const casebridge_http_v1* service_;
  const casebridge_call* call_;
};

// RFC 9110 §5.6.7, preferred form only: Mon, 16 Mar 2026 14:00:00 GMT.
std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace casebridge::sdk
