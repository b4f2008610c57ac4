// A form post that may be made twice with one token, because the portal does a thing once for a token.
#pragma once

#include "plugins/california_connect/exchange.hpp"

namespace casebridge::california_connect {

// Again once, with the same octets, when the answer was lost or cannot be read. `unsure` tells the caller
// that a first post may have had its effect: the portal refusing the token then means that nobody knows.
struct Repeated {
  sdk::Answer<Posted> posted;
  bool unsure = false;
};
Repeated post_repeated(Exchange& exchange, const PageForm& form, const sdk::Form& fields);

// Whether a refusal leaves open what became of a post.
bool leaves_open(const model::Refusal& refusal);

}  // namespace casebridge::california_connect
