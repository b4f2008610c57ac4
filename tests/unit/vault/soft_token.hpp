// SoftToken: a PKCS#11 token in software (SoftHSM2) in a folder of its own, made anew for each test.
#pragma once

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <string>

#include "core/vault/token_settings.hpp"

namespace casebridge::vault::testing {

// One at a time in a process: SoftHSM reads where its tokens are when it is initialized.
class SoftToken {
 public:
  static constexpr const char* pin = "735271";
  SoftToken();
  ~SoftToken();
  SoftToken(const SoftToken&) = delete;
  SoftToken& operator=(const SoftToken&) = delete;

  TokenSettings settings() const;
  std::filesystem::path folder() const { return folder_; }
  void write_pin(const std::string& text) const;
  CK_FUNCTION_LIST& call() const;
  void lose_sessions() const;  // as after a token was pulled and put back
  void pull() const;           // its files are elsewhere
  void put_back() const;
  void make_extractable_key(const std::string& label) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace casebridge::vault::testing
