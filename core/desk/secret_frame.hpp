// Several secrets in one sealed column: each with its length in front of it.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::desk {

SecretBytes join_secrets(std::initializer_list<std::string_view> parts);
// internal when it is not a frame of exactly `count` parts.
Result<std::vector<SecretBytes>> split_secrets(const SecretBytes& frame, std::size_t count);

}  // namespace casebridge::desk
