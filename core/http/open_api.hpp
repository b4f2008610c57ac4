// schemas/openapi.yaml as JSON, put into the program when it is built.
#pragma once

#include <string_view>

namespace casebridge::http {

std::string_view open_api_json();

}  // namespace casebridge::http
