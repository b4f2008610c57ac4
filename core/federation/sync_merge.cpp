// Merges one read of one case, dataset by dataset; each one succeeds or fails alone.
#include "core/federation/sync_merge.hpp"

#include <algorithm>

#include "core/federation/stored_records.hpp"
#include "core/model/adapter_codec.hpp"

namespace casebridge::federation {
namespace {

using model::Dataset;

constexpr std::string_view obligations_name = "obligations";

class CaseMerge {
 public:
  CaseMerge(const CaseBefore& before, const model::CaseContent& content, Instant now)
      : before_(before), content_(content), now_(now) {
    const model::DatasetContent* const cases = content_of(Dataset::cases);
    const model::Case* const told = cases ? this_case(*cases) : nullptr;
    const std::optional<model::Case> kept = cases ? std::nullopt : stored_case();
    if (told || kept) viewer_ = viewer_of(told ? *told : *kept, before.policy);
  }

  std::vector<MergedDataset> run(const std::vector<Dataset>& asked) {
    for (const Dataset dataset : asked) {
      const model::DatasetContent* const content = content_of(dataset);
      if (content && viewer_)
        take(dataset, *content);
      else
        fail(dataset, content ? why_nobody_may_look() : failure_of(dataset));
    }
    if (viewer_) project_the_rest_anew();
    return std::move(merged_);
  }

  bool nobody_may_look() const { return !viewer_ || viewer_->blocked(); }

 private:
  const model::DatasetAnswer* answer_of(Dataset dataset) const {
    for (const model::DatasetAnswer& answer : content_.datasets)
      if (answer.dataset == dataset) return &answer;
    return nullptr;
  }

  const model::DatasetContent* content_of(Dataset dataset) const {
    const model::DatasetAnswer* const answer = answer_of(dataset);
    return answer ? std::get_if<model::DatasetContent>(&answer->answer) : nullptr;
  }

  Trouble failure_of(Dataset dataset) const {
    const model::DatasetAnswer* const answer = answer_of(dataset);
    if (!answer) return trouble(TroubleCode::adapter_fault, "the adapter left a dataset out");
    const auto* failure = std::get_if<Trouble>(&answer->answer);
    return failure ? *failure : trouble(TroubleCode::not_supported);
  }

  // Figures whose viewer is not known are not taken: nobody could say what may be seen of them.
  Trouble why_nobody_may_look() const {
    if (content_of(Dataset::cases))
      return trouble(TroubleCode::adapter_fault, "the adapter answered for another case");
    return answer_of(Dataset::cases) ? failure_of(Dataset::cases) : trouble(TroubleCode::dataset_syncing);
  }

  const model::Case* this_case(const model::DatasetContent& content) const {
    const auto& cases = std::get<std::vector<model::Case>>(content.records);
    return cases.size() == 1 && cases.front().key == before_.case_key ? &cases.front() : nullptr;
  }

  // The records of a dataset as they are stored, none of them if one cannot be read; nullopt: none are
  // stored.
  std::optional<model::Records> kept_records(Dataset dataset) const {
    std::string array;
    for (const ports::RecordVersion& row : before_.stored)
      if (row.dataset == model::name_of(dataset)) array += (array.empty() ? "[" : ",") + row.body;
    if (array.empty()) return std::nullopt;
    Result<model::Records> records = model::decode_records(dataset, array + "]");
    return records ? std::move(*records) : model::no_records(dataset);
  }

  std::optional<model::Case> stored_case() const {
    const std::optional<model::Records> records = kept_records(Dataset::cases);
    if (!records || model::count_of(*records) == 0) return std::nullopt;
    return std::get<std::vector<model::Case>>(*records).front();
  }

  ports::DatasetState state_of(std::string_view dataset) const {
    for (const ports::DatasetState& state : before_.states)
      if (state.link == before_.link && state.case_key == before_.case_key && state.dataset == dataset)
        return state;
    return {before_.link, before_.case_key, std::string(dataset), "never", {}, {}, {}, {}, 0, {}, {}};
  }

  // By what may be seen: the time of a change must not tell that something withheld has changed.
  bool differs(const std::vector<ports::RecordVersion>& rows, std::string_view dataset) const {
    std::vector<std::string> now, then;
    for (const ports::RecordVersion& row : rows) now.push_back(row.upstream_key + '\0' + row.projected);
    for (const ports::RecordVersion& row : before_.stored)
      if (row.dataset == dataset) then.push_back(row.upstream_key + '\0' + row.projected);
    std::sort(now.begin(), now.end());
    std::sort(then.begin(), then.end());
    return now != then;
  }

  void take(Dataset dataset, const model::DatasetContent& content) {
    const Read read{before_.link, before_.case_key, *viewer_, content.as_of, now_};
    store(model::name_of(dataset), stored_records(read, content.records), content.as_of);
    if (content.history_from) merged_.back().state.history_from = content.history_from->text();
    if (dataset != Dataset::orders) return;
    const auto& orders = std::get<std::vector<model::Order>>(content.records);
    store(obligations_name, stored_obligations(read, orders), content.as_of);
  }

