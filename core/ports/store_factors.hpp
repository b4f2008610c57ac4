// Store of second factors: the authenticator app of an account, and its recovery codes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace casebridge::ports {

// An app that shows time-based codes (RFC 6238).
struct TotpApp {
  AccountId account;
  std::string sealed_secret;
  std::int64_t last_step = 0;  // the newest step whose code was taken
  Instant added_at{};
};

struct RecoveryCode {
  AccountId account;
  int number = 0;    // within its set
  std::string hash;  // PHC string; the codes of one set share their salt
  std::optional<Instant> used_at{};
};

class FactorStore {
 public:
  virtual ~FactorStore() = default;
  // An app or a passkey; one statement, so that it may be glanced at.
  virtual Result<bool> has_second_factor(const AccountId&) = 0;
  virtual Result<void> set_totp(const TotpApp&) = 0;  // in the place of an older one
  virtual Result<std::optional<TotpApp>> find_totp(const AccountId&) = 0;
  // One conditional update; true for exactly one caller of each step, and never for an older step.
  virtual Result<bool> take_totp_step(const AccountId&, std::int64_t step) = 0;
  virtual Result<bool> remove_totp(const AccountId&) = 0;  // false: not there
  // Numbered from 1; the older set is gone. An empty list takes all away.
  virtual Result<void> replace_recovery_codes(const AccountId&, const std::vector<std::string>& hashes) = 0;
  virtual Result<std::vector<RecoveryCode>> unused_recovery_codes(const AccountId&) = 0;
  // One conditional update; true for exactly one caller.
  virtual Result<bool> use_recovery_code(const RecoveryCode&, Instant at) = 0;
};

}  // namespace casebridge::ports
