// casebridge keys: what an operator does with the keys of the vault. Each answers the process's exit code.
#pragma once

#include <string>

#include "core/cli/key_room.hpp"

namespace casebridge::cli {

int list_keys(const KeyWords& words);
int add_key(const KeyWords& words, const std::string& provider);
int rotate_keys(const KeyWords& words, const std::string& key);  // empty: the newest
int rewrap_records(const KeyWords& words, int rows_at_once);
int mark_key_compromised(const KeyWords& words, const std::string& key);
int destroy_key(const KeyWords& words, const std::string& key);

}  // namespace casebridge::cli
