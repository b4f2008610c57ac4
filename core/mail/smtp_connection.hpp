// SmtpConnection: one conversation with a mail server, line by line, on a plain or an encrypted socket.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/mail/smtp_reply.hpp"

namespace casebridge::mail {

// One thread. Every trouble is dependency_failed and leaves the connection unusable.
class SmtpConnection {
 public:
  static Result<std::unique_ptr<SmtpConnection>> open(const std::string& host, int port,
                                                      const Deadline& deadline);
  ~SmtpConnection();
  SmtpConnection(const SmtpConnection&) = delete;
  SmtpConnection& operator=(const SmtpConnection&) = delete;

  Result<SmtpReply> read_reply();
  // `line` without its CR LF. Refuses control characters, so that no value can become a second command.
  Result<SmtpReply> command(std::string_view line);
  // Octets as they stand, then the reply.
  Result<SmtpReply> send_block(std::string_view octets);
  // Refuses what the server sent in clear before the handshake (command injection, CVE-2011-0411); checks the
  // certificate against `host` and the authorities of `ca_file`, or the machine's when it is empty.
  Result<void> encrypt(const std::string& host, const std::string& ca_file);

 private:
  struct Socket;
  SmtpConnection(std::unique_ptr<Socket> socket, const Deadline& deadline);
  Result<std::string> read_line();
  Result<void> write(std::string_view octets);

  std::unique_ptr<Socket> socket_;
  Deadline deadline_;
  std::string received_;  // read from the socket, not yet looked at
};

}  // namespace casebridge::mail
