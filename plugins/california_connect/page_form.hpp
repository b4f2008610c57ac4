// PageForm: the form of a page that is posted to one address, with the hidden fields that must come back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/secret.hpp"
#include "plugins/california_connect/page.hpp"

namespace casebridge::california_connect {

// The token is good for one post. It lives in secret memory and goes nowhere but back to the portal.
struct PageForm {
  std::string action{};
  SecretBytes token{};
  std::string version{};
};

// drift when there is not exactly one such form, or its hidden fields are not as the interface says.
sdk::Answer<PageForm> form_for(const Page& page, std::string_view action);

// The value of the one text field of that name on the page; nullopt when there is not exactly one.
std::optional<std::string> field_value(const Page& page, std::string_view name);

}  // namespace casebridge::california_connect
