// Recovery codes: ten of 80 bits, for when an app or a passkey is lost; each is good once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/identity/flow_view.hpp"
#include "core/identity/password_hasher.hpp"
#include "core/ports/store_factors.hpp"

namespace casebridge::identity {

constexpr std::size_t recovery_code_count = 10;

struct RecoverySet {
  std::vector<SecretBytes> codes;   // XXXX-XXXX-XXXX-XXXX in Crockford's base 32; shown once
  std::vector<std::string> hashes;  // what is stored of them, in the same order
};

// Blocks for ten hashes.
Result<RecoverySet> make_recovery_codes(PasswordHasher& hasher, const PasswordHasher::Place& place);
// Each code as something to read.
void show_recovery_codes(FlowView& view, RecoverySet set);
// As it was made, from what people type: small letters, blanks, and letters that look like figures.
SecretBytes normal_recovery_code(const SecretBytes& typed);
// The code that was typed. One hash, whatever there is to compare with; also for an empty list.
Result<std::optional<ports::RecoveryCode>> find_recovery_code(PasswordHasher& hasher,
                                                              const PasswordHasher::Place& place,
                                                              const std::vector<ports::RecoveryCode>& unused,
                                                              const SecretBytes& typed);

}  // namespace casebridge::identity
