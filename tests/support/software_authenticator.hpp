// SoftwareAuthenticator: makes and uses passkeys with keys of OpenSSL, writing every octet by itself, so that
// nothing is shared with what checks them; and can be told to do each thing wrong.
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace casebridge::tests {

enum class KeyKind { es256, eddsa, rs256 };

// What an answer has that it should not have, or lacks.
struct Twist {
  std::optional<std::string> type{};
  std::optional<std::string> challenge{};
  std::optional<std::string> origin{};
  bool cross_origin = false;
  std::string client_members{};  // JSON after the usual ones: ,"topOrigin":"..."
  std::optional<std::string> rp_id{};
  unsigned flags_off = 0;
  unsigned flags_on = 0;
  std::optional<std::uint32_t> sign_count{};
  std::optional<std::int64_t> algorithm{};
  std::string extensions{};          // CBOR, announced by the flag
  std::string trailing{};            // octets after the authenticator data
  std::optional<std::string> key{};  // CBOR in place of the COSE key
  std::string format = "none";
  std::string statement = "\xA0";  // CBOR
  bool flip_signature = false;
  bool without_handle = false;
  std::optional<std::string> named{};  // credential id that the browser names
};

constexpr unsigned flag_present = 0x01;
constexpr unsigned flag_verified = 0x04;
constexpr unsigned flag_backup_eligible = 0x08;
constexpr unsigned flag_backed_up = 0x10;
constexpr unsigned flag_extensions = 0x80;

class SoftwareAuthenticator {
 public:
  explicit SoftwareAuthenticator(KeyKind kind = KeyKind::es256, std::size_t id_bytes = 32);
  // The JSON of PublicKeyCredential.toJSON() after create() and get(). `challenge` in base64url.
  std::string create(std::string_view challenge, const Twist& twist = {});
  std::string get(std::string_view challenge, std::string_view user_handle, const Twist& twist = {});

  const std::string& id() const { return id_; }  // octets
  std::string rp_id = "gateway.example";
  std::string origin = "https://gateway.example";
  unsigned flags = flag_present | flag_verified;
  std::uint32_t sign_count = 0;  // raised by every use when it counts
  bool counts = false;

 private:
  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  std::string cose_key(std::int64_t algorithm) const;
  std::string client_data(const std::string& type, std::string_view challenge, const Twist& twist) const;
  std::string head_of_data(unsigned more_flags, const Twist& twist);
  std::string sign(const std::string& octets) const;
  std::string frame(const std::string& response, const Twist& twist) const;

  KeyKind kind_;
  std::unique_ptr<EVP_PKEY, FreeKey> key_;
  std::string id_;
};

std::string to_base64url(std::string_view octets);
std::string from_base64url_text(std::string_view text);

}  // namespace casebridge::tests
