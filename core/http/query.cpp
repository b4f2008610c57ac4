// Decoding as of application/x-www-form-urlencoded: '+' is a blank.
#include "core/http/query.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::http {
namespace {

std::optional<std::string> decoded(std::string_view encoded) {
  std::string spaced(encoded);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  auto plain = text::percent_decode(spaced);
  if (!plain || !text::is_utf8(*plain) || text::has_control(*plain)) return std::nullopt;
  return plain;
}

}  // namespace

Result<Query> Query::parse(std::string_view encoded) {
  Query query;
  if (encoded.empty()) return query;
  for (const std::string& pair : text::split(encoded, '&')) {
    const std::size_t equals = pair.find('=');
    const auto name = decoded(std::string_view(pair).substr(0, equals));
    const auto value = decoded(equals == std::string::npos ? "" : std::string_view(pair).substr(equals + 1));
    if (!name || name->empty() || !value) {
      return trouble(TroubleCode::invalid_request, "a query parameter is not well formed");
    }
    if (query.find(*name)) return trouble(TroubleCode::invalid_request, "a query parameter comes twice");
    query.parameters_.emplace_back(*name, *value);
  }
  return query;
}

std::optional<std::string_view> Query::find(std::string_view name) const {
  for (const auto& [known, value] : parameters_) {
    if (known == name) return value;
  }
  return std::nullopt;
}

Result<void> Query::only(std::initializer_list<std::string_view> names) const {
  for (const auto& [name, value] : parameters_) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    return trouble(TroubleCode::unsupported_parameter, "a query parameter is not known here");
  }
  return {};
}

}  // namespace casebridge::http
