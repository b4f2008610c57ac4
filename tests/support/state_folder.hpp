// A folder of states for one test: Texas, with the systems that the test names, each at an origin of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace casebridge::testing {

struct StateSystem {
  std::string id;
  std::string adapter;
  std::string origin;
  std::string more{};  // further lines of systems.yaml for this system, indented by four blanks
};

class StateFolder {
 public:
  explicit StateFolder(const std::vector<StateSystem>& systems);
  ~StateFolder();
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;
  std::string path() const { return path_.string(); }
  // Writes a file beside the states and answers its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace casebridge::testing
