// One-time codes: eight digits by mail, of which only a keyed digest is stored, good once and in one flow.
#pragma once

#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/identity/flow_settings.hpp"
#include "core/ports/store_accounts.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::identity {

constexpr std::size_t code_digits = 8;

// Within a write transaction. Voids the flow's earlier code and answers the new one.
Result<std::string> issue_code(ports::CodeStore& codes, const ports::Vault& vault, const FlowId& flow,
                               std::int64_t credential_version, Instant now, const FlowSettings& settings);

enum class CodeCheck { accepted, refused, expired };
struct CheckedCode {
  CodeCheck outcome = CodeCheck::refused;
  int tries_left = 0;
  std::int64_t credential_version = 0;  // of the account when the code was sent
};
// Within a write transaction. Counts the try before it compares; an accepted code is gone.
Result<CheckedCode> check_code(ports::CodeStore& codes, const ports::Vault& vault, const FlowId& flow,
                               const SecretBytes& typed, Instant now);
// resend_too_early, with retry_at, while the last code is too fresh.
Result<void> check_resend(ports::CodeStore& codes, const FlowId& flow, Instant now,
                          const FlowSettings& settings);

}  // namespace casebridge::identity
