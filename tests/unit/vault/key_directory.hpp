// A directory of its own for each test, gone afterwards.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

namespace casebridge::vault::testing {

class KeyDirectory {
 public:
  KeyDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "casebridge-vault-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~KeyDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  KeyDirectory(const KeyDirectory&) = delete;
  KeyDirectory& operator=(const KeyDirectory&) = delete;
  std::filesystem::path keys() const { return path_ / "keys"; }

 private:
  std::filesystem::path path_;
};

}  // namespace casebridge::vault::testing
