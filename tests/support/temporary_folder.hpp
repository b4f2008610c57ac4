// A new empty folder under the system's place for what is temporary; whoever asks for it removes it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace casebridge::testing {

// `of_what` shows in its name, so that a folder that was left behind tells whose it is.
inline std::filesystem::path new_temporary_folder(std::string_view of_what) {
  constexpr std::size_t letters_of_chance = 6;  // mkdtemp puts them in place of as many X
  std::string name = (std::filesystem::temp_directory_path() / "casebridge-").string();
  name.append(of_what).append("-").append(letters_of_chance, 'X');
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return name;
}

}  // namespace casebridge::testing
