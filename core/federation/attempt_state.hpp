// The life of a link attempt as one table. An attempt that ended stays as it ended.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/trouble.hpp"

namespace casebridge::federation {

enum class AttemptState { challenge, verifying, waiting, succeeded, failed, cancelled, expired };
enum class AttemptTrigger {
  submitted,    // the parent answered, and the answer is on its way to the state
  challenged,   // the state wants something more, or refused an answer that may be given again
  deferred,     // the state is not ready; asked again later
  asked_again,  // the later time has come
  completed,    // signed in, and the person fits
  ended_badly,  // nothing the parent can answer helps: another person, already linked
  cancelled,    // by the parent
  expired       // nobody went on with it
};

struct AttemptStateRow {
  AttemptState state;
  std::string_view name;
  Actor next_step;
  std::string_view remedy;  // empty when nothing is to be done
  bool open;
};
struct AttemptMove {
  AttemptState from;
  AttemptTrigger trigger;
  AttemptState to;
};

std::span<const AttemptStateRow> attempt_states();
std::span<const AttemptMove> attempt_moves();
const AttemptStateRow& row_of(AttemptState state);
std::string_view name_of(AttemptState state);
std::optional<AttemptState> attempt_state_of(std::string_view name);
// nullopt: the trigger means nothing in this state.
std::optional<AttemptState> next(AttemptState from, AttemptTrigger trigger);

}  // namespace casebridge::federation
