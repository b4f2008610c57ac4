// What an adapter may ask over HTTP: the system's own origins, with bounds, and connections kept for the next
// call.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"
#include "core/base/secret.hpp"
#include "core/switchboard/http_answer.hpp"

namespace casebridge::switchboard {

struct HttpRules {
  std::vector<Origin> origins;  // not empty; plaintext ones are checked by whoever made the rules
  std::string ca_file;          // empty: the machine's trust store
  std::map<std::string, SecretBytes> secrets;
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds idle_max{10'000};
  std::size_t idle_connections_max = 8;
  std::size_t answer_bytes_max = limits::state_answer_bytes_max;
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
};

class HttpClient {
 public:
  // Trouble internal when the CA file cannot be used.
  static Result<std::unique_ptr<HttpClient>> make(HttpRules rules);
  // Any thread; blocks until the deadline at most (and the machine's resolver). One of CASEBRIDGE_HTTP_*;
  // `answer` is filled for CASEBRIDGE_HTTP_OK only. Never repeats a request, never follows a redirect.
  std::int32_t exchange(const HttpQuery& query, const Deadline& deadline, HttpAnswer& answer);
  bool has_secret(std::string_view name) const;

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    Deadline::SteadyClock::time_point since;
  };
  HttpClient(HttpRules rules, TlsSettings tls) : rules_(std::move(rules)), tls_(std::move(tls)) {}
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
