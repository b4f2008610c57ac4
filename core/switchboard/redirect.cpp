// Reads Location as a reference of RFC 3986 §4.2: absolute, //authority, /path, ?query or a path beside ours.
#include "core/switchboard/redirect.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::switchboard {
namespace {

std::optional<std::string_view> location_of(const HttpAnswer& answer) {
  std::optional<std::string_view> found;
  for (const auto& [name, value] : answer.headers) {
    if (!text::equal_ignoring_case(name, "Location")) continue;
    if (found && *found != value) return std::nullopt;  // two places: neither is meant
    found = value;
  }
  return found;
}

// Removes dot segments (RFC 3986 §5.2.4).
std::string without_dots(std::string_view path) {
  std::vector<std::string> kept;
  const auto parts = text::split(path.substr(1), '/');
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool last = i + 1 == parts.size();
    if (parts[i] == "..") {
      if (!kept.empty()) kept.pop_back();
      if (last) kept.emplace_back();
    } else if (parts[i] == ".") {
      if (last) kept.emplace_back();
    } else {
      kept.push_back(parts[i]);
    }
  }
  std::string joined;
  for (const std::string& one : kept) joined += "/" + one;
  return joined.empty() ? "/" : joined;
}

std::string target_of(std::string_view reference, std::string_view from_target) {
  if (reference.empty() || reference.starts_with('?')) {
    const std::string_view path = from_target.substr(0, from_target.find('?'));
    return std::string(path) + std::string(reference);
  }
  const std::size_t query = std::min(reference.find('?'), reference.size());
  std::string path(reference.substr(0, query));
  if (!path.starts_with('/')) {
    const std::string_view base = from_target.substr(0, from_target.find('?'));
    path = std::string(base.substr(0, base.rfind('/') + 1)) + path;
  }
  return without_dots(path) + std::string(reference.substr(query));
}

}  // namespace

bool is_redirect(const HttpAnswer& answer) {
  const bool status = answer.status == 301 || answer.status == 302 || answer.status == 303 ||
                      answer.status == 307 || answer.status == 308;
  return status && std::any_of(answer.headers.begin(), answer.headers.end(), [](const auto& header) {
           return text::equal_ignoring_case(header.first, "Location");
         });
}

std::optional<Destination> destination_of(const HttpAnswer& answer, const Origin& from,
                                          std::string_view from_target, std::string_view method,
                                          const std::vector<Origin>& allowed) {
  const auto location = location_of(answer);
  if (!location) return std::nullopt;
  std::string_view reference = location->substr(0, location->find('#'));
  if (std::any_of(reference.begin(), reference.end(),
                  [](char c) { return c <= 0x20 || c >= 0x7F || c == '\\'; }))
    return std::nullopt;
  Destination to{from, {}, false};
  const std::size_t authority = reference.starts_with("//") ? 0 : reference.find("://");
  const bool has_scheme = authority != std::string_view::npos && authority < reference.find_first_of("/?");
  if (reference.starts_with("//") || has_scheme) {
    const std::size_t begin = reference.starts_with("//") ? 2 : authority + 3;
    const std::size_t end = std::min(reference.find_first_of("/?", begin), reference.size());
    const std::string scheme =
        has_scheme ? text::lower_ascii(reference.substr(0, authority)) : (from.tls ? "https" : "http");
    const auto origin = Origin::parse(scheme + "://" + std::string(reference.substr(begin, end - begin)));
    if (!origin) return std::nullopt;
    to.origin = *origin;
    reference.remove_prefix(end);
    to.target = target_of(reference.starts_with('/') ? reference : "/" + std::string(reference), "/");
  } else {
    if (reference.substr(0, reference.find_first_of("/?")).find(':') != std::string_view::npos)
      return std::nullopt;  // another scheme
    to.target = target_of(reference, from_target);
  }
  if (std::find(allowed.begin(), allowed.end(), to.origin) == allowed.end() || (from.tls && !to.origin.tls))
    return std::nullopt;
  to.as_get = (answer.status == 303 && method != "HEAD") ||
              ((answer.status == 301 || answer.status == 302) && method == "POST");
  return to;
}

}  // namespace casebridge::switchboard
