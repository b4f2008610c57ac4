// Talks over Poco's client sockets; its exceptions end here and their texts go nowhere.
#include "core/mail/smtp_connection.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/secret.hpp"
#include "core/base/text.hpp"

namespace casebridge::mail {
namespace {

constexpr std::size_t reply_line_octets_max = 1000;  // RFC 5321 §4.5.3.1.5 says 512; some servers say more
constexpr std::size_t reply_lines_max = 100;

Trouble failed(const char* detail) { return trouble(TroubleCode::dependency_failed, detail); }

Poco::Timespan left_of(const Deadline& deadline) {
  const auto left = std::max(deadline.left(), std::chrono::milliseconds{1});
  return Poco::Timespan(std::chrono::duration_cast<std::chrono::microseconds>(left).count());
}

}  // namespace

struct SmtpConnection::Socket {
  Poco::Net::StreamSocket stream;
};

SmtpConnection::SmtpConnection(std::unique_ptr<Socket> socket, const Deadline& deadline)
    : socket_(std::move(socket)), deadline_(deadline) {}

SmtpConnection::~SmtpConnection() {
  try {
    socket_->stream.close();
  } catch (const Poco::Exception&) {
    // It is gone either way.
  }
}

Result<std::unique_ptr<SmtpConnection>> SmtpConnection::open(const std::string& host, int port,
                                                             const Deadline& deadline) {
  try {
    auto socket = std::make_unique<Socket>();
    socket->stream.connect(Poco::Net::SocketAddress(host, static_cast<Poco::UInt16>(port)),
                           left_of(deadline));
    return std::unique_ptr<SmtpConnection>(new SmtpConnection(std::move(socket), deadline));
  } catch (const Poco::Exception&) {
    return failed("the mail server cannot be reached");
  }
}

Result<std::string> SmtpConnection::read_line() {
  for (;;) {
    const std::size_t end = received_.find('\n');
    if (end != std::string::npos) {
      if (end == 0 || received_[end - 1] != '\r') return failed("the mail server ends a line without CR");
      std::string line = received_.substr(0, end - 1);
      received_.erase(0, end + 1);
      return line;
    }
    if (received_.size() > reply_line_octets_max)
      return failed("the mail server sends a line that is too long");
    if (deadline_.over()) return failed("the mail server did not answer in time");
    try {
      std::array<char, 1024> block{};
      socket_->stream.setReceiveTimeout(left_of(deadline_));
      const int size = socket_->stream.receiveBytes(block.data(), static_cast<int>(block.size()));
      if (size <= 0) return failed("the mail server closed the connection");
      received_.append(block.data(), static_cast<std::size_t>(size));
    } catch (const Poco::Exception&) {
      return failed("the mail server did not answer");
    }
  }
}

Result<SmtpReply> SmtpConnection::read_reply() {
  SmtpReply reply;
  while (reply.lines.size() < reply_lines_max) {
    CASEBRIDGE_TRY(const std::string text, read_line());
    const auto line = read_reply_line(text);
    if (!line || (!reply.lines.empty() && line->code != reply.code))
      return failed("the mail server does not speak SMTP");
    reply.code = line->code;
    reply.lines.emplace_back(line->text);
    if (line->is_last) return reply;
  }
  return failed("the mail server sends too many lines");
}

Result<void> SmtpConnection::write(std::string_view octets) {
  try {
    while (!octets.empty()) {
      if (deadline_.over()) return failed("the mail server did not take the message in time");
      socket_->stream.setSendTimeout(left_of(deadline_));
      const int sent = socket_->stream.sendBytes(octets.data(), static_cast<int>(octets.size()));
      if (sent <= 0) return failed("the mail server closed the connection");
      octets.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  } catch (const Poco::Exception&) {
    return failed("the mail server closed the connection");
  }
}

Result<SmtpReply> SmtpConnection::command(std::string_view line) {
  if (text::has_control(line)) return field_trouble("command", "holds a control character");
  std::string octets(line);
  octets += "\r\n";
  const Result<void> written = write(octets);
  wipe(octets);  // AUTH carries a password
  CASEBRIDGE_CHECK(written);
  return read_reply();
}

Result<SmtpReply> SmtpConnection::send_block(std::string_view octets) {
  CASEBRIDGE_CHECK(write(octets));
  return read_reply();
}

Result<void> SmtpConnection::encrypt(const std::string& host, const std::string& ca_file) {
  if (!received_.empty()) return failed("the mail server sent commands before the encryption");
  try {
    Poco::Net::Context::Ptr context(new Poco::Net::Context(Poco::Net::Context::CLIENT_USE, "", "", ca_file,
                                                           Poco::Net::Context::VERIFY_STRICT, 9,
                                                           ca_file.empty()));
    context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    socket_->stream.setReceiveTimeout(left_of(deadline_));
    socket_->stream.setSendTimeout(left_of(deadline_));
    Poco::Net::SecureStreamSocket secure =
        Poco::Net::SecureStreamSocket::attach(socket_->stream, host, context);
    if (secure.completeHandshake() != 1) return failed("the encryption with the mail server failed");
    secure.verifyPeerCertificate(host);
    socket_->stream = secure;
    return {};
  } catch (const Poco::Exception&) {
    return failed("the encryption with the mail server failed");
  }
}

}  // namespace casebridge::mail