  void store(std::string_view dataset, std::vector<ports::RecordVersion> rows,
             const Known<model::Date>& as_of) {
    ports::DatasetState before = state_of(dataset);
    const bool changed = differs(rows, dataset) || !before.retrieved_at;
    ports::DatasetState state = after_answer(std::move(before), changed, now_);
    state.as_of = as_of ? std::optional(as_of->text()) : oldest_as_of(rows);
    state.history_from.reset();
    merged_.push_back({std::move(rows), std::move(state)});
  }

  static std::optional<std::string> oldest_as_of(const std::vector<ports::RecordVersion>& rows) {
    std::optional<std::string> oldest;
    for (const ports::RecordVersion& row : rows)
      if (row.as_of && (!oldest || *row.as_of < *oldest)) oldest = row.as_of;
    return oldest;
  }

  void fail(Dataset dataset, const Trouble& failure) {
    merged_.push_back({std::nullopt, after_failure(state_of(model::name_of(dataset)), failure, now_)});
    if (dataset == Dataset::orders)
      merged_.push_back({std::nullopt, after_failure(state_of(obligations_name), failure, now_)});
  }

  // Content that stays, seen from where the viewer is now. Its date and the time of its reading stay too.
  void project_the_rest_anew() {
    for (const Dataset dataset : model::all_datasets) {
      const std::optional<model::Records> records = kept_records(dataset);
      if (!records) continue;
      const Read read{before_.link, before_.case_key, *viewer_, Missing::not_provided, now_};
      keep(model::name_of(dataset), stored_records(read, *records));
      if (const auto* orders = std::get_if<std::vector<model::Order>>(&*records))
        keep(obligations_name, stored_obligations(read, *orders));
    }
  }

  void keep(std::string_view dataset, std::vector<ports::RecordVersion> rows) {
    auto entry = std::find_if(merged_.begin(), merged_.end(),
                              [&](const MergedDataset& merged) { return merged.state.dataset == dataset; });
    const bool read_anew = entry != merged_.end() && entry->records;
    if (read_anew || !differs(rows, dataset)) return;
    if (entry == merged_.end()) entry = merged_.insert(entry, {std::nullopt, state_of(dataset)});
    entry->records = with_old_times(dataset, std::move(rows));
  }

  std::vector<ports::RecordVersion> with_old_times(std::string_view dataset,
                                                   std::vector<ports::RecordVersion> rows) const {
    for (ports::RecordVersion& row : rows) {
      for (const ports::RecordVersion& old : before_.stored) {
        if (old.dataset != dataset || old.upstream_key != row.upstream_key) continue;
        row.as_of = old.as_of;
        row.retrieved_at = old.retrieved_at;
      }
    }
    return rows;
  }

  const CaseBefore& before_;
  const model::CaseContent& content_;
  Instant now_;
  std::optional<Viewer> viewer_;
  std::vector<MergedDataset> merged_;
};

std::string sync_word(TroubleCode code) {
  switch (code) {
    case TroubleCode::not_supported: return "unsupported";
    case TroubleCode::source_not_permitted: return "not_permitted";
    case TroubleCode::source_session_ended:
    case TroubleCode::needs_user:
    case TroubleCode::link_action_required: return "needs_user";
    default: break;
  }
  const bool asks_the_parent = row_of(code).category == "challenge";
  return asks_the_parent ? "needs_user" : "failed";
}

}  // namespace

std::vector<MergedDataset> merge_case(const CaseBefore& before, const std::vector<Dataset>& asked,
                                      const model::CaseContent& content, Instant now) {
  return CaseMerge(before, content, now).run(asked);
}

std::optional<std::vector<MergedDataset>> project_anew(const CaseBefore& before, Instant now) {
  const model::CaseContent nothing;
  CaseMerge merge(before, nothing, now);
  if (merge.nobody_may_look()) return std::nullopt;
  return merge.run({});
}

ports::DatasetState after_failure(ports::DatasetState state, const Trouble& trouble, Instant now) {
  state.sync = sync_word(trouble.code);
  state.last_attempt_at = now;
  if (state.sync == "unsupported") {  // an answer, not a failure
    state.failures = 0;
    state.trouble.clear();
    state.retry_at.reset();
    return state;
  }
  ++state.failures;
  state.trouble = trouble.row().name;
  state.retry_at = trouble.retry_at;
  return state;
}

ports::DatasetState after_answer(ports::DatasetState state, bool content_changed, Instant now) {
  state.sync = "ok";
  state.last_attempt_at = state.verified_at = now;
  if (content_changed) state.retrieved_at = now;
  state.failures = 0;
  state.trouble.clear();
  state.retry_at.reset();
  return state;
}

const std::vector<std::string>& stored_datasets() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const Dataset dataset : model::all_datasets) made.emplace_back(model::name_of(dataset));
    made.emplace_back(obligations_name);
    return made;
  }();
  return names;
}

}  // namespace casebridge::federation
