// ES256 over OpenSSL 3: DER signatures become the two numbers side by side that RFC 7518 §3.4 wants.
#include "core/switchboard/assertion_signer.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>

#include "core/base/crypto.hpp"
#include "core/model/json_writer.hpp"
#include "core/switchboard/private_file.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t assertion_key_bytes_max = 16 * 1024;
constexpr int coordinate_bytes = 32;
constexpr int sandbox_level = 2;  // AAL and IAL of persons that a sandbox fixed

using KeyPointer = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using ContextPointer = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using SignaturePointer = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;

int no_pass_phrase(char*, int, int, void*) { return 0; }

KeyPointer parse_key(const SecretBytes& pem) {
  BIO* memory = BIO_new_mem_buf(pem.bytes().data(), static_cast<int>(pem.size()));
  KeyPointer key{
      memory == nullptr ? nullptr : PEM_read_bio_PrivateKey(memory, nullptr, no_pass_phrase, nullptr),
      &EVP_PKEY_free};
  BIO_free(memory);
  std::array<char, 64> group{};
  std::size_t size = 0;
  if (key && (EVP_PKEY_get_group_name(key.get(), group.data(), group.size(), &size) != 1 ||
              std::string_view(group.data(), size) != "prime256v1"))
    key.reset();
  ERR_clear_error();
  return key;
}

// A coordinate of the public point, base64url; empty when there is none.
std::string coordinate(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return {};
  std::array<std::uint8_t, coordinate_bytes> octets{};
  const bool fits = BN_bn2binpad(number, octets.data(), coordinate_bytes) == coordinate_bytes;
  BN_free(number);
  return fits ? crypto::base64url(std::span<const std::uint8_t>(octets)) : std::string{};
}

std::string sign_es256(EVP_PKEY* key, std::string_view data) {
  const ContextPointer context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  std::array<unsigned char, 128> der{};
  std::size_t size = der.size();
  const auto* octets = reinterpret_cast<const unsigned char*>(data.data());
  if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), der.data(), &size, octets, data.size()) != 1)
    return {};
  const unsigned char* begin = der.data();
  const SignaturePointer pair{d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(size)), &ECDSA_SIG_free};
  std::array<std::uint8_t, 2 * coordinate_bytes> raw{};
  if (!pair || BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw.data(), coordinate_bytes) != coordinate_bytes ||
      BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw.data() + coordinate_bytes, coordinate_bytes) !=
          coordinate_bytes)
    return {};
  return crypto::base64url(std::span<const std::uint8_t>(raw));
}

// RFC 9562 §5.4.
std::string random_uuid() {
  std::array<std::uint8_t, 16> octets{};
  crypto::random_bytes(octets);
  octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0FU) | 0x40U);
  octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3FU) | 0x80U);
  const std::string hex = crypto::hex(octets);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

bool is_reference(std::string_view reference) {
  return reference.size() <= 64 && std::all_of(reference.begin(), reference.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                  c == '_' || c == '-';
         });
}

}  // namespace

struct AssertionSigner::Key {
  KeyPointer pair;
  std::string id;
  std::string jwk;
};

AssertionSigner::AssertionSigner(AssertionRules rules, std::string thumbprint, std::unique_ptr<const Key> key)
    : rules_(std::move(rules)), thumbprint_(std::move(thumbprint)), key_(std::move(key)) {}
AssertionSigner::~AssertionSigner() = default;

const std::string& AssertionSigner::public_jwk() const { return key_->jwk; }

