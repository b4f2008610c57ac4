// Where this checkout and its build lie; functions, so that one file alone knows when the checkout moves.
// moves.
#pragma once

#include <string>
#include <string_view>

namespace casebridge::tests {

// "config/gateway.yaml" → its path in the checkout; "" → the checkout itself.
std::string in_source(std::string_view path);
// "plugins/sample" → its path in the build folder.
std::string in_build(std::string_view path);

}  // namespace casebridge::tests
