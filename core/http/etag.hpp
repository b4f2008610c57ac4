// Strong ETags (RFC 9110 §8.8.3) and the conditions that name them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/response.hpp"

namespace casebridge::http {

// Of the octets of a body; with a version in front, where a record has one: "v7-Xy…".
std::string strong_etag(std::string_view body, std::optional<std::int64_t> version = std::nullopt);
// If-None-Match (RFC 9110 §13.1.2): "*" or a list; weak ones compare as strong ones do.
bool none_match_holds(std::string_view if_none_match, std::string_view etag);
// The version in an If-Match that names exactly one tag made by strong_etag; nullopt for anything else.
std::optional<std::int64_t> version_of(std::string_view if_match);

}  // namespace casebridge::http
