// TokenModule: a PKCS#11 library, loaded once and never unloaded, and what its return values mean for us.
#pragma once

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <memory>

#include "core/base/result.hpp"

namespace casebridge::vault {

class TokenModule {
 public:
  // invalid_field when the library cannot be loaded or is none of PKCS#11.
  static Result<TokenModule> load(const std::filesystem::path& file);
  CK_FUNCTION_LIST& call() const { return *functions_; }
  // Also when it is initialized already, by us or by somebody else in this process.
  CK_RV initialize() const;

 private:
  explicit TokenModule(CK_FUNCTION_LIST* functions) : functions_(functions) {}
  CK_FUNCTION_LIST* functions_;
};

// The session, or what it stood on, is gone: a new one may do better.
bool wants_new_session(CK_RV value);
// Of C_Decrypt alone: what came in is not what the key encrypted there. Other calls use some of these values
// for faults of the token.
bool refuses_record(CK_RV value);
// The PIN is not the token's: trying again would only lock the token.
bool refuses_pin(CK_RV value);

}  // namespace casebridge::vault
