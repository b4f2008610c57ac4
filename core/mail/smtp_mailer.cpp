// Greets, encrypts, authenticates, and hands the message over.
#include "core/mail/smtp_mailer.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include "core/base/crypto.hpp"

namespace casebridge::mail {
namespace {

Trouble refused(const SmtpReply& reply) {
  return trouble(TroubleCode::dependency_failed, "the mail server answered " + std::to_string(reply.code));
}

// For commands that are about this mail: 5yz means that it will never be taken.
Result<void> check_taken(const SmtpReply& reply, const char* field) {
  if (reply.is_good()) return {};
  if (reply.is_permanent_failure())
    return field_trouble(field, "the mail server answered " + std::to_string(reply.code));
  return refused(reply);
}

bool is_loopback(const std::string& host) {
  return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

}  // namespace

SmtpMailer::SmtpMailer(SmtpSettings settings, const Clock& clock)
    : settings_(std::move(settings)), clock_(clock) {
  if (!settings_.user.empty() && !settings_.encrypt && !is_loopback(settings_.host))
    throw std::invalid_argument("a mail password is not sent in clear to another machine");
}

Result<SmtpReply> SmtpMailer::say_hello(SmtpConnection& connection) const {
  CASEBRIDGE_TRY(SmtpReply reply, connection.command("EHLO " + settings_.own_name));
  if (!reply.is_good()) return refused(reply);
  return reply;
}

Result<void> SmtpMailer::authenticate(SmtpConnection& connection) const {
  std::string plain;
  plain.reserve(settings_.user.size() + settings_.password.size() + 2);  // no copies are left behind
  plain.append(1, '\0').append(settings_.user).append(1, '\0').append(settings_.password.reveal());
  std::string encoded = crypto::base64url(std::string_view(plain));
  wipe(plain);
  // RFC 4954 wants the usual alphabet, padded.
  std::replace(encoded.begin(), encoded.end(), '-', '+');
  std::replace(encoded.begin(), encoded.end(), '_', '/');
  encoded.append((4 - encoded.size() % 4) % 4, '=');
  std::string line = "AUTH PLAIN " + encoded;
  wipe(encoded);
  const Result<SmtpReply> reply = connection.command(line);
  wipe(line);
  if (!reply) return reply.error();
  if (!reply->is_good()) return refused(*reply);
  return {};
}

Result<void> SmtpMailer::greet(SmtpConnection& connection) const {
  CASEBRIDGE_TRY(const SmtpReply welcome, connection.read_reply());
  if (!welcome.is_good()) return refused(welcome);
  CASEBRIDGE_TRY(SmtpReply offer, say_hello(connection));
  if (settings_.encrypt) {
    if (!offer.offers("STARTTLS"))
      return trouble(TroubleCode::dependency_failed, "the mail server does not offer encryption");
    CASEBRIDGE_TRY(const SmtpReply ready, connection.command("STARTTLS"));
    if (!ready.is_good()) return refused(ready);
    CASEBRIDGE_CHECK(connection.encrypt(settings_.host, settings_.ca_file));
    CASEBRIDGE_TRY(offer, say_hello(connection));  // what was offered in clear does not count any more
  }
  return settings_.user.empty() ? Result<void>() : authenticate(connection);
}

Result<void> SmtpMailer::send(const ports::Mail& mail) {
  Sender sender = settings_.sender;
  if (mail.plain) sender.name.clear();
  CASEBRIDGE_TRY(std::string message, message_text(mail, sender, clock_.now()));
  const Deadline deadline(settings_.timeout_ms);
  CASEBRIDGE_TRY(const auto connection, SmtpConnection::open(settings_.host, settings_.port, deadline));
  CASEBRIDGE_CHECK(greet(*connection));
  CASEBRIDGE_TRY(const SmtpReply from, connection->command("MAIL FROM:<" + settings_.sender.address + ">"));
  if (!from.is_good()) return refused(from);
  CASEBRIDGE_TRY(const SmtpReply to, connection->command("RCPT TO:<" + mail.to + ">"));
  CASEBRIDGE_CHECK(check_taken(to, "to"));
  CASEBRIDGE_TRY(const SmtpReply data, connection->command("DATA"));
  if (data.code != 354) return refused(data);
  std::string block = stuffed(message);
  const Result<SmtpReply> taken = connection->send_block(block);
  wipe(block);
  wipe(message);
  if (!taken) return taken.error();
  CASEBRIDGE_CHECK(check_taken(*taken, "text"));
  (void)connection->command("QUIT");  // the mail is theirs now, whatever they answer
  return {};
}

}  // namespace casebridge::mail