Result<std::unique_ptr<AssertionSigner>> AssertionSigner::make(AssertionRules rules,
                                                               std::string certificate_thumbprint) {
  CASEBRIDGE_TRY(const SecretBytes pem, read_private_file(rules.key_file, assertion_key_bytes_max));
  KeyPointer pair = parse_key(pem);
  const std::string x = pair ? coordinate(pair.get(), OSSL_PKEY_PARAM_EC_PUB_X) : std::string{};
  const std::string y = pair ? coordinate(pair.get(), OSSL_PKEY_PARAM_EC_PUB_Y) : std::string{};
  if (x.empty() || y.empty()) return trouble(TroubleCode::internal, "the assertion key is no P-256 key");
  const std::string point = R"("kty":"EC","x":")" + x + R"(","y":")" + y + "\"";
  std::string id = rules.key_id;
  if (id.empty()) id = crypto::base64url(crypto::sha256(R"({"crv":"P-256",)" + point + "}"));
  model::StringSink sink;
  model::JsonWriter json(sink);
  json.value(id);
  std::string jwk = R"({"crv":"P-256",)" + point + R"(,"use":"sig","alg":"ES256","kid":)" + sink.take() + "}";
  auto key = std::make_unique<const Key>(Key{std::move(pair), std::move(id), std::move(jwk)});
  return std::unique_ptr<AssertionSigner>(
      new AssertionSigner(std::move(rules), std::move(certificate_thumbprint), std::move(key)));
}

std::string AssertionSigner::claims(const ports::AssertedPerson& person, std::string_view audience,
                                    std::string_view reference, Instant now) const {
  const std::int64_t issued = now.time_since_epoch().count();
  model::StringSink sink;
  model::JsonWriter json(sink);
  const auto text = [&](std::string_view name, std::string_view value) {
    json.name(name);
    json.value(value);
  };
  const auto number = [&](std::string_view name, std::int64_t value) {
    json.name(name);
    json.value(value);
  };
  json.begin_object();
  text("iss", rules_.issuer);
  text("sub", person.subject);
  text("aud", audience);
  number("iat", issued);
  number("nbf", issued);
  number("exp", issued + rules_.lifetime.count());
  text("jti", random_uuid());
  number("auth_time", person.authenticated_at.time_since_epoch().count());
  text("acr", "aal" + std::to_string(person.authentication_level));
  number("ial", std::max(person.identity_level, rules_.identity_level));
  if (!rules_.reference_claim.empty() && !reference.empty()) text(rules_.reference_claim, reference);
  if (!rules_.purpose.empty()) text("purpose", rules_.purpose);
  if (!thumbprint_.empty()) {
    json.name("cnf");
    json.begin_object();
    text("x5t#S256", thumbprint_);
    json.end_object();
  }
  json.end_object();
  return sink.take();
}

std::int32_t AssertionSigner::sign(const ports::AssertedPerson* person, std::string_view audience,
                                   std::string_view reference, Instant now, SecretBytes& token) const {
  if (std::find(rules_.audiences.begin(), rules_.audiences.end(), audience) == rules_.audiences.end() ||
      !is_reference(reference))
    return CASEBRIDGE_ASSERTION_NOT_ALLOWED;
  if (person == nullptr || person->subject.empty()) return CASEBRIDGE_ASSERTION_NOBODY;
  ports::AssertedPerson who = *person;
  if (const auto fixed = rules_.fixed_subjects.find(std::string(reference));
      fixed != rules_.fixed_subjects.end()) {
    who.subject = fixed->second;
    who.authentication_level = std::max(who.authentication_level, sandbox_level);
    who.identity_level = std::max(who.identity_level, sandbox_level);
  }
  if (who.authentication_level < rules_.authentication_level_min ||
      now - who.authenticated_at >= rules_.authentication_age_max)
    return CASEBRIDGE_ASSERTION_NOBODY;
  model::StringSink sink;
  model::JsonWriter json(sink);
  json.begin_object();
  json.name("alg");
  json.value("ES256");
  json.name("typ");
  json.value(rules_.type);
  json.name("kid");
  json.value(key_->id);
  json.end_object();
  std::string signing = crypto::base64url(std::string_view(sink.take())) + "." +
                        crypto::base64url(std::string_view(claims(who, audience, reference, now)));
  const std::string signature = sign_es256(key_->pair.get(), signing);
  if (signature.empty()) return CASEBRIDGE_ASSERTION_FAILED;
  signing.reserve(signing.size() + signature.size() + 1);
  signing += "." + signature;
  token = SecretBytes::take(signing);
  return CASEBRIDGE_ASSERTION_OK;
}

}  // namespace casebridge::switchboard
