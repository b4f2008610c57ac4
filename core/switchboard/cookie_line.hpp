// One Set-Cookie line as a user agent reads it (RFC 6265 §5.2), and the dates in it (§5.1.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace casebridge::switchboard {

struct CookieLine {
  std::string name;
  std::string value;
  std::optional<Instant> expires{};
  std::optional<std::int64_t> max_age_s{};  // wins over expires
  std::string domain{};                     // lower case, without a leading dot; empty: host only
  std::string path{};                       // empty: the default path
  bool secure = false;
};

// nullopt for what is to be ignored whole: no '=', no name, control octets, longer than 4096.
std::optional<CookieLine> parse_cookie_line(std::string_view line);
std::optional<Instant> parse_cookie_date(std::string_view text);

}  // namespace casebridge::switchboard
