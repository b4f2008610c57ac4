// TLS to a system: only a certificate of the configured CA, for this host, in its time, is spoken to.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "core/switchboard/http_client.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;

struct Identity {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  ~Identity() {
    EVP_PKEY_free(key);
    X509_free(certificate);
  }
};

void add_extension(X509* certificate, int nid, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// A certificate for `names`, signed by itself, valid from `from` for an hour.
void sign(Identity& identity, const std::string& names, std::chrono::seconds from) {
  X509* certificate = identity.certificate;
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), from.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate), from.count() + 3600);
  X509_set_pubkey(certificate, identity.key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate, NID_subject_alt_name, names);
  X509_sign(certificate, identity.key, EVP_sha256());
}

// Serves one TLS connection with one answer.
class TlsServer {
 public:
  TlsServer(const Identity& identity, std::string answer, bool goodbye) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 4);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    SSL_CTX_use_certificate(context_, identity.certificate);
    SSL_CTX_use_PrivateKey(context_, identity.key);
    thread_ = std::thread([this, answer = std::move(answer), goodbye] {
      const int socket = ::accept(listener_, nullptr, nullptr);
      SSL* ssl = SSL_new(context_);
      SSL_set_fd(ssl, socket);
      char request[4096];
      if (SSL_accept(ssl) == 1 && SSL_read(ssl, request, sizeof request) > 0) {
        SSL_write(ssl, answer.data(), static_cast<int>(answer.size()));
        if (goodbye) SSL_shutdown(ssl);
      }
      ::shutdown(socket, SHUT_WR);
      while (::recv(socket, request, sizeof request, 0) > 0) continue;
      SSL_free(ssl);
      ::close(socket);
    });
  }
  ~TlsServer() {
    thread_.join();
    ::close(listener_);
    SSL_CTX_free(context_);
  }
  std::string port() const { return std::to_string(port_); }

 private:
  SSL_CTX* context_ = SSL_CTX_new(TLS_server_method());
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

struct Setting {
  std::string names = "IP:127.0.0.1";
  std::chrono::seconds valid_from{-60};
  bool trusted = true;
  std::string host = "127.0.0.1";
  std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  bool goodbye = true;
};

std::int32_t code_of(const Setting& setting) {
  Identity identity;
  Identity stranger;
  sign(identity, setting.names, setting.valid_from);
  sign(stranger, setting.names, setting.valid_from);
  std::string path = (std::filesystem::temp_directory_path() / "casebridge-ca-XXXXXX").string();
  const int file = ::mkstemp(path.data());
  BIO* out = BIO_new_fd(file, BIO_CLOSE);
  PEM_write_bio_X509(out, setting.trusted ? identity.certificate : stranger.certificate);
  BIO_free(out);
  std::int32_t code = -1;
  {
    const TlsServer server(identity, setting.answer, setting.goodbye);
    HttpRules rules;
    rules.origins.push_back(*Origin::parse("https://" + setting.host + ":" + server.port()));
    rules.ca_file = path;
    const auto client = std::move(*HttpClient::make(std::move(rules)));
    HttpAnswer answer;
    code = client->exchange({.method = "GET", .target = "/"}, Deadline{5s}, answer);
  }
  ::unlink(path.c_str());
  return code;
}

TEST(Tls, SpeaksToAServerOfTheConfiguredCa) { EXPECT_EQ(code_of({}), CASEBRIDGE_HTTP_OK); }

TEST(Tls, ChecksNamesToo) {
  EXPECT_EQ(code_of({.names = "DNS:localhost", .host = "localhost"}), CASEBRIDGE_HTTP_OK);
}

TEST(Tls, SendsNothingToAStranger) { EXPECT_EQ(code_of({.trusted = false}), CASEBRIDGE_HTTP_NOT_SENT); }

TEST(Tls, SendsNothingToAnotherHost) {
  EXPECT_EQ(code_of({.names = "DNS:icop.test,IP:127.0.0.2"}), CASEBRIDGE_HTTP_NOT_SENT);
  EXPECT_EQ(code_of({.names = "DNS:icop.test", .host = "localhost"}), CASEBRIDGE_HTTP_NOT_SENT);
}

TEST(Tls, SendsNothingOutsideTheCertificatesTime) {
  EXPECT_EQ(code_of({.valid_from = -2h}), CASEBRIDGE_HTTP_NOT_SENT);
  EXPECT_EQ(code_of({.valid_from = 1h}), CASEBRIDGE_HTTP_NOT_SENT);
}

TEST(Tls, TakesAnEndWithoutGoodbyeForACut) {
  const std::string answer = "HTTP/1.1 200 OK\r\n\r\nall?";
  EXPECT_EQ(code_of({.answer = answer, .goodbye = true}), CASEBRIDGE_HTTP_OK);
  EXPECT_EQ(code_of({.answer = answer, .goodbye = false}), CASEBRIDGE_HTTP_LOST);
}

}  // namespace
}  // namespace casebridge::switchboard
