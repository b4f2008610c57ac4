// The table of flows: which kinds there are, where each begins, and the form of every step.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/identity/flow_view.hpp"

namespace casebridge::identity {

// Whose session must have shown the strongest factor of its account lately, for the flow to begin.
enum class StepUp { nobody, with_second_factor, everybody };

struct FlowKind {
  std::string_view name;
  std::string_view first_step;  // of an account without second factor, where that makes a difference
  bool needs_session = false;
  bool gives_session = false;
  StepUp step_up = StepUp::nobody;
  std::string_view done_key;  // message at the end
};

// nullptr for a kind that does not exist.
const FlowKind* find_flow_kind(std::string_view name);
// Empty for `done`.
std::vector<FlowNode> nodes_of(std::string_view step);
// The further field of a sign-in's first form, where passkeys are offered.
FlowNode sign_in_passkey();
// Every step but `done`.
const std::vector<std::string>& flow_steps();
// Keys of config/messages that flows and their mails use.
std::vector<std::string> flow_message_keys();

}  // namespace casebridge::identity
