// X-Forwarded-For as proxies write it, and Forwarded of RFC 7239; both read from the right.
#include "core/http/forwarded.hpp"

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"

namespace casebridge::http {
namespace {

// Parts between `mark`s that stand in no quotes.
std::vector<std::string_view> parts_of(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted && text[i] == '\\') ++i;
    if (quoted || i >= text.size() || text[i] != mark) continue;
    parts.push_back(text::trim(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  parts.push_back(text::trim(text.substr(begin)));
  return parts;
}

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

bool is_forwarded_port(std::string_view text) {
  return text.starts_with(':') && text.size() > 1 && text.size() <= 6 && text::all_digits(text.substr(1));
}

// 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1], [2001:db8::1]:80; hidden or unknown nodes are none.
std::optional<std::string> node_address(std::string_view node) {
  if (node.starts_with('[')) {
    const std::size_t end = node.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    if (end + 1 != node.size() && !is_forwarded_port(node.substr(end + 1))) return std::nullopt;
    return canonical_address(node.substr(1, end - 1));
  }
  const std::size_t colon = node.find(':');
  if (colon != std::string_view::npos && colon == node.rfind(':')) {
    if (!is_forwarded_port(node.substr(colon))) return std::nullopt;
    node = node.substr(0, colon);
  }
  return canonical_address(node);
}

std::string_view for_of(std::string_view element) {
  for (const std::string_view pair : parts_of(element, ';')) {
    const std::size_t equals = pair.find('=');
    if (equals != std::string_view::npos && text::equal_ignoring_case(pair.substr(0, equals), "for"))
      return without_quotes(pair.substr(equals + 1));
  }
  return {};
}

}  // namespace

std::optional<std::string> forwarded_address(const Head& head, const Proxies& proxies) {
  const bool standard = proxies.field == ForwardedField::forwarded;
  const auto sent = head.field(standard ? "forwarded" : "x-forwarded-for");
  if (!sent) return std::nullopt;
  const std::vector<std::string_view> hops = parts_of(*sent, ',');
  std::optional<std::string> last;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    auto address = node_address(standard ? for_of(*hop) : *hop);
    if (!address) break;
    last = std::move(address);
    if (!proxies.trusted.holds(*last)) break;
  }
  return last;
}

}  // namespace casebridge::http
