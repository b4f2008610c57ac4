// Digests, key derivation and AES-256-GCM over OpenSSL's EVP interface.
#include "core/base/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <climits>
#include <memory>
#include <stdexcept>

namespace casebridge::crypto {
namespace {

constexpr std::size_t key_octets = 32;
constexpr std::size_t iv_octets = 12;
constexpr std::size_t tag_octets = 16;
constexpr std::size_t plain_octets_max = 1U << 30;  // far below what one EVP call can count

template <auto release>
struct Releaser {
  template <class T>
  void operator()(T* thing) const {
    release(thing);
  }
};
template <class T, auto release>
using Owned = std::unique_ptr<T, Releaser<release>>;
using CipherContext = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using MacContext = Owned<EVP_MAC_CTX, EVP_MAC_CTX_free>;
using KdfContext = Owned<EVP_KDF_CTX, EVP_KDF_CTX_free>;

template <class Pointer>
Pointer present(Pointer pointer) {
  if (!pointer) throw std::runtime_error("OpenSSL lacks an algorithm or memory");
  return pointer;
}

void must(bool done) {
  if (!done) throw std::runtime_error("OpenSSL could not compute");
}

OSSL_PARAM digest_parameter() {
  static char name[] = "SHA256";
  return OSSL_PARAM_construct_utf8_string(OSSL_ALG_PARAM_DIGEST, name, 0);
}

// Looking an algorithm up takes a lock and a search in OpenSSL 3, so it is done once.
struct Algorithms {
  Owned<EVP_MD, EVP_MD_free> digest{present(EVP_MD_fetch(nullptr, "SHA256", nullptr))};
  Owned<EVP_CIPHER, EVP_CIPHER_free> cipher{present(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr))};
  Owned<EVP_MAC, EVP_MAC_free> mac{present(EVP_MAC_fetch(nullptr, "HMAC", nullptr))};
  Owned<EVP_KDF, EVP_KDF_free> kdf{present(EVP_KDF_fetch(nullptr, "HKDF", nullptr))};
};

const Algorithms& algorithms() {
  static const Algorithms fetched;
  return fetched;
}

const std::uint8_t* octets(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}
std::uint8_t* octets(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

// Associated data go in with a null output; none at all must not be passed.
bool add_aad(EVP_CIPHER_CTX* context, std::string_view aad, decltype(&EVP_EncryptUpdate) update) {
  int written = 0;
  return aad.empty() || update(context, nullptr, &written, octets(aad), static_cast<int>(aad.size())) == 1;
}

bool fits(std::string_view data) { return data.size() <= plain_octets_max; }

Trouble not_openable() { return trouble(TroubleCode::internal, "sealed data cannot be opened"); }

}  // namespace

Digest sha256(std::string_view data) {
  Digest digest{};
  must(EVP_Digest(data.data(), data.size(), digest.data(), nullptr, algorithms().digest.get(), nullptr) == 1);
  return digest;
}

Digest hmac_sha256(const SecretBytes& key, std::string_view data) {
  const MacContext context{present(EVP_MAC_CTX_new(algorithms().mac.get()))};
  const OSSL_PARAM parameters[] = {digest_parameter(), OSSL_PARAM_construct_end()};
  // A null key would mean "as before"; an empty one needs an address of its own.
  const std::uint8_t nothing = 0;
  const std::uint8_t* const key_data = key.empty() ? &nothing : key.bytes().data();
  Digest digest{};
  std::size_t written = 0;
  must(EVP_MAC_init(context.get(), key_data, key.size(), parameters) == 1 &&
       EVP_MAC_update(context.get(), octets(data), data.size()) == 1 &&
       EVP_MAC_final(context.get(), digest.data(), &written, digest.size()) == 1 && written == digest.size());
  return digest;
}

SecretBytes derive_key(const SecretBytes& key, std::string_view purpose, std::size_t size) {
  const KdfContext context{present(EVP_KDF_CTX_new(algorithms().kdf.get()))};
  SecretBytes source = key.clone();  // OSSL_PARAM takes no const
  std::string info(purpose);
  const OSSL_PARAM parameters[] = {
      digest_parameter(),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, source.bytes().data(), source.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
      OSSL_PARAM_construct_end(),
  };
  SecretBytes derived(size);
  must(EVP_KDF_derive(context.get(), derived.bytes().data(), size, parameters) == 1);
  return derived;
}

void random_bytes(std::span<std::uint8_t> out) {
  if (out.size() > INT_MAX) throw std::runtime_error("too many random octets asked for");
  if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
    throw std::runtime_error("the machine has no randomness");
}

SecretBytes random_secret(std::size_t size) {
  SecretBytes secret(size);
  random_bytes(secret.bytes());
  return secret;
}

std::string random_token() {
  std::array<std::uint8_t, 32> bytes{};
  random_bytes(bytes);
  std::string token = base64url(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return token;
}

std::string random_digits(std::size_t count) {
  std::string digits;
  while (digits.size() < count) {
    std::array<std::uint8_t, 16> bytes{};
    random_bytes(bytes);
    // Octets from 250 on would make the low digits a little more likely.
    for (const std::uint8_t byte : bytes)
      if (byte < 250 && digits.size() < count) digits += static_cast<char>('0' + byte % 10);
  }
  return digits;
}

bool equal(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<std::string> seal(const SecretBytes& key, std::string_view plain, std::string_view aad) {
  if (key.size() != key_octets) return trouble(TroubleCode::internal, "a sealing key must have 32 octets");
  if (!fits(plain) || !fits(aad)) return trouble(TroubleCode::internal, "too much to be sealed at once");
  std::string sealed(iv_octets + plain.size() + tag_octets, '\0');
  random_bytes({octets(sealed), iv_octets});
  const CipherContext context{present(EVP_CIPHER_CTX_new())};
  std::uint8_t* const body = octets(sealed) + iv_octets;
  int written = 0;
  must(EVP_EncryptInit_ex2(context.get(), algorithms().cipher.get(), key.bytes().data(), octets(sealed),
                           nullptr));
  must(add_aad(context.get(), aad, EVP_EncryptUpdate));
  if (!plain.empty())
    must(EVP_EncryptUpdate(context.get(), body, &written, octets(plain), static_cast<int>(plain.size())));
  must(EVP_EncryptFinal_ex(context.get(), body + plain.size(), &written));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_octets),
                           body + plain.size()));
  return sealed;
}

Result<SecretBytes> open(const SecretBytes& key, std::string_view sealed, std::string_view aad) {
  if (key.size() != key_octets || sealed.size() < iv_octets + tag_octets || !fits(sealed) || !fits(aad))
    return not_openable();
  const std::string_view body = sealed.substr(iv_octets, sealed.size() - iv_octets - tag_octets);
  std::string tag(sealed.substr(sealed.size() - tag_octets));
  const CipherContext context{present(EVP_CIPHER_CTX_new())};
  must(EVP_DecryptInit_ex2(context.get(), algorithms().cipher.get(), key.bytes().data(), octets(sealed),
                           nullptr));
  must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_octets), tag.data()));
  must(add_aad(context.get(), aad, EVP_DecryptUpdate));
  SecretBytes plain(body.size());
  int written = 0;
  if (!body.empty())
    must(EVP_DecryptUpdate(context.get(), plain.bytes().data(), &written, octets(body),
                           static_cast<int>(body.size())));
  std::uint8_t rest[tag_octets];
  // The final step compares the tag: a changed octet anywhere ends here.
  if (EVP_DecryptFinal_ex(context.get(), rest, &written) != 1) return not_openable();
  return plain;
}

}  // namespace casebridge::crypto
