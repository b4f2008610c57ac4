// How many threads this program has at the moment.
#pragma once

#include <filesystem>
#include <iterator>

namespace casebridge::tests {

inline int own_threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<int>(std::distance(begin(tasks), end(tasks)));
}

}  // namespace casebridge::tests
