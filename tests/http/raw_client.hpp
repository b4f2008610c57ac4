// RawClient: sends octets as they are, plain or over TLS, and reads answers without repairing anything.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace casebridge::tests {

struct RawAnswer {
  int status = 0;
  std::map<std::string, std::string> fields;  // lower-case names; repeated ones are joined by LF
  std::string body;
  std::string field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  }
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, const Poco::Net::Context::Ptr& tls = nullptr);
  void send(std::string_view octets);
  // The next answer; nullopt when the connection ended first, or after `patience`.
  std::optional<RawAnswer> answer(bool has_body = true,
                                  std::chrono::milliseconds patience = std::chrono::milliseconds{5'000});
  // Everything that comes until the server ends the connection, or until `patience` does.
  std::string rest(std::chrono::milliseconds patience = std::chrono::milliseconds{5'000});
  // True when the server ends the connection within `patience` without another octet.
  bool closes(std::chrono::milliseconds patience = std::chrono::milliseconds{5'000});

 private:
  bool receive(std::chrono::steady_clock::time_point until);

  Poco::Net::StreamSocket socket_;
  std::string buffer_;
  bool ended_ = false;
};

}  // namespace casebridge::tests
