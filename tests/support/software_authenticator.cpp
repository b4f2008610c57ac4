// CBOR, base64url and JSON by hand: a second opinion about each form, from the same public documents.
#include "tests/support/software_authenticator.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include <stdexcept>
#include <vector>

namespace casebridge::tests {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void must(bool worked) {
  if (!worked) throw std::runtime_error("OpenSSL does not work");
}

std::string cbor_head(unsigned major, std::uint64_t value) {
  const auto first = static_cast<unsigned char>(major << 5U);
  if (value < 24) return {static_cast<char>(first | value)};
  if (value < 256) return {static_cast<char>(first | 24U), static_cast<char>(value)};
  return {static_cast<char>(first | 25U), static_cast<char>(value >> 8U), static_cast<char>(value)};
}
std::string cbor_number(std::int64_t number) {
  return number >= 0 ? cbor_head(0, static_cast<std::uint64_t>(number))
                     : cbor_head(1, static_cast<std::uint64_t>(-1 - number));
}
std::string cbor_octets(const std::string& octets) { return cbor_head(2, octets.size()) + octets; }
std::string cbor_text(const std::string& text) { return cbor_head(3, text.size()) + text; }

std::string digest_of(std::string_view octets) {
  std::string digest(32, '\0');
  unsigned size = 0;
  must(EVP_Digest(octets.data(), octets.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                  EVP_sha256(), nullptr) == 1);
  return digest;
}

std::string big_endian(std::uint32_t number, int octets) {
  std::string out;
  for (int i = octets - 1; i >= 0; --i) out.push_back(static_cast<char>(number >> (8 * i)));
  return out;
}

std::string number_of(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  must(EVP_PKEY_get_bn_param(key, name, &number) == 1);
  std::string octets(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(octets.data()));
  BN_free(number);
  return octets;
}

EVP_PKEY* new_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::es256: return EVP_EC_gen("P-256");
    case KeyKind::eddsa: return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    case KeyKind::rs256: return EVP_RSA_gen(2048);
  }
  return nullptr;
}

std::int64_t algorithm_of(KeyKind kind) {
  return kind == KeyKind::es256 ? -7 : kind == KeyKind::eddsa ? -8 : -257;
}

}  // namespace

std::string to_base64url(std::string_view octets) {
  std::string text;
  unsigned bits = 0, held = 0;
  for (const char c : octets) {
    bits = (bits << 8U | static_cast<unsigned char>(c)) & 0xFFFFU;
    for (held += 8; held >= 6; held -= 6) text.push_back(alphabet[bits >> (held - 6) & 63U]);
  }
  if (held > 0) text.push_back(alphabet[bits << (6 - held) & 63U]);
  return text;
}

std::string from_base64url_text(std::string_view text) {
  std::string octets;
  unsigned bits = 0, held = 0;
  for (const char c : text) {
    bits = (bits << 6U | static_cast<unsigned>(alphabet.find(c))) & 0xFFFFU;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    octets.push_back(static_cast<char>(bits >> held & 0xFFU));
  }
  return octets;
}

SoftwareAuthenticator::SoftwareAuthenticator(KeyKind kind, std::size_t id_bytes)
    : kind_(kind), key_(new_key(kind)), id_(id_bytes, '\0') {
  must(key_ != nullptr);
  must(RAND_bytes(reinterpret_cast<unsigned char*>(id_.data()), static_cast<int>(id_bytes)) == 1);
}

std::string SoftwareAuthenticator::cose_key(std::int64_t algorithm) const {
  const std::string about = cbor_number(3) + cbor_number(algorithm);
  if (kind_ == KeyKind::rs256)
    return cbor_head(5, 4) + cbor_number(1) + cbor_number(3) + about + cbor_number(-1) +
           cbor_octets(number_of(key_.get(), OSSL_PKEY_PARAM_RSA_N)) + cbor_number(-2) +
           cbor_octets(number_of(key_.get(), OSSL_PKEY_PARAM_RSA_E));
  std::string point(80, '\0');
  std::size_t size = 0;
  must(EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                       reinterpret_cast<unsigned char*>(point.data()), point.size(),
                                       &size) == 1);
  if (kind_ == KeyKind::eddsa)
    return cbor_head(5, 4) + cbor_number(1) + cbor_number(1) + about + cbor_number(-1) + cbor_number(6) +
           cbor_number(-2) + cbor_octets(point.substr(0, 32));
  return cbor_head(5, 5) + cbor_number(1) + cbor_number(2) + about + cbor_number(-1) + cbor_number(1) +
         cbor_number(-2) + cbor_octets(point.substr(1, 32)) + cbor_number(-3) +
         cbor_octets(point.substr(33, 32));
}

