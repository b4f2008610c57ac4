// libfido2 is used without any device: it parses keys and verifies, everything else is checked before.
#include "core/identity/passkey_key.hpp"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace casebridge::identity {
namespace {

void begin_libfido2() {
  static const bool begun = [] {
    ::fido_init(0);
    return true;
  }();
  (void)begun;
}

// All of libfido2's objects are freed through a pointer to the pointer.
template <class T, void (*free_it)(T**)>
struct FreeFido {
  void operator()(T* object) const { free_it(&object); }
};
using FidoCredential = std::unique_ptr<fido_cred_t, FreeFido<fido_cred_t, ::fido_cred_free>>;
using FidoAssertion = std::unique_ptr<fido_assert_t, FreeFido<fido_assert_t, ::fido_assert_free>>;
using FidoEs256 = std::unique_ptr<es256_pk_t, FreeFido<es256_pk_t, ::es256_pk_free>>;
using FidoRs256 = std::unique_ptr<rs256_pk_t, FreeFido<rs256_pk_t, ::rs256_pk_free>>;
using FidoEddsa = std::unique_ptr<eddsa_pk_t, FreeFido<eddsa_pk_t, ::eddsa_pk_free>>;
struct FreeEvp {
  void operator()(EVP_PKEY* key) const { ::EVP_PKEY_free(key); }
};
using FidoEvp = std::unique_ptr<EVP_PKEY, FreeEvp>;

const unsigned char* fido_octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Runs `use` with the key in the form that libfido2 verifies with; false when there is none.
template <class Use>
bool with_key(const PasskeyKey& key, Use use) {
  const auto* octets = fido_octets(key.octets);
  const std::size_t size = key.octets.size();
  if (key.algorithm == cose_es256) {
    const FidoEs256 made(::es256_pk_new());
    return size == 64 && made && ::es256_pk_from_ptr(made.get(), octets, size) == FIDO_OK &&
           FidoEvp(::es256_pk_to_EVP_PKEY(made.get())) && use(made.get());
  }
  if (key.algorithm == cose_rs256) {
    const FidoRs256 made(::rs256_pk_new());
    return made && ::rs256_pk_from_ptr(made.get(), octets, size) == FIDO_OK &&
           FidoEvp(::rs256_pk_to_EVP_PKEY(made.get())) && use(made.get());
  }
  const FidoEddsa made(::eddsa_pk_new());
  return key.algorithm == cose_eddsa && size == 32 && made &&
         ::eddsa_pk_from_ptr(made.get(), octets, size) == FIDO_OK &&
         FidoEvp(::eddsa_pk_to_EVP_PKEY(made.get())) && use(made.get());
}

// None is asked for. What an authenticator adds all the same is signed with the rest and means nothing here;
// libfido2 must only be told of those it knows.
int extensions_in(const CborMap& extensions) {
  int mask = 0;
  if (extensions.contains(std::string("hmac-secret"))) mask |= FIDO_EXT_HMAC_SECRET;
  if (extensions.contains(std::string("credBlob"))) mask |= FIDO_EXT_CRED_BLOB;
  return mask;
}

}  // namespace

bool is_offered(std::int64_t algorithm) {
  return std::find(std::begin(offered_algorithms), std::end(offered_algorithms), algorithm) !=
         std::end(offered_algorithms);
}

std::optional<PasskeyKey> public_key_of(const AuthenticatorData& made, std::string_view client_digest,
                                        const std::string& rp_id) {
  if (!made.credential || !is_offered(made.credential->algorithm)) return std::nullopt;
  begin_libfido2();
  const FidoCredential parsed(::fido_cred_new());
  if (!parsed ||
      ::fido_cred_set_type(parsed.get(), static_cast<int>(made.credential->algorithm)) != FIDO_OK ||
      ::fido_cred_set_rp(parsed.get(), rp_id.c_str(), nullptr) != FIDO_OK ||
      ::fido_cred_set_clientdata_hash(parsed.get(), fido_octets(client_digest), client_digest.size()) !=
          FIDO_OK ||
      ::fido_cred_set_authdata_raw(parsed.get(), fido_octets(made.octets), made.octets.size()) != FIDO_OK)
    return std::nullopt;
  const auto* octets = reinterpret_cast<const char*>(::fido_cred_pubkey_ptr(parsed.get()));
  if (octets == nullptr) return std::nullopt;
  PasskeyKey key{made.credential->algorithm, {octets, ::fido_cred_pubkey_len(parsed.get())}};
  if (!with_key(key, [](const void*) { return true; })) return std::nullopt;
  return key;
}

bool has_signed(const PasskeyKey& key, const AuthenticatorData& data, std::string_view client_digest,
                std::string_view signature, const std::string& rp_id) {
  begin_libfido2();
  const FidoAssertion made(::fido_assert_new());
  if (!made || ::fido_assert_set_rp(made.get(), rp_id.c_str()) != FIDO_OK ||
      ::fido_assert_set_clientdata_hash(made.get(), fido_octets(client_digest), client_digest.size()) !=
          FIDO_OK ||
      ::fido_assert_set_count(made.get(), 1) != FIDO_OK ||
      ::fido_assert_set_up(made.get(), FIDO_OPT_TRUE) != FIDO_OK ||
      ::fido_assert_set_uv(made.get(), FIDO_OPT_TRUE) != FIDO_OK ||
      ::fido_assert_set_extensions(made.get(), extensions_in(data.extensions)) != FIDO_OK ||
      ::fido_assert_set_authdata_raw(made.get(), 0, fido_octets(data.octets), data.octets.size()) !=
          FIDO_OK ||
      ::fido_assert_set_sig(made.get(), 0, fido_octets(signature), signature.size()) != FIDO_OK)
    return false;
  return with_key(key, [&](const void* public_key) {
    return ::fido_assert_verify(made.get(), 0, static_cast<int>(key.algorithm), public_key) == FIDO_OK;
  });
}

}  // namespace casebridge::identity
