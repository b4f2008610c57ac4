// The typed way to the system: one request, one whole answer. Over the host service http/1.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/instant.hpp"
#include "core/base/secret.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "plugins/sdk/answer.hpp"

namespace casebridge::sdk {

struct HttpHeader {
  std::string_view name;
  std::string_view value;
};

// The cookies of one state session (RFC 6265), kept by the host. Make one at the start of a sign-in, give it
// to every request of that session, and put its octets into `session` or `resume` to go on later.
class Cookies {
 public:
  Cookies() = default;
  // Octets of an earlier jar. The host refuses what is none.
  explicit Cookies(SecretBytes octets) : octets_(std::move(octets)) {}
  const SecretBytes& octets() const { return octets_; }

 private:
  friend class Http;
  SecretBytes octets_;
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
  Cookies* cookies = nullptr;            // sent, and changed as the answers say
  std::uint32_t redirects_max = 0;       // followed inside the system's origins, at most 10
  std::uint32_t answer_bytes_max = 0;    // of the body; 0: 8 MiB; never more than 12 MiB
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::optional<Instant> date;  // the system's own clock, when it says
  std::string origin;           // where it came from, after redirects
  std::string target;

  // The first header of that name, whatever its case; nullopt when there is none.
  std::optional<std::string_view> header(std::string_view name) const;
  // All headers of that name, in order; lists are not split.
  std::vector<std::string_view> header_values(std::string_view name) const;
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
  //   schema_drift   the answer is too large or no HTTP; or reason redirect_refused (away from the system's
  //                  origins) or redirect_loop (more than redirects_max)
  //   bug            the host does not allow this request
  Answer<HttpResponse> send(const HttpRequest& request) const;

 private:
  const casebridge_http_v1* service_;
  const casebridge_call* call_;
};

// RFC 9110 §5.6.7, preferred form only: Mon, 16 Mar 2026 14:00:00 GMT.
std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace casebridge::sdk
