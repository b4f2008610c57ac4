// The stored state of each dataset of a link: found, summed up over its cases, and marked when only its owner
// can help.
#pragma once

#include <vector>

#include "core/desk/desk.hpp"
#include "core/desk/link_view.hpp"

namespace casebridge::desk {

inline constexpr std::string_view dataset_cases = "cases";

bool is_list(const ports::DatasetState& state);  // the state of a link's list of cases
std::vector<ports::DatasetState> states_of(const std::vector<ports::DatasetState>& all, const LinkId& link);
// nullptr when nothing is stored.
const ports::DatasetState* find_state(const std::vector<ports::DatasetState>& states, const LinkId& link,
                                      std::string_view case_key, std::string_view dataset);
// As stored, or a fresh one with sync "never".
ports::DatasetState state_or_new(const std::vector<ports::DatasetState>& states, const LinkId& link,
                                 const std::string& case_key, const std::string& dataset);
std::optional<Trouble> trouble_of(const ports::DatasetState& state);
// One row for each dataset: the worst of its cases, the oldest of their moments.
std::vector<DatasetView> summed_up(const std::vector<ports::DatasetState>& states);
// The session has ended, or there is none: whatever can be read needs the owner now.
Result<void> mark_needs_user(ports::Transaction& tx, const ports::Link& link, const Trouble& why,
                             Instant now);

}  // namespace casebridge::desk
