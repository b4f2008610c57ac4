// A directory of its own for each test, gone afterwards.
#pragma once

#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.hpp"

namespace casebridge::vault::testing {

class KeyDirectory {
 public:
  KeyDirectory() { path_ = casebridge::testing::new_temporary_folder("vault"); }
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
