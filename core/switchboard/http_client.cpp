// Checks a request, sends it over a connection of its origin, and says exactly how far it got.
#include "core/switchboard/http_client.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t request_body_bytes_max = 16 * 1024 * 1024;
constexpr std::size_t request_headers_max = 50;
constexpr std::size_t request_target_bytes_max = 4096;

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
  CASEBRIDGE_TRY(auto tls, TlsSettings::make(rules.ca_file));
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

std::int32_t HttpClient::exchange(const HttpQuery& query, const Deadline& deadline, HttpAnswer& answer) {
  const Origin* origin = find_origin(query.origin);
  if (origin == nullptr) return CASEBRIDGE_HTTP_NOT_ALLOWED;
  std::string octets;
  if (!build(query, *origin, octets)) {
    wipe(octets);
    return CASEBRIDGE_HTTP_NOT_ALLOWED;
  }
  if (deadline.over()) {
    wipe(octets);
    return CASEBRIDGE_HTTP_CANCELLED;
  }
  const auto start = Deadline::SteadyClock::now();
  auto until = deadline.at();
  if (query.timeout.count() > 0) until = std::min(until, start + query.timeout);
  const Patience patience{until, deadline};

  std::unique_ptr<Connection> connection;
  if (query.method == "GET" || query.method == "HEAD") connection = take_idle(*origin);
  if (!connection) {
    auto opened =
        Connection::open(*origin, tls_, {std::min(until, start + rules_.connect_timeout), deadline});
    if (const Io* io = std::get_if<Io>(&opened)) {
      wipe(octets);
      return code_of_open(*io, deadline.cancelled());
    }
    connection = std::move(std::get<0>(opened));
  }
  const Io written = connection->write(octets, patience);
  wipe(octets);
  // A system may answer before it has read everything, and then close: its answer is still worth reading.
  if (written != Io::done && written != Io::broken) return code_of_write(written);
  HttpAnswerReader reader(*connection, patience, rules_.answer_bytes_max);
  const Reading reading = reader.read(answer, query.method == "HEAD");
  if (reading == Reading::whole && answer.reusable && written == Io::done)
    keep(*origin, std::move(connection));
  return code_of(reading);
}

}  // namespace casebridge::switchboard
