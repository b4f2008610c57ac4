// Time-based one-time codes of authenticator apps (RFC 6238): HMAC-SHA-1, six digits, steps of 30 seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.hpp"
#include "core/base/instant.hpp"
#include "core/base/secret.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::identity {

constexpr std::size_t totp_secret_octets = 20;  // the size of HMAC-SHA-1's key (RFC 4226 §4)
constexpr std::int64_t totp_step_s = 30;

SecretBytes new_totp_secret();
// Base32 without padding, as people type it into an app.
SecretBytes totp_secret_text(const SecretBytes& secret);
// otpauth://totp/..., as a QR code carries it.
SecretBytes totp_uri(const SecretBytes& secret, std::string_view account_name);
std::int64_t totp_step_at(Instant now);
// The step whose code was typed, at most `steps_around` away from now; the newest where two have the same
// code. Looks at every step, so that the time taken tells nothing.
std::optional<std::int64_t> totp_step_of(const SecretBytes& secret, const SecretBytes& typed, Instant now,
                                         int steps_around);
// Where a secret is sealed: that of an account, and one that a flow has offered. The id must outlive the
// place.
ports::SealedPlace place_of_totp(const AccountId& account, Instant added_at);
ports::SealedPlace place_of_offered_totp(const FlowId& flow);
// The code of one step.
SecretBytes totp_code(const SecretBytes& secret, std::int64_t step);

}  // namespace casebridge::identity
