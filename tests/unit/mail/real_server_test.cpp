// Mails through programs that others wrote a server with: the sandbox's mail sink, and Python's own SMTP
// module.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/mail/smtp_mailer.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/mail/program.hpp"

namespace casebridge::mail {
namespace {

using ::testing::HasSubstr;
using testing::number_after;
using testing::Program;

ports::Mail spanish() {
  return {"mal_01", "parent@mail.example", "Su código de Casebridge",
          "Hola:\n\n    12345678\n\n.una línea con punto\n" + std::string(200, 'x') + "\n"};
}

SmtpSettings to_port(int port) {
  SmtpSettings settings;
  settings.port = port;
  settings.sender = {"no-reply@gateway.example", "Casebridge"};
  return settings;
}

const ManualClock& noon() {
  static const ManualClock clock{*parse_instant("2026-03-16T12:00:00Z")};
  return clock;
}

TEST(RealServer, TheMailSinkShowsTheMailAsItWasWritten) {
  Program sink({casebridge::tests::in_source("tools/mail-sink")});
  const std::string ready = sink.line();
  SmtpMailer mailer(to_port(number_after(ready, "\"smtp_port\": ")), noon());
  ASSERT_TRUE(mailer.send(spanish()));
  const int page = number_after(ready, "http://127.0.0.1:");
  Program asked({"/usr/bin/curl", "-s", "http://127.0.0.1:" + std::to_string(page) + "/messages"});
  const std::string messages = asked.line();
  EXPECT_THAT(messages, HasSubstr(R"("to": ["parent@mail.example"])"));
  EXPECT_THAT(messages, HasSubstr(R"("subject": "Su c\u00f3digo de Casebridge")"));
  EXPECT_THAT(messages,
              HasSubstr(R"(\n    12345678\n\n.una l\u00ednea con punto\n)" + std::string(200, 'x')));
}

// Python 3.11 still has smtpd; where it is gone there is nothing to test against.
constexpr const char* python_server = R"(
import asyncore, smtpd, sys
class Sink(smtpd.SMTPServer):
    def process_message(self, peer, mailfrom, rcpttos, data, **kw):
        print(mailfrom, rcpttos); print(data.decode()); print('-- end', flush=True)
sink = Sink(('127.0.0.1', 0), None)
print('port', sink.socket.getsockname()[1], flush=True)
asyncore.loop(timeout=0.1)
)";

TEST(RealServer, PythonsServerTakesTheMail) {
  Program server({"/usr/bin/python3", "-W", "ignore", "-c", python_server});
  const int port = number_after(server.line(), "port ");
  if (port == 0) GTEST_SKIP() << "this Python has no smtpd";
  SmtpMailer mailer(to_port(port), noon());
  ASSERT_TRUE(mailer.send(spanish()));
  const std::string heard = server.rest_until("-- end");
  EXPECT_THAT(heard, HasSubstr("no-reply@gateway.example ['parent@mail.example']"));
  EXPECT_THAT(heard, HasSubstr("Subject: =?utf-8?q?Su_c=C3=B3digo_de_Casebridge?="));
  EXPECT_THAT(heard, HasSubstr("\n.una l=C3=ADnea con punto"));
}

}  // namespace
}  // namespace casebridge::mail
