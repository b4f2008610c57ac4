// SmtpMailer: ports::Mailer over one short SMTP conversation per mail (RFC 5321, RFC 3207, RFC 4954).
#pragma once

#include <chrono>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/secret.hpp"
#include "core/mail/message_text.hpp"
#include "core/mail/smtp_connection.hpp"
#include "core/ports/mailer.hpp"

namespace casebridge::mail {

struct SmtpSettings {
  std::string host = "127.0.0.1";
  int port = 25;
  bool encrypt = false;  // STARTTLS; when asked for, a server without it is refused
  std::string ca_file;   // empty: the machine's authorities
  std::string user;      // empty: no AUTH
  SecretBytes password{};
  std::string own_name = "localhost";  // said in EHLO
  Sender sender{"no-reply@localhost.example", "Casebridge"};
  std::chrono::milliseconds timeout_ms{30'000};  // of the whole conversation
};

// Any thread; each call has its own connection.
class SmtpMailer final : public ports::Mailer {
 public:
  // Throws std::invalid_argument for AUTH without encryption to a host that is not this machine.
  SmtpMailer(SmtpSettings settings, const Clock& clock);
  // dependency_failed: try again later. invalid_field: this mail will never be taken.
  Result<void> send(const ports::Mail& mail) override;

 private:
  Result<void> greet(SmtpConnection& connection) const;
  Result<SmtpReply> say_hello(SmtpConnection& connection) const;
  Result<void> authenticate(SmtpConnection& connection) const;

  SmtpSettings settings_;
  const Clock& clock_;
};

}  // namespace casebridge::mail
