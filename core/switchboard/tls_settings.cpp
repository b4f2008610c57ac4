// TLS 1.2 or newer, the other side always checked; a client key never leaves OpenSSL's memory.
#include "core/switchboard/tls_settings.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>

#include "core/base/crypto.hpp"
#include "core/switchboard/private_file.hpp"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t client_key_bytes_max = 64 * 1024;

// A key that wants a passphrase is of no use here; without this OpenSSL would ask the terminal.
int no_passphrase(char*, int, int, void*) { return 0; }

}  // namespace

Result<TlsSettings> TlsSettings::make(const std::string& ca_file, const ClientIdentity& identity) {
  TlsSettings settings;
  settings.context_ = std::shared_ptr<SSL_CTX>(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  SSL_CTX* context = settings.context_.get();
  if (context == nullptr) return trouble(TroubleCode::internal, "TLS is not available");
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_CLEANSE_PLAINTEXT);  // no copies of answers in its buffers
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  const int loaded = ca_file.empty() ? SSL_CTX_set_default_verify_paths(context)
                                     : SSL_CTX_load_verify_locations(context, ca_file.c_str(), nullptr);
  ERR_clear_error();
  if (loaded != 1) return trouble(TroubleCode::internal, "the CA file holds no readable certificates");
  if (identity.given()) CASEBRIDGE_CHECK(settings.take_identity(identity));
  return settings;
}

Result<void> TlsSettings::take_identity(const ClientIdentity& identity) {
  SSL_CTX* context = context_.get();
  const int chain = SSL_CTX_use_certificate_chain_file(context, identity.certificate_file.c_str());
  ERR_clear_error();
  if (chain != 1) return trouble(TroubleCode::internal, "the client certificate file cannot be used");
  CASEBRIDGE_TRY(const SecretBytes pem, read_private_file(identity.key_file, client_key_bytes_max));
  BIO* memory = BIO_new_mem_buf(pem.bytes().data(), static_cast<int>(pem.size()));
  EVP_PKEY* key =
      memory == nullptr ? nullptr : PEM_read_bio_PrivateKey(memory, nullptr, no_passphrase, nullptr);
  BIO_free(memory);
  const bool fits =
      key != nullptr && SSL_CTX_use_PrivateKey(context, key) == 1 && SSL_CTX_check_private_key(context) == 1;
  EVP_PKEY_free(key);
  ERR_clear_error();
  if (!fits)
    return trouble(TroubleCode::internal, "the client key does not belong to the client certificate");
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  if (X509_digest(SSL_CTX_get0_certificate(context), EVP_sha256(), digest.data(), &size) != 1)
    return trouble(TroubleCode::internal, "the client certificate file cannot be used");
  thumbprint_ = crypto::base64url(std::span<const std::uint8_t>(digest));
  return {};
}

}  // namespace casebridge::switchboard
