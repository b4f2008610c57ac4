// Where an answer sends us, and with what (RFC 9110 §15.4): only ever to an origin of the same system.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/switchboard/http_answer.hpp"
#include "core/switchboard/origin.hpp"

namespace casebridge::switchboard {

// 301, 302, 303, 307 or 308 with a Location.
bool is_redirect(const HttpAnswer& answer);

struct Destination {
  Origin origin;
  std::string target;
  bool as_get = false;  // the next request is a GET without a body
};

// nullopt when the Location cannot be read, lies outside `allowed`, or leads from https to http.
std::optional<Destination> destination_of(const HttpAnswer& answer, const Origin& from,
                                          std::string_view from_target, std::string_view method,
                                          const std::vector<Origin>& allowed);

}  // namespace casebridge::switchboard
