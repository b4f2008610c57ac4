// Checks a request, sends it over a connection of its origin, and says exactly how far it got.
#include "core/switchboard/http_client.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/switchboard/redirect.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t request_body_bytes_max = 16 * 1024 * 1024;
constexpr std::size_t request_headers_max = 50;
constexpr std::size_t request_target_bytes_max = 4096;
constexpr unsigned redirects_ceiling = 10;

bool is_method(std::string_view method) {
  constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
  return std::find(std::begin(methods), std::end(methods), method) != std::end(methods);
}

bool is_target(std::string_view target) {
  return target.starts_with('/') && target.size() <= request_target_bytes_max &&
         std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
}

bool is_header_name(std::string_view name) {
  const bool plain = !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
  constexpr std::string_view ours[] = {"Host",    "Connection", "Content-Length", "Transfer-Encoding", "TE",
                                       "Trailer", "Upgrade",    "Expect",         "Keep-Alive",        "Via"};
  return plain && !text::lower_ascii(name).starts_with("proxy-") &&
         std::none_of(std::begin(ours), std::end(ours),
                      [&](std::string_view one) { return text::equal_ignoring_case(one, name); });
}

bool is_header_value(std::string_view value) {
  return value.size() <= 16 * 1024 && !text::has_control(value);
}

std::int32_t code_of_open(Io io, bool call_over) {
  if (io == Io::cancelled || call_over) return CASEBRIDGE_HTTP_CANCELLED;
  return io == Io::timed_out ? CASEBRIDGE_HTTP_SLOW_CONNECT : CASEBRIDGE_HTTP_NOT_SENT;
}

std::int32_t code_of_write(Io io) {
  if (io == Io::cancelled) return CASEBRIDGE_HTTP_CANCELLED;
  return io == Io::timed_out ? CASEBRIDGE_HTTP_TIMEOUT : CASEBRIDGE_HTTP_LOST;
}

std::int32_t code_of(Reading reading) {
  switch (reading) {
    case Reading::whole: return CASEBRIDGE_HTTP_OK;
    case Reading::cut: return CASEBRIDGE_HTTP_LOST;
    case Reading::timed_out: return CASEBRIDGE_HTTP_TIMEOUT;
    case Reading::cancelled: return CASEBRIDGE_HTTP_CANCELLED;
    case Reading::too_large: return CASEBRIDGE_HTTP_TOO_LARGE;
    case Reading::not_http: return CASEBRIDGE_HTTP_NOT_HTTP;
  }
  return CASEBRIDGE_HTTP_LOST;
}

}  // namespace

Result<std::unique_ptr<HttpClient>> HttpClient::make(HttpRules rules) {
  CASEBRIDGE_TRY(auto tls, TlsSettings::make(rules.ca_file, rules.identity));
  return std::unique_ptr<HttpClient>(new HttpClient(std::move(rules), std::move(tls)));
}

const Origin* HttpClient::find_origin(std::string_view text) const {
  if (text.empty()) return &rules_.origins.front();
  const auto wanted = Origin::parse(text);
  const auto found = std::find_if(rules_.origins.begin(), rules_.origins.end(),
                                  [&](const Origin& one) { return wanted && one == *wanted; });
  return found == rules_.origins.end() ? nullptr : &*found;
}

bool HttpClient::has_secret(std::string_view name) const {
  return rules_.secrets.find(std::string(name)) != rules_.secrets.end();
}

// Replaces ${secret:name} when asked to; false for a name that this system does not have.
bool HttpClient::append(std::string& octets, std::string_view text, bool with_secrets) const {
  constexpr std::string_view open = "${secret:";
  while (with_secrets) {
    const std::size_t at = text.find(open);
    if (at == std::string_view::npos) break;
    const std::size_t end = text.find('}', at);
    const auto name = text.substr(at + open.size(), end - at - open.size());
    const auto found = rules_.secrets.find(std::string(name));
    if (end == std::string_view::npos || found == rules_.secrets.end()) return false;
    octets += text.substr(0, at);
    octets += found->second.reveal();
    text.remove_prefix(end + 1);
  }
  octets += text;
  return true;
}

