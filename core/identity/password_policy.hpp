// PasswordPolicy: which new passwords are taken. Length, guessability and known bad ones; no composition
// rules.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::identity {

// Any thread, once made.
class PasswordPolicy {
 public:
  // One password per line, lower case; lines that begin with '#' are comments.
  static Result<PasswordPolicy> load(const std::filesystem::path& list);
  explicit PasswordPolicy(std::unordered_set<std::string> known) : known_(std::move(known)) {}

  // nullopt when it is taken, else the message key that says why not. `personal` are words somebody who knows
  // the owner would try first, such as the e-mail address.
  std::optional<std::string> refusal(const SecretBytes& normal_password,
                                     const std::vector<std::string>& personal) const;

 private:
  std::unordered_set<std::string> known_;
};

}  // namespace casebridge::identity
