// ReadMe: the account of the caller, as its owner may see it.
#pragma once

#include <string>

#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

struct Me {
  AccountId account;
  std::string email;
  bool email_verified = false;
  std::string locale;
  Instant created_at{};
  model::Assurance assurance = model::Assurance::password;
  Instant authenticated_at{};
  bool has_totp = false;
  int recovery_codes_left = 0;
  int passkeys = 0;
  bool second_factor_required = false;  // before this session is shown a case
};

class ReadMe {
 public:
  explicit ReadMe(ports::Store& store, bool second_factor_required = false)
      : store_(store), second_factor_required_(second_factor_required) {}
  // Any thread. token_invalid when the account is gone.
  Result<Me> run(const model::Caller& caller) const;

 private:
  ports::Store& store_;
  bool second_factor_required_;
};

}  // namespace casebridge::desk
