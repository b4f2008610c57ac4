// Files that are put in their place whole, and stay there after a crash: whoever looks gets all of one or
// none.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string_view>

#include "core/base/result.hpp"

namespace casebridge {

enum class Landing { replaces, is_new };

// Writes beside `file` and moves it there; the name it has until then ends in .new. dependency_failed says
// what could not be done, without the name, and nothing of it stays: with `is_new` also when `file` exists.
Result<void> put_whole_file(const std::filesystem::path& file, std::string_view content, mode_t mode,
                            Landing landing);
// What happened to the names in a folder outlives a crash; false when nobody can tell.
bool sync_folder(const std::filesystem::path& folder);

}  // namespace casebridge
