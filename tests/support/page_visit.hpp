// What a parent's browser does with a page of a state: one form post, no redirect followed.
#pragma once

#include <string>

namespace casebridge::testing {

struct PageVisit {
  int status = 0;
  std::string location{};
};

// Posts `form` (urlencoded) to the path of `url` at `origin`, whatever host the URL names: the names of
// simulated states are not in any DNS. `ca_file` may be empty: then over plain HTTP.
PageVisit post_form(const std::string& origin, const std::string& ca_file, const std::string& url,
                    const std::string& form);

}  // namespace casebridge::testing
