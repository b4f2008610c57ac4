// casebridge keys: what an operator does with the keys of the vault. Each answers the process's exit code.
#pragma once

#include <filesystem>
#include <string>

namespace casebridge::cli {

int list_keys(const std::filesystem::path& settings_file);
int add_key(const std::filesystem::path& settings_file, const std::string& provider);
int rotate_keys(const std::filesystem::path& settings_file, const std::string& key);  // empty: the newest
int rewrap_records(const std::filesystem::path& settings_file, int rows_at_once);
int mark_key_compromised(const std::filesystem::path& settings_file, const std::string& key);
int destroy_key(const std::filesystem::path& settings_file, const std::string& key);

}  // namespace casebridge::cli
