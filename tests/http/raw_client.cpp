// A client that trusts Content-Length and nothing else.
#include "tests/http/raw_client.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <array>
#include <utility>

#include "core/base/text.hpp"

namespace casebridge::tests {
namespace {

Poco::Net::StreamSocket connected(std::uint16_t port, const Poco::Net::Context::Ptr& tls) {
  const Poco::Net::SocketAddress address("127.0.0.1", port);
  if (tls) return Poco::Net::SecureStreamSocket(address, "localhost", tls);
  return Poco::Net::StreamSocket(address);
}

}  // namespace

RawClient::RawClient(std::uint16_t port, const Poco::Net::Context::Ptr& tls)
    : socket_(connected(port, tls)) {}

void RawClient::send(std::string_view octets) {
  while (!octets.empty()) {
    const int sent = socket_.sendBytes(octets.data(), static_cast<int>(octets.size()));
    if (sent <= 0) return;
    octets.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool RawClient::receive(std::chrono::steady_clock::time_point until) {
  const auto left =
      std::chrono::duration_cast<std::chrono::microseconds>(until - std::chrono::steady_clock::now());
  if (ended_ || left.count() <= 0) return false;
  std::array<char, 8192> octets;
  try {
    socket_.setReceiveTimeout(Poco::Timespan(left.count()));
    const int count = socket_.receiveBytes(octets.data(), static_cast<int>(octets.size()));
    if (count > 0) {
      buffer_.append(octets.data(), static_cast<std::size_t>(count));
      return true;
    }
    ended_ = count == 0;
  } catch (const Poco::TimeoutException&) {
    return false;
  } catch (const Poco::Exception&) {
    ended_ = true;
  }
  return false;
}

std::optional<RawAnswer> RawClient::answer(bool has_body, std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!receive(until)) return std::nullopt;
  }
  RawAnswer answer;
  const std::vector<std::string> lines = text::split(buffer_.substr(0, end), '\n');
  answer.status = static_cast<int>(text::parse_int(lines.at(0).substr(9, 3)).value_or(0));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t colon = lines[i].find(':');
    std::string& value = answer.fields[text::lower_ascii(lines[i].substr(0, colon))];
    if (!value.empty()) value += '\n';
    value += text::trim(std::string_view(lines[i]).substr(colon + 1));
  }
  buffer_.erase(0, end + 4);
  if (!has_body) return answer;
  const auto size = static_cast<std::size_t>(text::parse_int(answer.field("content-length")).value_or(0));
  while (buffer_.size() < size) {
    if (!receive(until)) return std::nullopt;
  }
  answer.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return answer;
}

std::string RawClient::rest(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (receive(until)) {
  }
  return std::exchange(buffer_, {});
}

bool RawClient::closes(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (buffer_.empty() && receive(until)) {
  }
  return ended_ && buffer_.empty();
}

}  // namespace casebridge::tests
