// Fixed parts first, then those that a flag announces.
#include "core/identity/authenticator_data.hpp"

namespace casebridge::identity {
namespace {

constexpr std::size_t rp_hash_bytes = 32;
constexpr std::size_t authenticator_fixed_bytes = rp_hash_bytes + 1 + 4;
constexpr std::size_t aaguid_bytes = 16;
constexpr std::size_t data_bytes_max = 8 * 1024;
constexpr std::int64_t cose_algorithm = 3;

struct AuthenticatorFlag {
  static constexpr unsigned user_present = 0x01;
  static constexpr unsigned user_verified = 0x04;
  static constexpr unsigned backup_eligible = 0x08;
  static constexpr unsigned backed_up = 0x10;
  static constexpr unsigned has_credential = 0x40;
  static constexpr unsigned has_extensions = 0x80;
};

std::uint32_t big_endian(std::string_view octets) {
  std::uint32_t number = 0;
  for (const char c : octets) number = number << 8U | static_cast<unsigned char>(c);
  return number;
}

// Takes the credential from the front of `rest`: AAGUID, length, id, key.
std::optional<AttestedCredential> take_credential(std::string_view& rest) {
  if (rest.size() < aaguid_bytes + 2) return std::nullopt;
  const std::size_t id_bytes = big_endian(rest.substr(aaguid_bytes, 2));
  rest.remove_prefix(aaguid_bytes + 2);
  if (id_bytes == 0 || rest.size() < id_bytes) return std::nullopt;
  AttestedCredential credential{std::string(rest.substr(0, id_bytes))};
  rest.remove_prefix(id_bytes);
  const auto key_bytes = cbor_item_size(rest);
  if (!key_bytes) return std::nullopt;
  const auto key = read_cbor_map(rest.substr(0, *key_bytes));
  if (!key) return std::nullopt;
  const CborValue* algorithm = find_in(*key, cose_algorithm, CborValue::Kind::integer);
  if (!algorithm) return std::nullopt;
  credential.algorithm = algorithm->integer;
  rest.remove_prefix(*key_bytes);
  return credential;
}

}  // namespace

std::optional<AuthenticatorData> read_authenticator_data(std::string_view octets) {
  if (octets.size() < authenticator_fixed_bytes || octets.size() > data_bytes_max) return std::nullopt;
  using Flag = AuthenticatorFlag;
  const unsigned flags = static_cast<unsigned char>(octets[rp_hash_bytes]);
  AuthenticatorData data{.octets = std::string(octets),
                         .rp_id_hash = std::string(octets.substr(0, rp_hash_bytes)),
                         .user_present = (flags & Flag::user_present) != 0,
                         .user_verified = (flags & Flag::user_verified) != 0,
                         .backup_eligible = (flags & Flag::backup_eligible) != 0,
                         .backed_up = (flags & Flag::backed_up) != 0,
                         .sign_count = big_endian(octets.substr(rp_hash_bytes + 1, 4))};
  std::string_view rest = octets.substr(authenticator_fixed_bytes);
  if ((flags & Flag::has_credential) != 0) {
    data.credential = take_credential(rest);
    if (!data.credential) return std::nullopt;
  }
  if ((flags & Flag::has_extensions) != 0) {
    const auto extensions = read_cbor_map(rest);
    if (!extensions) return std::nullopt;
    data.extensions = *extensions;
    rest = {};
  }
  if (!rest.empty()) return std::nullopt;
  return data;
}

}  // namespace casebridge::identity
