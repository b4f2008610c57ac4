// The parts of a link attempt that are kept as text: the open challenge, and the last trouble. No secrets in
// either.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/adapter_messages.hpp"

namespace casebridge::desk {

struct OpenChallenge {
  model::ChallengeSpec spec;
  std::string action{};  // kind action_needed
  std::string action_url{};
  std::optional<Instant> verifying_until{};  // while an answer is with the state: when nobody waits any more
};

// A code that comes by post.
bool is_letter(const OpenChallenge& challenge);

std::string encode(const OpenChallenge& challenge);
// internal when the text was not written by encode.
Result<OpenChallenge> decode_open_challenge(std::string_view text);

// Everything of a trouble but its code.
std::string encode_trouble_facts(const Trouble& trouble);
// nullopt for an empty code name; `internal` for a name that is not known any more.
std::optional<Trouble> decode_trouble(std::string_view code_name, std::string_view facts);

}  // namespace casebridge::desk
