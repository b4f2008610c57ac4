// Reads what is stored, lets federation merge, writes what it decided.
#include "core/desk/merge_case.hpp"

#include <algorithm>

#include "core/desk/dataset_states.hpp"
#include "core/federation/sync_merge.hpp"
#include "core/federation/viewer.hpp"

namespace casebridge::desk {
namespace {

const std::vector<model::Dataset>& asked_datasets() {
  static const std::vector<model::Dataset> all(std::begin(model::all_datasets),
                                               std::end(model::all_datasets));
  return all;
}

model::SafetyLevel policy_of(const Desk& desk, const ports::Link& link) {
  const ports::SystemInfo* const system = desk.systems.find(link.system);
  return system ? static_cast<model::SafetyLevel>(system->safety_policy) : model::SafetyLevel::none;
}

// What is left of a case that has nothing to show: there is nothing to read, so the row must not make its
// dataset look old or broken.
ports::DatasetState nothing_left(const ports::Link& link, const std::string& case_key,
                                 const std::string& dataset) {
  return {link.id, case_key, dataset, "unsupported", {}, {}, {}, {}, 0, {}, {}};
}

const std::vector<model::Case>* case_told(const model::CaseContent& content) {
  for (const model::DatasetAnswer& answer : content.datasets) {
    const auto* const told = std::get_if<model::DatasetContent>(&answer.answer);
    if (answer.dataset == model::Dataset::cases && told != nullptr)
      return &std::get<std::vector<model::Case>>(told->records);
  }
  return nullptr;
}

Result<federation::CaseBefore> read_before(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                                           const std::string& case_key) {
  federation::CaseBefore before{link.id, case_key, policy_of(desk, link)};
  CASEBRIDGE_TRY(auto page, tx.snapshots().current({link.account, link.id, case_key, {}, {}, {}, 0, true}));
  before.stored = std::move(page.records);
  CASEBRIDGE_TRY(before.states, tx.snapshots().states(link.account));
  return before;
}

Result<std::string> case_id_of(ports::Transaction& tx, const ports::Link& link, const std::string& case_key) {
  CASEBRIDGE_TRY(
      const auto page,
      tx.snapshots().current({link.account, link.id, case_key, {std::string(dataset_cases)}, {}, {}, 1}));
  return page.records.empty() ? std::string{} : page.records.front().record_id;
}

void add(ports::ChangeCounts& sum, const ports::ChangeCounts& more) {
  sum.added += more.added;
  sum.changed += more.changed;
  sum.removed += more.removed;
  sum.unchanged += more.unchanged;
}

// Tombstones for the cases of a link whose keys are chosen.
template <class Chosen>
Result<ports::ChangeCounts> bury(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                                 const Chosen& chosen) {
  const Instant now = desk.clock.now();
  ports::ChangeCounts sum;
  CASEBRIDGE_TRY(const auto states, tx.snapshots().states(link.account));
  for (const ports::DatasetState& state : states_of(states, link.id)) {
    if (state.case_key.empty() || !chosen(state.case_key)) continue;
    CASEBRIDGE_TRY(const ports::ChangeCounts counts,
                   tx.snapshots().replace(link.id, state.case_key, state.dataset, {}, now));
    add(sum, counts);
    CASEBRIDGE_CHECK(tx.snapshots().put_state(nothing_left(link, state.case_key, state.dataset)));
  }
  return sum;
}

bool says_session_ended(const model::CaseContent& content) {
  return std::any_of(content.datasets.begin(), content.datasets.end(),
                     [](const model::DatasetAnswer& answer) {
                       const auto* why = std::get_if<Trouble>(&answer.answer);
                       return why != nullptr && why->code == TroubleCode::source_session_ended;
                     });
}

}  // namespace

Result<MergedCase> merge_case(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                              const std::string& case_key, const model::CaseContent& content) {
  const Instant now = desk.clock.now();
  CASEBRIDGE_TRY(const federation::CaseBefore before, read_before(desk, tx, link, case_key));
  MergedCase merged;
  for (const federation::MergedDataset& one :
       federation::merge_case(before, asked_datasets(), content, now)) {
    int count = 0;
    if (one.records) {
      CASEBRIDGE_TRY(const ports::ChangeCounts counts,
                     tx.snapshots().replace(link.id, case_key, one.state.dataset, *one.records, now));
      add(merged.counts, counts);
      count = static_cast<int>(one.records->size());
    }
    CASEBRIDGE_CHECK(tx.snapshots().put_state(one.state));
    merged.all_well = merged.all_well && (one.state.sync == "ok" || one.state.sync == "unsupported");
    merged.progress.push_back({{}, one.state.dataset, one.state.sync, count});
  }
  CASEBRIDGE_TRY(const std::string case_id, case_id_of(tx, link, case_key));
  for (SyncDataset& one : merged.progress) one.case_id = case_id;
  merged.session_ended = says_session_ended(content);
  return merged;
}

Result<MergedCase> mark_case_failed(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                                    const std::string& case_key, const Trouble& why) {
  model::CaseContent content;
  for (const model::Dataset dataset : asked_datasets()) content.datasets.push_back({dataset, why});
  return merge_case(desk, tx, link, case_key, content);
}

Result<void> project_case(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                          const std::string& case_key) {
  const Instant now = desk.clock.now();
  CASEBRIDGE_TRY(const federation::CaseBefore before, read_before(desk, tx, link, case_key));
  const auto seen = federation::project_anew(before, now);
  if (!seen) {
    CASEBRIDGE_TRY([[maybe_unused]] const auto counts, bury_cases(desk, tx, link, {case_key}));
    return {};
  }
  for (const federation::MergedDataset& one : *seen) {
    if (!one.records) continue;
    CASEBRIDGE_TRY([[maybe_unused]] const auto counts,
                   tx.snapshots().replace(link.id, case_key, one.state.dataset, *one.records, now));
  }
  return {};
}

bool shows_no_case(const Desk& desk, const ports::Link& link, const model::CaseContent& content) {
  const std::vector<model::Case>* const cases = case_told(content);
  const model::SafetyLevel policy = policy_of(desk, link);
  return cases != nullptr && std::all_of(cases->begin(), cases->end(), [&](const model::Case& one) {
           return federation::viewer_of(one, policy).blocked();
         });
}

bool tells_case(const model::CaseContent& content) { return case_told(content) != nullptr; }

Result<ports::ChangeCounts> bury_cases(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                                       const std::vector<std::string>& keys) {
  return bury(desk, tx, link,
              [&](const std::string& key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); });
}

Result<ports::ChangeCounts> bury_other_cases(const Desk& desk, ports::Transaction& tx,
                                             const ports::Link& link, const std::vector<std::string>& keys) {
  return bury(desk, tx, link,
              [&](const std::string& key) { return std::find(keys.begin(), keys.end(), key) == keys.end(); });
}

Result<void> remember_hidden(ports::Transaction& tx, const ports::Link& link,
                             const std::vector<std::string>& keys) {
  for (const std::string& key : keys)
    CASEBRIDGE_CHECK(tx.snapshots().put_state(nothing_left(link, key, std::string(dataset_cases))));
  return {};
}

Result<std::set<std::string>> unseen_cases(ports::Transaction& tx, const ports::Link& link) {
  CASEBRIDGE_TRY(const auto states, tx.snapshots().states(link.account));
  std::set<std::string> unseen;
  for (const ports::DatasetState& state : states_of(states, link.id)) {
    const bool nothing = state.sync == "unsupported" && !state.last_attempt_at;
    if (nothing && !is_list(state) && state.dataset == dataset_cases) unseen.insert(state.case_key);
  }
  return unseen;
}

}  // namespace casebridge::desk
