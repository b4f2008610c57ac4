// Rules of axis B of a link: its datasets. Nothing here changes the state of the link itself.
#include "core/desk/dataset_states.hpp"

#include <algorithm>
#include <array>

namespace casebridge::desk {
namespace {

// From good to bad: what a sum of several cases shows.
constexpr std::array<std::string_view, 7> by_weight{"unsupported",   "ok",     "never",     "partial",
                                                    "not_permitted", "failed", "needs_user"};

std::size_t weight_of(std::string_view sync) {
  return static_cast<std::size_t>(std::find(by_weight.begin(), by_weight.end(), sync) - by_weight.begin());
}

template <class T>
void keep_older(std::optional<T>& kept, const std::optional<T>& other) {
  if (other && (!kept || *other < *kept)) kept = other;
}
template <class T>
void keep_newer(std::optional<T>& kept, const std::optional<T>& other) {
  if (other && (!kept || *kept < *other)) kept = other;
}

void add(DatasetView& sum, const ports::DatasetState& state) {
  if (weight_of(state.sync) >= weight_of(sum.sync)) {
    sum.sync = state.sync;
    sum.trouble = trouble_of(state);
  }
  keep_older(sum.as_of, state.as_of);
  keep_older(sum.retrieved_at, state.retrieved_at);
  keep_older(sum.verified_at, state.verified_at);
  keep_newer(sum.last_attempt_at, state.last_attempt_at);
  keep_newer(sum.retry_at, state.retry_at);
  keep_newer(sum.history_from, state.history_from);
  sum.failures = std::max(sum.failures, state.failures);
}

}  // namespace

bool is_list(const ports::DatasetState& state) {
  return state.case_key.empty() && state.dataset == dataset_cases;
}

std::vector<ports::DatasetState> states_of(const std::vector<ports::DatasetState>& all, const LinkId& link) {
  std::vector<ports::DatasetState> own;
  std::copy_if(all.begin(), all.end(), std::back_inserter(own),
               [&](const ports::DatasetState& state) { return state.link == link; });
  return own;
}

const ports::DatasetState* find_state(const std::vector<ports::DatasetState>& states, const LinkId& link,
                                      std::string_view case_key, std::string_view dataset) {
  const auto found = std::find_if(states.begin(), states.end(), [&](const ports::DatasetState& state) {
    return state.link == link && state.case_key == case_key && state.dataset == dataset;
  });
  return found == states.end() ? nullptr : &*found;
}

ports::DatasetState state_or_new(const std::vector<ports::DatasetState>& states, const LinkId& link,
                                 const std::string& case_key, const std::string& dataset) {
  if (const ports::DatasetState* found = find_state(states, link, case_key, dataset)) return *found;
  return {link, case_key, dataset, "never", {}, {}, {}, {}, 0, {}, {}};
}

std::optional<Trouble> trouble_of(const ports::DatasetState& state) {
  if (state.trouble.empty()) return std::nullopt;
  Trouble made = trouble(trouble_code_of(state.trouble).value_or(TroubleCode::internal));
  made.retry_at = state.retry_at;
  return made;
}

std::vector<DatasetView> summed_up(const std::vector<ports::DatasetState>& states) {
  std::vector<DatasetView> sums;
  for (const ports::DatasetState& state : states) {
    auto sum = std::find_if(sums.begin(), sums.end(),
                            [&](const DatasetView& view) { return view.dataset == state.dataset; });
    if (sum == sums.end()) {
      sums.push_back({state.dataset, "unsupported", {}, {}, {}, {}, {}, 0, {}});
      sum = std::prev(sums.end());
    }
    add(*sum, state);
  }
  for (DatasetView& sum : sums) {
    const bool some_well = std::any_of(states.begin(), states.end(), [&](const ports::DatasetState& state) {
      return state.dataset == sum.dataset && !is_list(state) && state.sync == "ok";
    });
    if (sum.sync == "failed" && some_well) sum.sync = "partial";
  }
  return sums;
}

Result<void> mark_needs_user(ports::Transaction& tx, const ports::Link& link, const Trouble& why,
                             Instant now) {
  CASEBRIDGE_TRY(const auto all, tx.snapshots().states(link.account));
  std::vector<ports::DatasetState> own = states_of(all, link.id);
  if (find_state(own, link.id, {}, dataset_cases) == nullptr) {
    own.push_back(state_or_new(own, link.id, {}, std::string(dataset_cases)));
  }
  for (ports::DatasetState& state : own) {
    if (state.sync == "unsupported" || state.sync == "not_permitted") continue;
    state.sync = "needs_user";
    state.last_attempt_at = now;
    state.trouble = why.row().name;
    state.retry_at = why.retry_at;
    CASEBRIDGE_CHECK(tx.snapshots().put_state(state));
  }
  return tx.raise_account_version(link.account);
}

}  // namespace casebridge::desk
