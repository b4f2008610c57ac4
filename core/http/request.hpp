// Request: what is left of a request once its octets have been checked. Plain data, bounded in size.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casebridge::http {

enum class Method { get, head, post, put, patch, del, options, trace, connect };
std::string_view name_of(Method method);
std::optional<Method> method_of(std::string_view token);

// The head alone, as checked by head_check; header names are lower case.
struct Head {
  Method method = Method::get;
  std::string path;       // as sent, still percent-encoded; begins with '/'
  std::string query;      // without '?', still percent-encoded
  int minor_version = 1;  // of HTTP/1.x
  std::string host;       // lower case, with port where one was sent; empty for HTTP/1.0 without Host
  std::vector<std::pair<std::string, std::string>> fields;
  std::optional<std::uint64_t> content_length{};
  bool chunked = false;
  bool expects_continue = false;
  bool keep_alive = true;

  // The value of a field; nullopt when it was not sent. Fields the gateway reads come at most once.
  std::optional<std::string_view> field(std::string_view lower_name) const {
    for (const auto& [name, value] : fields) {
      if (name == lower_name) return std::string_view(value);
    }
    return std::nullopt;
  }
};

struct Request {
  Head head;
  std::string body;
  std::string peer;  // textual address
  bool peer_is_loopback = false;
  bool tls = false;
  std::string request_id;  // 32 hex digits: the trace id of traceparent, or made here
};

}  // namespace casebridge::http