bool HttpClient::build(const HttpQuery& query, const Origin& origin, std::string& octets) const {
  if (!is_method(query.method) || !is_target(query.target) || query.headers.size() > request_headers_max ||
      query.body.size() > request_body_bytes_max)
    return false;
  std::string body;
  if (!append(body, query.body, query.secrets_in_body)) return false;
  // Reserved at once: a growing string would leave copies of secrets behind.
  octets.reserve(body.size() + 64 * 1024);
  octets.append(query.method).append(" ").append(query.target).append(" HTTP/1.1\r\nHost: ");
  octets.append(origin.host_header()).append("\r\nUser-Agent: Casebridge\r\n");
  for (const auto& [name, value] : query.headers) {
    if (!is_header_name(name)) return false;
    octets.append(name).append(": ");
    const std::size_t start = octets.size();
    if (!append(octets, value, query.secrets_in_headers)) return false;
    if (!is_header_value(std::string_view(octets).substr(start))) return false;
    octets += "\r\n";
  }
  // The system's own octets: whatever they look like, nothing of ours is put in their place.
  if (!query.cookies.empty()) octets.append("Cookie: ").append(query.cookies).append("\r\n");
  if (!body.empty() || (query.method != "GET" && query.method != "HEAD"))
    octets.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  octets.append("\r\n").append(body);
  wipe(body);
  return true;
}

// A connection that was used before may be gone without our knowing, and a request lost with it. So only
// methods that may safely be asked again by the adapter go over one.
std::unique_ptr<Connection> HttpClient::take_idle(const Origin& origin) {
  const std::scoped_lock lock(mutex_);
  const auto oldest = Deadline::SteadyClock::now() - rules_.idle_max;
  auto [at, end] = idle_.equal_range(origin.text());
  while (at != end) {
    Idle idle = std::move(at->second);
    at = idle_.erase(at);
    if (idle.since >= oldest && !idle.connection->stale()) return std::move(idle.connection);
  }
  return nullptr;
}

void HttpClient::keep(const Origin& origin, std::unique_ptr<Connection> connection) {
  const std::scoped_lock lock(mutex_);
  if (idle_.size() < rules_.idle_connections_max)
    idle_.emplace(origin.text(), Idle{std::move(connection), Deadline::SteadyClock::now()});
}

std::int32_t HttpClient::once(const HttpQuery& query, const Origin& origin, const Patience& patience,
                              HttpAnswer& answer) {
  std::string octets;
  if (!build(query, origin, octets)) {
    wipe(octets);
    return CASEBRIDGE_HTTP_NOT_ALLOWED;
  }
  if (patience.call.over()) {
    wipe(octets);
    return CASEBRIDGE_HTTP_CANCELLED;
  }
  std::unique_ptr<Connection> connection;
  if (query.method == "GET" || query.method == "HEAD") connection = take_idle(origin);
  if (!connection) {
    const auto connected_by = std::min(patience.until, Deadline::SteadyClock::now() + rules_.connect_timeout);
    auto opened = Connection::open(origin, tls_, {connected_by, patience.call}, rules_.proxy);
    if (const Io* io = std::get_if<Io>(&opened)) {
      wipe(octets);
      return code_of_open(*io, patience.call.cancelled());
    }
    connection = std::move(std::get<0>(opened));
  }
  const Io written = connection->write(octets, patience);
  wipe(octets);
  // A system may answer before it has read everything, and then close: its answer is still worth reading.
  if (written != Io::done && written != Io::broken) return code_of_write(written);
  const std::size_t wanted = query.answer_bytes_max == 0 ? rules_.answer_bytes_max : query.answer_bytes_max;
  HttpAnswerReader reader(*connection, patience, std::min(wanted, rules_.answer_bytes_ceiling));
  const Reading reading = reader.read(answer, query.method == "HEAD");
  if (reading == Reading::whole && answer.reusable && written == Io::done)
    keep(origin, std::move(connection));
  else if (reading == Reading::cut && connection->refused_by_alert())
    return CASEBRIDGE_HTTP_NOT_SENT;
  return code_of(reading);
}

