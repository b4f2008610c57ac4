// Segment by segment; a literal segment wins over a name in braces because paths with both are told apart
// earlier.
#include "core/http/router.hpp"

#include <cassert>

#include "core/base/text.hpp"

namespace casebridge::http {
namespace {

bool is_name(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

std::optional<PathArguments> fits(std::string_view path_template, const std::vector<std::string>& segments) {
  PathArguments arguments;
  std::size_t index = 0;
  for (std::size_t begin = 0; begin <= path_template.size(); ++index) {
    const std::size_t end = std::min(path_template.find('/', begin), path_template.size());
    const std::string_view expected = path_template.substr(begin, end - begin);
    begin = end + 1;
    if (index >= segments.size()) return std::nullopt;
    if (!is_name(expected)) {
      if (segments[index] != expected) return std::nullopt;
      continue;
    }
    auto value = text::percent_decode(segments[index]);
    if (!value || value->empty() || !text::is_utf8(*value)) return std::nullopt;
    arguments.add(expected.substr(1, expected.size() - 2), std::move(*value));
  }
  if (index != segments.size()) return std::nullopt;
  return arguments;
}

}  // namespace

const std::string& PathArguments::at(std::string_view name) const {
  for (const auto& [known, value] : values_) {
    if (known == name) return value;
  }
  static const std::string none;
  assert(false && "the template has no such name");
  return none;
}

Match find_route(std::span<const Route> table, Method method, std::string_view path) {
  const Method wanted = method == Method::head ? Method::get : method;
  // A template without names is the path itself; nothing has to be taken apart.
  if (path.find('{') == std::string_view::npos) {
    for (const Route& route : table)
      if (route.method == wanted && route.path == path) return {&route, {}, {}};
  }
  Match match;
  const std::vector<std::string> segments = text::split(path, '/');
  for (const Route& route : table) {
    auto arguments = fits(route.path, segments);
    if (!arguments) continue;
    if (route.method == wanted) return {&route, std::move(*arguments), {}};
    if (!match.allowed.empty()) match.allowed += ", ";
    match.allowed += name_of(route.method);
    if (route.method == Method::get) match.allowed += ", HEAD";
  }
  return match;
}

}  // namespace casebridge::http
