// What an adapter may ask over HTTP: the system's own origins, with bounds, and connections kept for the next
// call.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"
#include "core/base/secret.hpp"
#include "core/switchboard/cookie_jar.hpp"
#include "core/switchboard/http_answer.hpp"

namespace casebridge::switchboard {

struct HttpRules {
  std::vector<Origin> origins;  // not empty; plaintext ones are checked by whoever made the rules
  std::string ca_file;          // empty: the machine's trust store
  ClientIdentity identity{};    // for mutual TLS
  std::optional<Origin> proxy{};
  std::map<std::string, SecretBytes> secrets;
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds idle_max{10'000};
  std::size_t idle_connections_max = 8;
  std::size_t answer_bytes_max = limits::state_answer_bytes_max;
  std::size_t answer_bytes_ceiling = 12 * 1024 * 1024;  // what one request may ask for at most
};

struct HttpQuery {
  std::string_view origin{};  // empty: the first
  std::string_view method;
  std::string_view target;
  std::vector<std::pair<std::string_view, std::string_view>> headers{};
  std::string_view body{};
  std::chrono::milliseconds timeout{0};
  bool secrets_in_headers = false;
  bool secrets_in_body = false;
  unsigned redirects_max = 0;        // followed; at most 10
  std::size_t answer_bytes_max = 0;  // 0: that of the rules
  CookieJar* jar = nullptr;          // sends and keeps cookies when there is one
  std::string_view cookies{};        // of the jar, for this hop; an adapter's own stand in `headers`
  Instant now{};                     // for the life of cookies
};

class HttpClient {
 public:
  // Trouble internal when the CA file, or the client's certificate or key, cannot be used.
  static Result<std::unique_ptr<HttpClient>> make(HttpRules rules);
  // Any thread; blocks until the deadline at most (and the machine's resolver). One of CASEBRIDGE_HTTP_*;
  // `answer` is filled for CASEBRIDGE_HTTP_OK only. Never repeats a request. The jar changes with every whole
  // answer, also when a later redirect fails.
  std::int32_t exchange(const HttpQuery& query, const Deadline& deadline, HttpAnswer& answer);
  const std::string& thumbprint() const { return tls_.thumbprint(); }
  bool has_secret(std::string_view name) const;

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    Deadline::SteadyClock::time_point since;
  };
  HttpClient(HttpRules rules, TlsSettings tls) : rules_(std::move(rules)), tls_(std::move(tls)) {}
  struct Hop;
  // One request and its answer; nothing is followed.
  std::int32_t once(const HttpQuery& query, const Origin& origin, const Patience& patience,
                    HttpAnswer& answer);
  std::int32_t redirect(Hop& hop, const HttpAnswer& answer) const;
  const Origin* find_origin(std::string_view text) const;
  std::unique_ptr<Connection> take_idle(const Origin& origin);
  void keep(const Origin& origin, std::unique_ptr<Connection> connection);
  bool build(const HttpQuery& query, const Origin& origin, std::string& octets) const;
  bool append(std::string& octets, std::string_view text, bool with_secrets) const;

  HttpRules rules_;
  TlsSettings tls_;
  std::mutex mutex_;  // of idle_
  std::multimap<std::string, Idle> idle_;
};

}  // namespace casebridge::switchboard
