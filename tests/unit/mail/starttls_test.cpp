// STARTTLS against a server of another language: done with a good certificate, refused with any other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>

#include "core/mail/smtp_mailer.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/mail/program.hpp"

namespace casebridge::mail {
namespace {

using ::testing::HasSubstr;
using testing::number_after;
using testing::Program;

constexpr const char* python_server = R"(
import socket, ssl, sys
listener = socket.create_server(('127.0.0.1', 0))
print('port', listener.getsockname()[1], flush=True)
plain, _ = listener.accept()
plain.sendall(b'220 hi\r\n')
plain.recv(1000); plain.sendall(b'250-m\r\n250 STARTTLS\r\n')
plain.recv(1000); plain.sendall(b'220 go\r\n')
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
try:
    stream = context.wrap_socket(plain, server_side=True)
    for reply in (b'250 m\r\n', b'250 OK\r\n', b'250 OK\r\n', b'354 go\r\n', b'250 taken\r\n'):
        heard = b''
        while not heard.endswith(b'\r\n'):
            block = stream.recv(4096)
            if not block: raise ssl.SSLError('closed')
            heard += block
        print(heard.decode().strip(), flush=True)
        stream.sendall(reply)
except (ssl.SSLError, OSError):
    print('no encryption', flush=True)
print('-- end', flush=True)
)";

class StartTlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = casebridge::testing::new_temporary_folder("mail");
    make_certificate("good", "IP:127.0.0.1");
    make_certificate("other", "IP:127.0.0.1");
    make_certificate("elsewhere", "DNS:mail.example");
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::string file(const std::string& name) const { return (directory_ / name).string(); }
  void make_certificate(const std::string& name, const std::string& subject) {
    Program openssl({"/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                     "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=" + name, "-addext",
                     "subjectAltName=" + subject, "-keyout", file(name + ".key"), "-out",
                     file(name + ".pem")});
    openssl.rest_until("never said");
  }
  Result<void> send_through(const std::string& certificate, const std::string& trusted, std::string& heard) {
    Program server(
        {"/usr/bin/python3", "-c", python_server, file(certificate + ".pem"), file(certificate + ".key")});
    SmtpSettings settings;
    settings.port = number_after(server.line(), "port ");
    settings.encrypt = true;
    settings.ca_file = file(trusted + ".pem");
    settings.sender = {"no-reply@gateway.example", ""};
    settings.timeout_ms = std::chrono::milliseconds{5000};
    SmtpMailer mailer(std::move(settings), clock_);
    Result<void> sent = mailer.send({"mal_01", "parent@mail.example", "Hello", "sealed\n"});
    heard = server.rest_until("-- end");
    return sent;
  }
  std::filesystem::path directory_;
  ManualClock clock_{*parse_instant("2026-03-16T12:00:00Z")};
};

TEST_F(StartTlsTest, AGoodCertificateCarriesTheMail) {
  std::string heard;
  EXPECT_TRUE(send_through("good", "good", heard));
  EXPECT_THAT(heard, HasSubstr("RCPT TO:<parent@mail.example>"));
  EXPECT_THAT(heard, HasSubstr("sealed"));
}

TEST_F(StartTlsTest, ACertificateOfNobodyWeTrustEndsTheConversation) {
  std::string heard;
  EXPECT_EQ(send_through("other", "good", heard).error().code, TroubleCode::dependency_failed);
  EXPECT_EQ(heard.find("RCPT"), std::string::npos);
}

TEST_F(StartTlsTest, ACertificateForAnotherHostEndsTheConversation) {
  std::string heard;
  EXPECT_EQ(send_through("elsewhere", "elsewhere", heard).error().code, TroubleCode::dependency_failed);
  EXPECT_EQ(heard.find("RCPT"), std::string::npos);
}

}  // namespace
}  // namespace casebridge::mail
