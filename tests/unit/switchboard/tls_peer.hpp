// The other side of a TLS connection: certificates made for one test, and a server of one connection.
#pragma once

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

namespace casebridge::switchboard {

struct Identity {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  ~Identity() {
    EVP_PKEY_free(key);
    X509_free(certificate);
  }
};

inline void add_extension(X509* certificate, int nid, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// A certificate for `names`, signed by itself, valid from `from` for an hour.
inline void sign(Identity& identity, const std::string& names, std::chrono::seconds from) {
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
  struct Manner {
    bool goodbye = true;
    X509* client_ca = nullptr;  // asks for a certificate signed by this one
    int version_max = TLS1_3_VERSION;
  };
  TlsServer(const Identity& identity, std::string answer, Manner manner) {
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
    SSL_CTX_set_max_proto_version(context_, manner.version_max);
    if (manner.client_ca != nullptr) {
      X509_STORE_add_cert(SSL_CTX_get_cert_store(context_), manner.client_ca);
      SSL_CTX_set_verify(context_, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    thread_ = std::thread([this, answer = std::move(answer), goodbye = manner.goodbye] {
      const int socket = ::accept(listener_, nullptr, nullptr);
      SSL* ssl = SSL_new(context_);
      SSL_set_fd(ssl, socket);
      char request[4096];
      if (SSL_accept(ssl) == 1 && SSL_read(ssl, request, sizeof request) > 0) {
        served_ = true;
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
  bool served() const { return served_; }  // a request was read

 private:
  SSL_CTX* context_ = SSL_CTX_new(TLS_server_method());
  std::atomic<bool> served_{false};
  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
};

// A certificate, or a key, as a PEM file of this test.
class PemFile {
 public:
  explicit PemFile(X509* certificate) {
    BIO* out = open();
    PEM_write_bio_X509(out, certificate);
    BIO_free(out);
  }
  PemFile(EVP_PKEY* key, mode_t mode) {
    BIO* out = open();
    PEM_write_bio_PKCS8PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    BIO_free(out);
    ::chmod(path_.c_str(), mode);
  }
  ~PemFile() { ::unlink(path_.c_str()); }
  PemFile(const PemFile&) = delete;
  PemFile& operator=(const PemFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  BIO* open() { return BIO_new_fd(::mkstemp(path_.data()), BIO_CLOSE); }
  std::string path_ = (std::filesystem::temp_directory_path() / "casebridge-pem-XXXXXX").string();
};

}  // namespace casebridge::switchboard
