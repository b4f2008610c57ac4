// Issues and checks codes; the digest binds a code to its flow.
#include "core/identity/one_time_codes.hpp"

#include <optional>
#include <utility>

#include "core/base/crypto.hpp"

namespace casebridge::identity {
namespace {

constexpr const char* purpose = "email_code";

std::string digest_in(const ports::Vault& vault, const FlowId& flow, std::string_view code) {
  std::string bound = flow.text() + "\n";
  bound.append(code);
  std::string digest = vault.fingerprint("email-code", bound);
  wipe(bound);
  return digest;
}

// People type the groups of the mail: blanks and dashes do not count.
SecretBytes digits_of(const SecretBytes& typed) {
  SecretBytes kept(typed.size());
  std::size_t size = 0;
  for (const std::uint8_t octet : typed.bytes())
    if (octet != ' ' && octet != '-') kept.bytes()[size++] = octet;
  return SecretBytes::copy_of(kept.reveal().substr(0, size));
}

}  // namespace

Result<std::string> issue_code(ports::CodeStore& codes, const ports::Vault& vault, const FlowId& flow,
                               std::int64_t credential_version, Instant now, const FlowSettings& settings) {
  std::string code = crypto::random_digits(code_digits);
  CASEBRIDGE_CHECK(codes.replace({purpose, flow.text(), digest_in(vault, flow, code), credential_version,
                                  settings.code_tries, now, now + settings.code_life}));
  return code;
}

Result<CheckedCode> check_code(ports::CodeStore& codes, const ports::Vault& vault, const FlowId& flow,
                               const SecretBytes& typed, Instant now) {
  CASEBRIDGE_TRY(const std::optional<ports::OneTimeCode> code, codes.find(purpose, flow.text()));
  if (!code || code->tries_left <= 0 || now >= code->expires_at) return CheckedCode{CodeCheck::expired, 0, 0};
  CASEBRIDGE_CHECK(codes.count_try(purpose, flow.text()));
  const std::string digest = digest_in(vault, flow, digits_of(typed).reveal());
  CASEBRIDGE_TRY(const bool consumed, codes.consume(purpose, flow.text(), digest));
  return CheckedCode{consumed ? CodeCheck::accepted : CodeCheck::refused, code->tries_left - 1,
                     code->credential_version};
}

Result<void> check_resend(ports::CodeStore& codes, const FlowId& flow, Instant now,
                          const FlowSettings& settings) {
  CASEBRIDGE_TRY(const std::optional<ports::OneTimeCode> code, codes.find(purpose, flow.text()));
  if (!code || now >= code->sent_at + settings.resend_after) return {};
  Trouble early = trouble(TroubleCode::resend_too_early, "the last code was sent a moment ago");
  early.retry_at = code->sent_at + settings.resend_after;
  return early;
}

}  // namespace casebridge::identity
