// The rules of outcome and completeness.
#include "core/desk/coverage.hpp"

#include <algorithm>

#include "core/desk/dataset_states.hpp"
#include "core/desk/link_row.hpp"
#include "core/desk/queue_sync.hpp"
#include "core/federation/freshness.hpp"

namespace casebridge::desk {
namespace {

bool counts(const ports::DatasetState& state, const Interest& interest) {
  if (is_list(state)) return interest.with_list;
  if (state.sync == "unsupported" && !state.last_attempt_at) return false;  // of a case that is gone
  if (interest.case_key && *interest.case_key != state.case_key) return false;
  return std::find(interest.datasets.begin(), interest.datasets.end(), state.dataset) !=
         interest.datasets.end();
}

bool failed(const ports::DatasetState& state) {
  return state.sync == "failed" || state.sync == "partial" || state.sync == "needs_user" ||
         state.sync == "not_permitted";
}

bool is_old(const ports::DatasetState& state, Instant now) {
  if (!state.verified_at) return false;
  const federation::FreshnessStatus status =
      federation::freshness_of(state.dataset, state.verified_at, now).status;
  return status == federation::FreshnessStatus::stale || status == federation::FreshnessStatus::expired;
}

Trouble with_remedy(const ShelvedLink& shelved, Trouble problem) {
  problem.reference = shelved.link.id.text();
  if (problem.row().actor == Actor::user)
    problem.remedy_action = shelved.can_sign_in ? "sync_link" : "repair_link";
  return problem;
}

// The states that count, summed up.
struct Seen {
  bool any = false, content = false, old = false, supported = false, unsupported = false;
  std::optional<Trouble> problem;
  bool only_needs_user = true;
  std::optional<std::string> as_of;
  std::optional<Instant> read_at;
  std::optional<std::string> history_from;
};

Seen look(const ShelvedLink& shelved, const Interest& interest, Instant now) {
  Seen seen;
  for (const ports::DatasetState& state : shelved.states) {
    if (!counts(state, interest)) continue;
    seen.any = seen.any || state.sync != "never";
    seen.content = seen.content || state.retrieved_at.has_value();
    seen.old = seen.old || is_old(state, now);
    // That a state lists cases does not yet say that it tells anything else about them.
    if (!is_list(state)) (state.sync == "unsupported" ? seen.unsupported : seen.supported) = true;
    if (state.as_of && (!seen.as_of || *state.as_of < *seen.as_of)) seen.as_of = state.as_of;
    if (state.retrieved_at && (!seen.read_at || *state.retrieved_at < *seen.read_at))
      seen.read_at = state.retrieved_at;
    if (state.history_from && (!seen.history_from || *seen.history_from < *state.history_from))
      seen.history_from = state.history_from;
    if (!failed(state)) continue;
    if (state.sync != "needs_user" || !seen.problem) {
      seen.problem = with_remedy(shelved, trouble_of(state).value_or(trouble(TroubleCode::needs_user)));
    }
    seen.only_needs_user = seen.only_needs_user && state.sync == "needs_user";
  }
  return seen;
}

}  // namespace

SourceView source_of(const ShelvedLink& shelved, const Interest& interest, int records, Instant now) {
  const Seen seen = look(shelved, interest, now);
  SourceView source{
      shelved.link.id, shelved.link.jurisdiction, shelved.link.system, "ok", seen.as_of, records, {}};
  const std::string with_problem = seen.content ? "stale" : "missing";
  if (shelved.link.state == "action_required") {
    source.outcome = with_problem;
    source.problem = action_required(shelved.link);
  } else if (shelved.outdated) {
    source.outcome = "missing";
    source.problem = with_remedy(shelved, trouble(TroubleCode::dataset_syncing));
  } else if (!seen.any) {
    source.outcome = shelved.syncing ? "syncing" : "missing";
    source.problem = shelved.syncing ? with_remedy(shelved, trouble(TroubleCode::dataset_syncing))
                                     : with_remedy(shelved, trouble(TroubleCode::needs_user));
  } else if (seen.unsupported && !seen.supported) {
    source.outcome = "unsupported";
  } else if (seen.problem && !(seen.only_needs_user && seen.content && !seen.old)) {
    // While the records are fresh by their clocks, an ended session takes nothing away from them.
    source.outcome = with_problem;
    source.problem = seen.problem;
  } else if (seen.old) {
    source.outcome = "stale";
    if (!shelved.syncing && !shelved.session_live) {
      source.problem = with_remedy(shelved, trouble(TroubleCode::needs_user));
    }
  }
  source.read_at = seen.read_at;
  source.history_from = seen.history_from;
  source.closing = closing_of(shelved.system, shelved.jurisdiction, source.problem, now);
  return source;
}

Coverage coverage_of(const Shelf& shelf, std::vector<SourceView> sources) {
  Coverage coverage;
  coverage.account_version = shelf.account_version;
  const auto has = [&](std::initializer_list<std::string_view> outcomes) {
    return [outcomes](const SourceView& one) {
      return std::find(outcomes.begin(), outcomes.end(), one.outcome) != outcomes.end();
    };
  };
  const bool all_well = std::all_of(sources.begin(), sources.end(), has({"ok", "unsupported"}));
  const bool nothing = std::all_of(sources.begin(), sources.end(), has({"missing", "syncing"}));
  const bool begun = std::any_of(sources.begin(), sources.end(), has({"syncing"}));
  if (!sources.empty()) {
    coverage.completeness = all_well ? "complete" : nothing && begun ? "none_yet" : "partial";
    coverage.nothing_to_show = nothing && !begun;
  }
  for (const SourceView& source : sources) {
    auto mark = std::find_if(coverage.watermark.begin(), coverage.watermark.end(),
                             [&](const Watermark& one) { return one.jurisdiction == source.jurisdiction; });
    if (mark == coverage.watermark.end()) {
      coverage.watermark.push_back({source.jurisdiction, source.as_of});
    } else if (!source.as_of || (mark->as_of && *source.as_of < *mark->as_of)) {
      mark->as_of = source.as_of;
    }
  }
  coverage.sources = std::move(sources);
  return coverage;
}

bool wants_refresh(const Desk& desk, const ShelvedLink& shelved, const SourceView& source) {
  if (source.outcome != "stale" && source.outcome != "missing") return false;
  if (shelved.link.state != "active" || !shelved.session_live || shelved.syncing) return false;
  const Instant now = desk.clock.now();
  for (const ports::DatasetState& state : shelved.states) {
    if (state.retry_at && now < *state.retry_at) return false;
    if (state.last_attempt_at && now < *state.last_attempt_at + desk.settings.refresh_interval_s)
      return false;
  }
  return true;
}

void refresh(const Desk& desk, const AccountId& account, const std::vector<LinkId>& links) {
  if (links.empty()) return;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    for (const LinkId& id : links) {
      CASEBRIDGE_TRY(const auto link, tx.links().find(account, id));
      if (!link || link->state != "active") continue;
      const Instant now = desk.clock.now();
      CASEBRIDGE_TRY([[maybe_unused]] const QueuedSync queued, queue_sync(tx, *link, "user", now, now));
    }
    return {};
  });
  if (!written) {
    desk.log.write(LogLevel::warn, "refresh_not_queued", {{"code", written.error().row().name}});
  } else if (desk.wake_jobs) {
    desk.wake_jobs();
  }
}

}  // namespace casebridge::desk
