// Files that only the gateway's own user may read: keys, the PIN of a token, the word for a key server.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::vault {

// A regular file of our own with mode 0400 or 0600, no link, with as many octets as said. The open file is
// looked at, not its name. dependency_failed names the file and what is wrong with it.
Result<SecretBytes> read_private_file(const std::filesystem::path& path, std::size_t size_min,
                                      std::size_t size_max);
// The first line of such a file, without its end; refused when it is empty.
Result<SecretBytes> read_private_line(const std::filesystem::path& path);

Trouble refused_file(const std::filesystem::path& path, std::string_view reason);
std::string shown_mode(mode_t mode);  // octal

}  // namespace casebridge::vault
