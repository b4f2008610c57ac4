// Lists the cases, then reads and commits one after the other, so that a crash or an ended session loses
// little.
#include "core/desk/run_sync.hpp"

#include <algorithm>
#include <set>

#include "core/desk/asserted_person.hpp"
#include "core/desk/dataset_states.hpp"
#include "core/desk/end_sync.hpp"
#include "core/desk/job_codec.hpp"
#include "core/desk/link_row.hpp"
#include "core/desk/merge_case.hpp"
#include "core/desk/project_anew.hpp"
#include "core/desk/state_session.hpp"
#include "core/desk/sync_codec.hpp"
#include "core/desk/tell.hpp"
#include "core/federation/sync_merge.hpp"

namespace casebridge::desk {
namespace {

constexpr std::chrono::seconds leave_to_others_s{60};

// The state shows this person nothing any more. It does not say why, and it may be for somebody's safety.
bool withdraws_access(const Trouble& why) {
  return why.code == TroubleCode::needs_enrolment || why.code == TroubleCode::account_unavailable;
}

// One run of one sync. Troubles of the state end up in `sync_`; those that leave a function are the gateway's
// own.
class Run {
 public:
  Run(const Desk& desk, const ports::Job& job) : desk_(desk), job_(job) {}

  Result<JobEnd> go() {
    CASEBRIDGE_TRY(SyncPayload payload, decode_sync_payload(job_.payload));
    CASEBRIDGE_CHECK(open());
    if (!session_) return end_;
    CASEBRIDGE_CHECK(project_anew(desk_, link_->account));
    if (payload.waiting.empty() || payload.waiting.front().case_key.empty()) {
      CASEBRIDGE_TRY(const bool listed, list(payload));
      if (!listed) return end_;
    } else {
      for (const SyncPayload::Waiting& one : payload.waiting) keys_.push_back(one.case_key);
    }
    for (const std::string& key : keys_) {
      if (is_over()) break;
      CASEBRIDGE_CHECK(read(key, payload));
    }
    CASEBRIDGE_CHECK(finish());
    return end_;
  }

 private:
  bool is_over() const { return needs_user_ || withdrawn_ || gone_; }

  // Finds what the job is about; leaves session_ empty when there is nothing to do.
  Result<void> open() {
    return write([&](ports::Transaction& tx) -> Result<void> {
      session_.reset();
      end_ = {};
      const auto id = SyncId::parse(job_.subject);
      if (!id) return trouble(TroubleCode::internal, "job subject");
      CASEBRIDGE_TRY(sync_, tx.syncs().find_by_id(*id));
      if (!sync_ || sync_->finished_at) return {};
      CASEBRIDGE_TRY(link_, tx.links().find(sync_->account, sync_->link));
      if (!link_ || is_gone(*link_)) return {};
      CASEBRIDGE_TRY(const bool other_rules, follows_other_rules(desk_, tx, link_->system));
      if (other_rules) {  // a gateway with newer settings will do it
        end_ = {now() + leave_to_others_s, job_.payload};
        return {};
      }
      CASEBRIDGE_CHECK(tell_opening(desk_, tx, "state_session_opened", *link_, "sync",
                                    sync_->trigger == "scheduled" ? By::gateway : By::account));
      CASEBRIDGE_TRY(session_, open_live_session(desk_, tx, *link_));
      adapter_ = desk_.systems.adapter(link_->system);
      CASEBRIDGE_TRY(unseen_, unseen_cases(tx, *link_));
      if (!session_) return end_needing_user(tx, *link_, *sync_, trouble(TroubleCode::needs_user), now());
      sync_->state = "running";
      return tx.syncs().update(*sync_);
    });
  }

  // False: the sync, or this run of it, has ended here.
  Result<bool> list(const SyncPayload& payload) {
    SecretBytes resume;
    if (!payload.waiting.empty()) {
      CASEBRIDGE_TRY(resume, desk_.vault.open(payload.waiting.front().sealed, place({})));
    }
    auto answer = adapter_ == nullptr
                      ? ports::Answer<model::CaseList>(trouble(TroubleCode::source_unavailable))
                      : adapter_->list_cases(context(resume), session_->blob);
    if (!answer) {
      const Trouble why = answer.error();
      CASEBRIDGE_CHECK(write([&](ports::Transaction& tx) -> Result<void> {
        CASEBRIDGE_TRY(const bool open, still_open(tx));
        if (!open) return {};
        if (why.code == TroubleCode::source_session_ended) return end_without_session(tx, why);
        if (withdraws_access(why)) return end_without_access(tx, why);
        // Nothing is wrong with the session: its owner has to sign in to the gateway, surely and recently.
        return why.code == TroubleCode::step_up_required ? end_needing_user(tx, *link_, *sync_, why, now())
                                                         : end_failed(tx, *link_, *sync_, why, now());
      }));
      return false;
    }
    if (const auto* pending = std::get_if<model::Pending>(&*answer)) {
      CASEBRIDGE_CHECK(wait_for({}, *pending));
      return false;
    }
    for (const model::CaseHandle& handle : std::get<model::CaseList>(*answer).cases) {
      if (std::find(keys_.begin(), keys_.end(), handle.key) == keys_.end()) keys_.push_back(handle.key);
    }
    listed_ = true;
    return true;
  }

