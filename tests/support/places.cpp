// The one file that is told, when compiled, where the checkout and the build lie.
#include "tests/support/places.hpp"

namespace casebridge::tests {

std::string in_source(std::string_view path) {
  std::string whole = CASEBRIDGE_SOURCE_DIR;
  if (!path.empty()) whole.append("/").append(path);
  return whole;
}

std::string in_build(std::string_view path) {
  std::string whole = CASEBRIDGE_BUILD_DIR;
  if (!path.empty()) whole.append("/").append(path);
  return whole;
}

}  // namespace casebridge::tests
