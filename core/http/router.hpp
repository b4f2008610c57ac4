// Router: finds the row for a method and a path, and what stands in the place of the template's names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/http/route.hpp"

namespace casebridge::http {

// Decoded path segments by their name in the template.
class PathArguments {
 public:
  void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }
  const std::string& at(std::string_view name) const;  // the name is one of the row's template
 private:
  std::vector<std::pair<std::string_view, std::string>> values_;
};

struct Match {
  const Route* route = nullptr;  // null: see allowed
  PathArguments arguments;
  std::string allowed;  // methods of the path, for Allow; empty when the path is not known
};

// HEAD finds the row of GET.
Match find_route(std::span<const Route> table, Method method, std::string_view path);

}  // namespace casebridge::http