  Result<void> read(const std::string& key, const SyncPayload& payload) {
    // Of a case that nobody may see, failures are not told either.
    const bool unseen = unseen_.contains(key);
    if (halted_) return unseen ? Result<void>() : commit_failure(key, *halted_);
    SecretBytes resume;
    for (const SyncPayload::Waiting& one : payload.waiting) {
      if (one.case_key != key) continue;
      CASEBRIDGE_TRY(resume, desk_.vault.open(one.sealed, place(key)));
    }
    const model::CaseReadQuery query{key, {std::begin(model::all_datasets), std::end(model::all_datasets)}};
    const auto answer = adapter_ == nullptr
                            ? ports::Answer<model::CaseContent>(trouble(TroubleCode::source_unavailable))
                            : adapter_->read_case(context(resume), session_->blob, query);
    if (!answer) {
      const Trouble& why = answer.error();
      if (why.code == TroubleCode::source_session_ended) {
        needs_user_ = why;
        return {};
      }
      if (withdraws_access(why)) {
        withdrawn_ = why;
        return {};
      }
      if (unseen) return {};
      // What stops the whole system stops the other cases too; nobody is asked in vain.
      if (why.row().category == "source" && why.row().retryable) halted_ = why;
      return commit_failure(key, why);
    }
    if (const auto* pending = std::get_if<model::Pending>(&*answer)) return wait_for(key, *pending);
    const model::CaseContent& content = std::get<model::CaseContent>(*answer);
    if (shows_no_case(desk_, *link_, content) || (unseen && !tells_case(content))) {
      hidden_.push_back(key);
      return {};
    }
    return commit([&](ports::Transaction& tx) { return merge_case(desk_, tx, *link_, key, content); }, true);
  }

  Result<void> commit_failure(const std::string& key, const Trouble& why) {
    return commit([&](ports::Transaction& tx) { return mark_case_failed(desk_, tx, *link_, key, why); },
                  false);
  }

  template <class Merge>
  Result<void> commit(const Merge& merge, bool used_session) {
    const ports::Sync before = *sync_;
    std::optional<MergedCase> merged;
    CASEBRIDGE_CHECK(write([&](ports::Transaction& tx) -> Result<void> {
      merged.reset();
      CASEBRIDGE_TRY(const bool open, still_open(tx));
      if (!open) return {};
      CASEBRIDGE_TRY(merged, merge(tx));
      sync_ = before;
      count(merged->counts);
      std::vector<SyncDataset> progress = decode_progress(sync_->progress);
      progress.insert(progress.end(), merged->progress.begin(), merged->progress.end());
      sync_->progress = encode_progress(progress);
      CASEBRIDGE_CHECK(tx.syncs().update(*sync_));
      if (used_session) CASEBRIDGE_CHECK(touch_session(desk_, tx, *link_, session_->idle_span));
      return tx.raise_account_version(link_->account);
    }));
    if (!merged) return {};
    all_well_ = all_well_ && merged->all_well;
    if (merged->session_ended) needs_user_ = trouble(TroubleCode::source_session_ended);
    return {};
  }

  Result<void> finish() {
    const ports::Sync before = *sync_;
    return write([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(const bool open, still_open(tx));
      if (!open) return {};
      sync_ = before;
      if (withdrawn_) return end_without_access(tx, *withdrawn_);
      CASEBRIDGE_CHECK(bury_unseen(tx));
      if (needs_user_) return end_without_session(tx, *needs_user_);
      if (!payload_.waiting.empty()) {
        end_.payload = encode(payload_);
        return tx.syncs().update(*sync_);
      }
      for (const SyncDataset& one : decode_progress(sync_->progress)) {
        if (one.sync != "ok" && one.sync != "unsupported") all_well_ = false;
      }
      sync_->state = all_well_ ? "succeeded" : "partial";
      if (halted_) sync_->trouble = halted_->row().name;
      sync_->finished_at = now();
      CASEBRIDGE_CHECK(touch_session(desk_, tx, *link_, session_->idle_span));
      CASEBRIDGE_CHECK(tx.syncs().update(*sync_));
      return tx.raise_account_version(link_->account);
    });
  }

