// Reads one HTTP/1.1 answer from a connection: strict framing, bounded, whole or not at all (RFC 9112).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/switchboard/connection.hpp"

namespace casebridge::switchboard {

struct HttpAnswer {
  unsigned status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool reusable = false;  // the connection may serve another request
  std::string origin{};   // where it came from, after redirects
  std::string target{};
};

enum class Reading { whole, cut, timed_out, cancelled, too_large, not_http };

class HttpAnswerReader {
 public:
  HttpAnswerReader(Connection& connection, const Patience& patience, std::size_t body_bytes_max)
      : connection_(connection), patience_(patience), body_bytes_max_(body_bytes_max) {}
  // `head_only`: the answer to HEAD, which has no body whatever its headers say.
  Reading read(HttpAnswer& answer, bool head_only);

 private:
  Reading read_head(HttpAnswer& answer);
  Reading read_body(HttpAnswer& answer, bool head_only);
  Reading read_sized(HttpAnswer& answer, std::size_t size);
  Reading read_chunked(HttpAnswer& answer);
  Reading read_to_end(HttpAnswer& answer);
  Reading read_line(std::string& line, std::size_t& budget);
  Reading fill();

  Connection& connection_;
  const Patience& patience_;
  std::size_t body_bytes_max_;
  std::string buffer_;
  std::size_t used_ = 0;  // octets of the buffer that are read already
  bool http_1_0_ = false;
  bool ended_ = false;
};

}  // namespace casebridge::switchboard
