// Codes come from liboath; steps are compared here, because the library keeps no account of what was used.
#include "core/identity/totp.hpp"

#include <liboath/oath.h>

#include <cstdlib>
#include <stdexcept>

#include "core/base/crypto.hpp"

namespace casebridge::identity {
namespace {

constexpr unsigned totp_digits = 6;

void must_work(int outcome) {
  if (outcome != OATH_OK) throw std::runtime_error("liboath does not work");
}

void begin_liboath() {
  static const bool begun = [] {
    must_work(::oath_init());
    return true;
  }();
  (void)begun;
}

// A label of the URI may hold unreserved characters only (RFC 3986 §2.3).
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    if (plain) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(digits[octet >> 4U]);
      out.push_back(digits[octet & 0xFU]);
    }
  }
  return out;
}

// People type the code as their app shows it: in two groups.
std::string without_blanks(std::string_view typed) {
  std::string kept;
  for (const char c : typed)
    if (c != ' ' && c != '-') kept.push_back(c);
  return kept;
}

}  // namespace

SecretBytes new_totp_secret() { return crypto::random_secret(totp_secret_octets); }

SecretBytes totp_secret_text(const SecretBytes& secret) {
  begin_liboath();
  char* made = nullptr;
  std::size_t size = 0;
  must_work(::oath_base32_encode(secret.reveal().data(), secret.size(), &made, &size));
  std::string text(made, size);
  for (std::size_t i = 0; i < size; ++i) const_cast<volatile char*>(made)[i] = 0;
  std::free(made);  // NOLINT: the library's contract
  text.resize(text.find_last_not_of('=') + 1);
  return SecretBytes::take(text);
}

SecretBytes totp_uri(const SecretBytes& secret, std::string_view account_name) {
  std::string uri = "otpauth://totp/Casebridge:" + percent_encoded(account_name) + "?secret=";
  uri.reserve(uri.size() + 128);  // so that the secret is written to one place only
  uri.append(totp_secret_text(secret).reveal());
  uri.append("&issuer=Casebridge&algorithm=SHA1&digits=6&period=30");
  return SecretBytes::take(uri);
}

ports::SealedPlace place_of_totp(const AccountId& account, Instant added_at) {
  return {"totp-secret", account.text(), "", "", added_at.time_since_epoch().count()};
}

ports::SealedPlace place_of_offered_totp(const FlowId& flow) {
  return {"totp-offered", "", flow.text(), "", 0};
}

std::int64_t totp_step_at(Instant now) { return now.time_since_epoch().count() / totp_step_s; }

SecretBytes totp_code(const SecretBytes& secret, std::int64_t step) {
  begin_liboath();
  SecretBytes code(totp_digits + 1);
  must_work(::oath_hotp_generate(secret.reveal().data(), secret.size(), static_cast<std::uint64_t>(step),
                                 totp_digits, false, OATH_HOTP_DYNAMIC_TRUNCATION,
                                 reinterpret_cast<char*>(code.bytes().data())));
  return SecretBytes::copy_of(code.reveal().substr(0, totp_digits));
}

std::optional<std::int64_t> totp_step_of(const SecretBytes& secret, const SecretBytes& typed, Instant now,
                                         int steps_around) {
  std::string plain = without_blanks(typed.reveal());
  const SecretBytes wanted = SecretBytes::take(plain);
  const std::int64_t present = totp_step_at(now);
  std::optional<std::int64_t> found;
  for (std::int64_t step = present - steps_around; step <= present + steps_around; ++step)
    if (totp_code(secret, step).equals(wanted)) found = step;
  return found;
}

}  // namespace casebridge::identity
