// TLS 1.2 and 1.3 through OpenSSL's context: Poco 1.11 has no word for most of it.
#include "core/http/certificates.hpp"

#include <Poco/Exception.h>
#include <openssl/ssl.h>

#include <fstream>
#include <iterator>
#include <memory>

namespace casebridge::http {
namespace {

constexpr std::size_t ocsp_bytes_max = 64 * 1024;

void free_staple(void*, void* staple, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<std::string*>(staple);
}

// The place beside an SSL_CTX that the response lives in, as long as the context does.
int staple_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, free_staple);
  return index;
}

// OpenSSL frees the octets it is given.
int show_staple(SSL* connection, void*) {
  const auto* const staple =
      static_cast<const std::string*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(connection), staple_index()));
  if (staple == nullptr) return SSL_TLSEXT_ERR_NOACK;
  auto* const copy = static_cast<unsigned char*>(OPENSSL_memdup(staple->data(), staple->size()));
  if (copy == nullptr) return SSL_TLSEXT_ERR_NOACK;
  SSL_set_tlsext_status_ocsp_resp(connection, copy, static_cast<long>(staple->size()));
  return SSL_TLSEXT_ERR_OK;
}

bool add_staple(SSL_CTX* context, const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  auto staple =
      std::make_unique<std::string>(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  if (staple->empty() || staple->size() > ocsp_bytes_max) return false;
  if (SSL_CTX_set_ex_data(context, staple_index(), staple.get()) != 1) return false;
  staple.release();
  SSL_CTX_set_tlsext_status_cb(context, show_staple);
  return true;
}

Poco::Net::Context::Ptr tls_context_of(const TlsFiles& files) {
  using Poco::Net::Context;
  Context::Params params;
  params.privateKeyFile = files.key;
  params.certificateFile = files.certificate;
  params.verificationMode = Context::VERIFY_NONE;  // clients show no certificate
  params.loadDefaultCAs = false;
  params.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL";  // TLS 1.2; the suites of 1.3 are all fine
  Context::Ptr context = new Context(Context::TLS_SERVER_USE, params);
  SSL_CTX* const ssl = context->sslContext();
  // OpenSSL forgets a key that does not belong to the certificate loaded after it, and says nothing.
  if (SSL_CTX_check_private_key(ssl) != 1) throw Poco::InvalidArgumentException();
  SSL_CTX_set_min_proto_version(ssl, TLS1_2_VERSION);
  SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // An answer that does not fit goes on from another place in memory, and idle connections keep no buffers.
  SSL_CTX_set_mode(
      ssl, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_RELEASE_BUFFERS);
  if (!files.ocsp_response.empty() && !add_staple(ssl, files.ocsp_response)) return nullptr;
  return context;
}

}  // namespace

Result<void> Certificates::load() {
  try {
    auto context = tls_context_of(files_);
    if (context.isNull())
      return trouble(TroubleCode::dependency_failed, "the OCSP response of the listener cannot be used");
    const std::lock_guard lock(mutex_);
    current_ = std::move(context);
    return {};
  } catch (const Poco::Exception&) {
    return trouble(TroubleCode::dependency_failed,
                   "the certificate or the key of the listener cannot be used");
  }
}

Poco::Net::Context::Ptr Certificates::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

}  // namespace casebridge::http