  // Cases that are not listed any more and cases that are kept from this parent go in the same transaction,
  // with the same counts and times: nobody can tell one from the other, nor how many there are of which.
  Result<void> bury_unseen(ports::Transaction& tx) {
    if (!listed_ && hidden_.empty()) return {};
    CASEBRIDGE_TRY(const ports::ChangeCounts buried, listed_
                                                         ? bury_other_cases(desk_, tx, *link_, shown_keys())
                                                         : bury_cases(desk_, tx, *link_, hidden_));
    CASEBRIDGE_CHECK(remember_hidden(tx, *link_, hidden_));
    count(buried);
    CASEBRIDGE_TRY(const auto states, tx.snapshots().states(link_->account));
    ports::DatasetState list = state_or_new(states, link_->id, {}, std::string(dataset_cases));
    if (listed_) {
      list = federation::after_answer(std::move(list), !list.retrieved_at || buried.removed > 0, now());
    } else if (buried.removed > 0) {
      list.retrieved_at = now();
    }
    return tx.snapshots().put_state(list);
  }

  std::vector<std::string> shown_keys() const {
    std::vector<std::string> shown;
    std::copy_if(keys_.begin(), keys_.end(), std::back_inserter(shown), [&](const std::string& key) {
      return std::find(hidden_.begin(), hidden_.end(), key) == hidden_.end();
    });
    return shown;
  }

  // The state accepts the session no more, so what is sealed is of no use.
  Result<void> end_without_session(ports::Transaction& tx, const Trouble& why) {
    CASEBRIDGE_CHECK(tx.link_secrets().remove(link_->id, "session"));
    return end_needing_user(tx, *link_, *sync_, why, now());
  }

  // What was read before goes as if the state listed nothing: it would be shown against the state's word.
  Result<void> end_without_access(ports::Transaction& tx, const Trouble& why) {
    keys_.clear();
    hidden_.clear();
    listed_ = true;
    CASEBRIDGE_CHECK(bury_unseen(tx));
    return end_without_session(tx, why);
  }

  Result<void> wait_for(const std::string& key, const model::Pending& pending) {
    CASEBRIDGE_TRY(std::string sealed, desk_.vault.seal(pending.resume, place(key)));
    payload_.waiting.push_back({key, std::move(sealed)});
    end_.again_at = std::max({pending.not_before, now(), end_.again_at.value_or(pending.not_before)});
    end_.payload = encode(payload_);
    return {};
  }

  // Unlinked meanwhile, or ended by somebody else: nothing more may be written.
  Result<bool> still_open(ports::Transaction& tx) {
    CASEBRIDGE_TRY(const auto sync, tx.syncs().find_by_id(sync_->id));
    CASEBRIDGE_TRY(const auto link, tx.links().find(sync_->account, sync_->link));
    gone_ = !sync || sync->finished_at || !link || is_gone(*link);
    if (gone_) end_ = {};
    return !gone_;
  }

  void count(const ports::ChangeCounts& counts) {
    sync_->added += counts.added;
    sync_->changed += counts.changed;
    sync_->removed += counts.removed;
  }

  ports::CallContext context(const SecretBytes& resume) const {
    ports::CallContext made{Deadline{desk_.settings.read_timeout_ms}, job_.id.text()};
    if (!resume.empty()) made.resume = &resume;
    made.person = asserted_person(desk_, link_->account, link_->system);
    return made;
  }

  ports::SealedPlace place(std::string_view key) const {
    return {key.empty() ? "sync-list-resume" : "sync-case-resume", link_->account.text(), job_.subject,
            link_->system, 0};
  }

  Result<void> write(const ports::Store::Work& work) { return desk_.store.write(work); }
  Instant now() const { return desk_.clock.now(); }

  const Desk& desk_;
  const ports::Job& job_;
  std::optional<ports::Sync> sync_;
  std::optional<ports::Link> link_;
  std::optional<StateSession> session_;
  ports::StateAdapter* adapter_ = nullptr;
  std::vector<std::string> keys_;
  std::set<std::string> unseen_;     // before this run: gone, or kept from this parent
  std::vector<std::string> hidden_;  // found by this run to be kept from this parent
  bool listed_ = false;
  bool all_well_ = true;
  bool gone_ = false;
  std::optional<Trouble> needs_user_, withdrawn_, halted_;
  SyncPayload payload_;  // of the next run, when a state was not ready
  JobEnd end_;
};

}  // namespace

Result<JobEnd> run_sync(const Desk& desk, const ports::Job& job) { return Run(desk, job).go(); }

}  // namespace casebridge::desk
