// The codes of a set share their salt, so that one hash is enough to look for a code among them.
#include "core/identity/recovery_codes.hpp"

#include <utility>

#include "core/base/crypto.hpp"

namespace casebridge::identity {
namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t code_characters = 16;
constexpr std::size_t group_characters = 4;

SecretBytes new_code() {
  const SecretBytes random = crypto::random_secret(code_characters);
  SecretBytes code(code_characters + code_characters / group_characters - 1);
  std::size_t at = 0;
  for (std::size_t i = 0; i < code_characters; ++i) {
    if (i > 0 && i % group_characters == 0) code.bytes()[at++] = '-';
    // 32 divides 256: every character is as likely as any other.
    code.bytes()[at++] = static_cast<std::uint8_t>(crockford[random.bytes()[i] % crockford.size()]);
  }
  return code;
}

std::uint8_t normal_character(std::uint8_t c) {
  if (c >= 'a' && c <= 'z') c = static_cast<std::uint8_t>(c - 'a' + 'A');
  if (c == 'O') return '0';
  if (c == 'I' || c == 'L') return '1';
  return c;
}

}  // namespace

void show_recovery_codes(FlowView& view, RecoverySet set) {
  for (SecretBytes& code : set.codes)
    view.shown.push_back({"recovery_code", "flow.shown.recovery_code", std::move(code)});
}

SecretBytes normal_recovery_code(const SecretBytes& typed) {
  SecretBytes kept(typed.size());
  std::size_t size = 0;
  for (const std::uint8_t octet : typed.bytes())
    if (octet != ' ' && octet != '-') kept.bytes()[size++] = normal_character(octet);
  return SecretBytes::copy_of(kept.reveal().substr(0, size));
}

Result<RecoverySet> make_recovery_codes(PasswordHasher& hasher, const PasswordHasher::Place& place) {
  RecoverySet set;
  for (std::size_t i = 0; i < recovery_code_count; ++i) {
    SecretBytes code = new_code();
    const SecretBytes normal = normal_recovery_code(code);
    CASEBRIDGE_TRY(std::string hash, set.hashes.empty()
                                         ? hasher.hash_code(place, normal)
                                         : hasher.hash_like(place, normal, set.hashes.front()));
    set.codes.push_back(std::move(code));
    set.hashes.push_back(std::move(hash));
  }
  return set;
}

Result<std::optional<ports::RecoveryCode>> find_recovery_code(PasswordHasher& hasher,
                                                              const PasswordHasher::Place& place,
                                                              const std::vector<ports::RecoveryCode>& unused,
                                                              const SecretBytes& typed) {
  const std::string& like = unused.empty() ? hasher.dummy_code_hash() : unused.front().hash;
  CASEBRIDGE_TRY(const std::string hash, hasher.hash_like(place, normal_recovery_code(typed), like));
  std::optional<ports::RecoveryCode> found;
  for (const ports::RecoveryCode& code : unused)
    if (crypto::equal(code.hash, hash)) found = code;
  return found;
}

}  // namespace casebridge::identity
