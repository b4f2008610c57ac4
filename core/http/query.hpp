// Query: the parameters of a request target, decoded and strict: nothing twice, nothing unknown.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"

namespace casebridge::http {

class Query {
 public:
  // invalid_request: bad escapes, wrong UTF-8, control characters, a name twice.
  static Result<Query> parse(std::string_view encoded);
  std::optional<std::string_view> find(std::string_view name) const;
  // unsupported_parameter, naming the first one that is not in the list.
  Result<void> only(std::initializer_list<std::string_view> names) const;

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace casebridge::http
