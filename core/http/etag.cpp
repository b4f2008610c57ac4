// 128 bits of SHA-256: a tag is not a secret, it only must not collide by accident.
#include "core/http/etag.hpp"

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"

namespace casebridge::http {

std::string strong_etag(std::string_view body, std::optional<std::int64_t> version) {
  const crypto::Digest digest = crypto::sha256(body);
  const std::string tag = crypto::base64url(std::span<const std::uint8_t>(digest).first(16));
  return version ? "\"v" + std::to_string(*version) + '-' + tag + '"' : '"' + tag + '"';
}

bool none_match_holds(std::string_view if_none_match, std::string_view etag) {
  if (text::trim(if_none_match) == "*") return true;
  for (const std::string& entry : text::split(if_none_match, ',')) {
    std::string_view tag = text::trim(entry);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

std::optional<std::int64_t> version_of(std::string_view if_match) {
  std::string_view tag = text::trim(if_match);
  if (!tag.starts_with("\"v") || !tag.ends_with('"')) return std::nullopt;
  tag.remove_prefix(2);
  const std::size_t dash = tag.find('-');
  if (dash == std::string_view::npos || !text::all_digits(tag.substr(0, dash))) return std::nullopt;
  return text::parse_int(tag.substr(0, dash));
}

}  // namespace casebridge::http
