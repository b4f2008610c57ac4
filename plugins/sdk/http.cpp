// One exchange over http/1: the request into C structs, the answer out of callbacks, failures into refusals.
#include "plugins/sdk/http.hpp"

#include <array>

#include "core/base/text.hpp"
#include "plugins/sdk/octets.hpp"

namespace casebridge::sdk {
namespace {

using model::Outcome;

std::string string_of(casebridge_bytes bytes) { return std::string(view_of(bytes)); }

struct Received {
  HttpResponse response;
  SecretBytes jar;
};

void on_status(void* self, std::uint32_t status) {
  static_cast<Received*>(self)->response.status = static_cast<int>(status);
}

void on_header(void* self, casebridge_bytes name, casebridge_bytes value) {
  static_cast<Received*>(self)->response.headers.emplace_back(string_of(name), string_of(value));
}

void on_body(void* self, casebridge_bytes whole) {
  static_cast<Received*>(self)->response.body = string_of(whole);
}

void on_jar(void* self, casebridge_bytes jar) {
  static_cast<Received*>(self)->jar = SecretBytes::copy_of(view_of(jar));
}

void on_place(void* self, casebridge_bytes origin, casebridge_bytes target) {
  auto& response = static_cast<Received*>(self)->response;
  response.origin = string_of(origin);
  response.target = string_of(target);
}

model::Refusal drift_because(const char* reason, const char* detail) {
  model::Refusal refusal = drift(detail);
  refusal.reason = reason;
  return refusal;
}

model::Refusal refusal_of(std::int32_t code) {
  switch (code) {
    case CASEBRIDGE_HTTP_NOT_SENT: return refuse(Outcome::unavailable, "not_sent");
    case CASEBRIDGE_HTTP_LOST: return refuse(Outcome::unavailable, "lost_answer");
    case CASEBRIDGE_HTTP_TIMEOUT: return refuse(Outcome::timeout, "lost_answer");
    case CASEBRIDGE_HTTP_SLOW_CONNECT: return refuse(Outcome::timeout, "not_sent");
    case CASEBRIDGE_HTTP_CANCELLED: return refuse(Outcome::timeout, "call_over");
    case CASEBRIDGE_HTTP_TOO_LARGE: return drift("answer larger than the bound");
    case CASEBRIDGE_HTTP_NOT_HTTP: return drift("answer is not HTTP");
    case CASEBRIDGE_HTTP_REDIRECT_REFUSED:
      return drift_because("redirect_refused", "redirect away from the system");
    case CASEBRIDGE_HTTP_REDIRECT_LOOP: return drift_because("redirect_loop", "too many redirects");
    default: break;
  }
  model::Refusal bug = refuse(Outcome::bug, "request_not_allowed");
  bug.detail = "the host does not allow this request";
  return bug;
}

std::uint32_t flags_of(const HttpRequest& request) {
  std::uint32_t flags = 0;
  if (request.secrets_in_headers) flags |= CASEBRIDGE_HTTP_SECRETS_IN_HEADERS;
  if (request.secrets_in_body) flags |= CASEBRIDGE_HTTP_SECRETS_IN_BODY;
  if (request.cookies != nullptr) flags |= CASEBRIDGE_HTTP_COOKIES;
  return flags;
}

std::optional<int> digits(std::string_view text) {
  const auto value = text::all_digits(text) ? text::parse_int(text) : std::nullopt;
  return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
}

std::optional<unsigned> month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (unsigned i = 0; i < months.size(); ++i)
    if (months[i] == name) return i + 1;
  return std::nullopt;
}

}  // namespace

std::optional<std::string_view> HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (text::equal_ignoring_case(key, name)) return value;
  return std::nullopt;
}

std::vector<std::string_view> HttpResponse::header_values(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : headers)
    if (text::equal_ignoring_case(key, name)) values.emplace_back(value);
  return values;
}

std::string HttpResponse::media_type() const {
  const auto value = header("Content-Type").value_or("");
  return text::lower_ascii(text::trim(value.substr(0, value.find(';'))));
}

Answer<HttpResponse> Http::send(const HttpRequest& request) const {
  std::vector<casebridge_header> headers;
  headers.reserve(request.headers.size());
  for (const HttpHeader& header : request.headers)
    headers.push_back({bytes_of(header.name), bytes_of(header.value)});
  casebridge_http_request raw{};
  raw.struct_size = sizeof raw;
  raw.flags = flags_of(request);
  raw.origin = bytes_of(request.origin);
  raw.method = bytes_of(request.method);
  raw.target = bytes_of(request.target);
  raw.headers = headers.data();
  raw.header_count = headers.size();
  raw.body = bytes_of(request.body);
  raw.timeout_ms = static_cast<std::uint32_t>(request.timeout.count());

  raw.redirects_max = request.redirects_max;
  raw.answer_bytes_max = request.answer_bytes_max;
  if (request.cookies != nullptr) raw.jar = bytes_of(request.cookies->octets().reveal());

  Received received;
  if (request.cookies != nullptr) received.jar = request.cookies->octets().clone();
  const casebridge_http_receiver receiver{sizeof receiver, 0,       &received, on_status,
                                          on_header,       on_body, on_jar,    on_place};
  const std::int32_t code = service_->send(service_, call_, &raw, &receiver);
  if (request.cookies != nullptr) request.cookies->octets_ = std::move(received.jar);
  if (code != CASEBRIDGE_HTTP_OK) return refusal_of(code);
  HttpResponse response = std::move(received.response);
  if (const auto date = response.header("Date")) response.date = parse_http_date(*date);
  return response;
}

std::optional<Instant> parse_http_date(std::string_view text) {
  // Mon, 16 Mar 2026 14:00:00 GMT
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return std::nullopt;
  if (text[7] != ' ' || text[11] != ' ' || text[16] != ' ' || text[19] != ':' || text[22] != ':')
    return std::nullopt;
  const auto day = digits(text.substr(5, 2));
  const auto month = month_of(text.substr(8, 3));
  const auto year = digits(text.substr(12, 4));
  const auto hour = digits(text.substr(17, 2));
  const auto minute = digits(text.substr(20, 2));
  const auto second = digits(text.substr(23, 2));
  if (!day || !month || !year || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{*month},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return Instant{std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
                 std::chrono::seconds{*second}};
}

}  // namespace casebridge::sdk