std::string SoftwareAuthenticator::client_data(const std::string& type, std::string_view challenge,
                                               const Twist& twist) const {
  return R"({"type":")" + twist.type.value_or(type) + R"(","challenge":")" +
         twist.challenge.value_or(std::string(challenge)) + R"(","origin":")" +
         twist.origin.value_or(origin) + R"(","crossOrigin":)" + (twist.cross_origin ? "true" : "false") +
         R"(,"other_keys":"may come")" + twist.client_members + "}";
}

std::string SoftwareAuthenticator::head_of_data(unsigned more_flags, const Twist& twist) {
  if (counts) ++sign_count;
  unsigned octet = (flags | more_flags | twist.flags_on) & ~twist.flags_off;
  if (!twist.extensions.empty()) octet |= flag_extensions;
  return digest_of(twist.rp_id.value_or(rp_id)) + big_endian(octet, 1) +
         big_endian(twist.sign_count.value_or(sign_count), 4);
}

std::string SoftwareAuthenticator::sign(const std::string& octets) const {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const EVP_MD* digest = kind_ == KeyKind::eddsa ? nullptr : EVP_sha256();
  must(EVP_DigestSignInit(context, nullptr, digest, nullptr, key_.get()) == 1);
  std::string signature(512, '\0');
  std::size_t size = signature.size();
  must(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                      reinterpret_cast<const unsigned char*>(octets.data()), octets.size()) == 1);
  EVP_MD_CTX_free(context);
  signature.resize(size);
  return signature;
}

std::string SoftwareAuthenticator::frame(const std::string& response, const Twist& twist) const {
  const std::string id = to_base64url(twist.named.value_or(id_));
  return R"({"id":")" + id + R"(","rawId":")" + id + R"(","type":"public-key","response":{)" + response +
         R"(},"authenticatorAttachment":"platform","clientExtensionResults":{}})";
}

std::string SoftwareAuthenticator::create(std::string_view challenge, const Twist& twist) {
  const std::string client = client_data("webauthn.create", challenge, twist);
  const std::string data = head_of_data(0x40, twist) + std::string(16, '\0') +
                           big_endian(static_cast<std::uint32_t>(id_.size()), 2) + id_ +
                           twist.key.value_or(cose_key(twist.algorithm.value_or(algorithm_of(kind_)))) +
                           twist.extensions + twist.trailing;
  const std::string object = cbor_head(5, 3) + cbor_text("fmt") + cbor_text(twist.format) +
                             cbor_text("attStmt") + twist.statement + cbor_text("authData") +
                             cbor_octets(data);
  return frame(R"("clientDataJSON":")" + to_base64url(client) + R"(","attestationObject":")" +
                   to_base64url(object) + R"(","transports":["internal","hybrid","carrier-pigeon"])",
               twist);
}

std::string SoftwareAuthenticator::get(std::string_view challenge, std::string_view user_handle,
                                       const Twist& twist) {
  const std::string client = client_data("webauthn.get", challenge, twist);
  const std::string data = head_of_data(0, twist) + twist.extensions + twist.trailing;
  std::string signature = sign(data + digest_of(client));
  if (twist.flip_signature) signature.back() = static_cast<char>(signature.back() ^ 1);
  const std::string handle =
      twist.without_handle ? "" : R"(,"userHandle":")" + to_base64url(user_handle) + '"';
  return frame(R"("clientDataJSON":")" + to_base64url(client) + R"(","authenticatorData":")" +
                   to_base64url(data) + R"(","signature":")" + to_base64url(signature) + '"' + handle,
               twist);
}

}  // namespace casebridge::tests