// Where the journey of one exchange is, and what it carries there.
struct HttpClient::Hop {
  HttpQuery query;  // its views look into the caller's query or into `target`
  Origin origin;
  std::string target;
  std::string cookies;
};

// Turns the hop towards the next place. One of CASEBRIDGE_HTTP_*.
std::int32_t HttpClient::redirect(Hop& hop, const HttpAnswer& answer) const {
  const auto to = destination_of(answer, hop.origin, hop.target, hop.query.method, rules_.origins);
  if (!to) return CASEBRIDGE_HTTP_REDIRECT_REFUSED;
  const bool elsewhere = to->origin != hop.origin;
  if (to->as_get) {
    hop.query.method = "GET";
    hop.query.body = {};
    std::erase_if(hop.query.headers,
                  [](const auto& one) { return text::lower_ascii(one.first).starts_with("content-"); });
  }
  // What was typed for one place is not handed to another, although it is of the same system.
  if (elsewhere && !hop.query.body.empty()) return CASEBRIDGE_HTTP_REDIRECT_REFUSED;
  if (elsewhere)
    std::erase_if(hop.query.headers, [](const auto& one) {
      return text::equal_ignoring_case(one.first, "Authorization") ||
             text::equal_ignoring_case(one.first, "Cookie") ||
             one.second.find("${secret:") != std::string_view::npos;
    });
  hop.origin = to->origin;
  hop.target = to->target;
  return CASEBRIDGE_HTTP_OK;
}

std::int32_t HttpClient::exchange(const HttpQuery& query, const Deadline& deadline, HttpAnswer& answer) {
  const Origin* origin = find_origin(query.origin);
  const bool own_cookies = std::any_of(query.headers.begin(), query.headers.end(), [](const auto& one) {
    return text::equal_ignoring_case(one.first, "Cookie");
  });
  if (origin == nullptr || query.redirects_max > redirects_ceiling || (own_cookies && query.jar != nullptr))
    return CASEBRIDGE_HTTP_NOT_ALLOWED;
  auto until = deadline.at();
  if (query.timeout.count() > 0) until = std::min(until, Deadline::SteadyClock::now() + query.timeout);
  const Patience patience{until, deadline};
  Hop hop{query, *origin, std::string(query.target), {}};
  for (unsigned followed = 0;; ++followed) {
    HttpQuery next = hop.query;
    next.target = hop.target;
    if (query.jar != nullptr) hop.cookies = query.jar->header_for(hop.origin, hop.target, query.now);
    next.cookies = hop.cookies;
    std::int32_t code = once(next, hop.origin, patience, answer);
    wipe(hop.cookies);
    // The first request has arrived, whatever becomes of the ones it led to.
    if (followed > 0 && code == CASEBRIDGE_HTTP_NOT_SENT) code = CASEBRIDGE_HTTP_LOST;
    if (followed > 0 && code == CASEBRIDGE_HTTP_SLOW_CONNECT) code = CASEBRIDGE_HTTP_TIMEOUT;
    if (code != CASEBRIDGE_HTTP_OK) return code;
    for (const auto& [name, value] : answer.headers)
      if (query.jar != nullptr && text::equal_ignoring_case(name, "Set-Cookie"))
        query.jar->take(value, hop.origin, hop.target, query.now);
    answer.origin = hop.origin.text();
    answer.target = hop.target;
    if (query.redirects_max == 0 || !is_redirect(answer)) return CASEBRIDGE_HTTP_OK;
    if (followed == query.redirects_max) return CASEBRIDGE_HTTP_REDIRECT_LOOP;
    if (code = redirect(hop, answer); code != CASEBRIDGE_HTTP_OK) return code;
  }
}

}  // namespace casebridge::switchboard
