// Store of passkeys: keys in a phone, a computer or a stick, with which an account is signed in to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace casebridge::ports {

struct PasskeyTag {
  static constexpr std::string_view prefix = "pky";
};
using PasskeyId = Id<PasskeyTag>;

struct Passkey {
  PasskeyId id;
  AccountId account;
  std::string credential_id;  // base64url; unique among all accounts
  std::int64_t algorithm = 0;
  std::string public_key;  // base64url
  std::int64_t sign_count = 0;
  bool backup_eligible = false;
  bool backed_up = false;
  std::string transports;  // words with blanks between
  std::string name;        // its owner's
  Instant created_at{};
  std::optional<Instant> last_used_at{};
};

class PasskeyStore {
 public:
  virtual ~PasskeyStore() = default;
  // By which authenticators know the account, in base64url: the one that is kept, else `fresh`, which is kept
  // from then on.
  virtual Result<std::string> settle_user_handle(const AccountId&, const std::string& fresh) = 0;
  virtual Result<std::optional<std::string>> find_user_handle(const AccountId&) = 0;
  // version_conflict when the credential is there already, whoever's it is.
  virtual Result<void> insert(const Passkey&) = 0;
  virtual Result<std::optional<Passkey>> find_by_credential(const std::string& credential_id) = 0;
  virtual Result<std::vector<Passkey>> list(const AccountId&) = 0;  // oldest first
  virtual Result<bool> rename(const AccountId&, const PasskeyId&,
                              const std::string& name) = 0;  // false: none
  // One conditional update: false when it was used or removed since `before` was read.
  virtual Result<bool> note_use(const Passkey& before, std::int64_t sign_count, bool backed_up,
                                Instant at) = 0;
  virtual Result<bool> remove(const AccountId&, const PasskeyId&) = 0;  // false: not there
};

}  // namespace casebridge::ports
