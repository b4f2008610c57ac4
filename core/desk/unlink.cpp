// What is ours is destroyed first and in one transaction; the state's session is ended after it, and by a job
// if need be.
#include "core/desk/unlink.hpp"

#include "core/desk/dataset_states.hpp"
#include "core/desk/link_row.hpp"
#include "core/desk/project_anew.hpp"
#include "core/desk/state_session.hpp"
#include "core/desk/tell.hpp"

namespace casebridge::desk {
namespace {

struct Closing {
  UnlinkReceipt receipt;
  std::optional<StateSession> session;
  std::optional<JobId> job;
};

Result<void> end_open_sync(ports::Transaction& tx, const LinkId& link, Instant now) {
  CASEBRIDGE_TRY(auto sync, tx.syncs().find_open(link));
  if (!sync) return {};
  sync->state = "failed";
  sync->trouble = row_of(TroubleCode::not_found).name;
  sync->finished_at = now;
  return tx.syncs().update(*sync);
}

Result<Closing> close(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                      const Unlink& asked) {
  CASEBRIDGE_TRY(auto link, tx.links().find(account, asked.link));
  if (!link || is_gone(*link)) return trouble(TroubleCode::not_found, "link");
  if (asked.expected_version && *asked.expected_version != link->version) {
    return trouble(TroubleCode::version_conflict);
  }
  const Instant now = desk.clock.now();
  CASEBRIDGE_CHECK(
      tell(desk, tx, "link_removed", account, {{"link", link->id.text()}, {"system", link->system}}));
  Closing closing{{link->id, link->system, "none", false, 0, now}, {}, {}};
  // A session that cannot be opened any more must not keep the parent from leaving.
  if (auto session = open_live_session(desk, tx, *link)) closing.session = std::move(session).value();
  if (closing.session) {
    const Instant later = now + std::chrono::ceil<std::chrono::seconds>(desk.settings.end_timeout_ms) +
                          desk.settings.login_grace_s;
    CASEBRIDGE_TRY(closing.job,
                   queue_session_end(desk, tx, account, link->system, closing.session->blob, later));
  }
  ports::RecordQuery cases{account, link->id, {}, {std::string(dataset_cases)}, {}, {}, 0};
  CASEBRIDGE_TRY(const auto page, tx.snapshots().current(cases));
  closing.receipt.cases_erased = static_cast<int>(page.records.size());
  CASEBRIDGE_CHECK(end_open_sync(tx, link->id, now));
  CASEBRIDGE_CHECK(tx.link_secrets().remove_all(link->id));
  CASEBRIDGE_CHECK(tx.snapshots().erase(link->id));
  closing.receipt.secrets_destroyed = true;
  CASEBRIDGE_CHECK(move_link(*link, federation::LinkTrigger::revoked, now));
  CASEBRIDGE_CHECK(move_link(*link, federation::LinkTrigger::purged, now));
  link->reason.clear();
  link->subject_digest.clear();
  link->version += 1;
  CASEBRIDGE_CHECK(tx.links().update(*link));
  CASEBRIDGE_CHECK(tx.raise_account_version(account));
  return closing;
}

// True when the state said so; then the job has nothing left to do.
bool end_at_state(const Desk& desk, const Closing& closing, const std::string& request_id) {
  ports::StateAdapter* adapter = desk.systems.adapter(closing.receipt.system);
  if (adapter == nullptr) return false;
  const ports::CallContext context{Deadline{desk.settings.end_timeout_ms}, request_id};
  return adapter->auth_end(context, closing.session->blob).has_value();
}

}  // namespace

Result<UnlinkReceipt> unlink(const Desk& desk, const model::Caller& caller, const Unlink& asked) {
  CASEBRIDGE_CHECK(project_anew(desk, caller.account));
  std::optional<Closing> closing;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(closing, close(desk, tx, caller.account, asked));
    return {};
  });
  if (!written) return written.error();
  if (!closing->session) return closing->receipt;
  closing->receipt.state_session = "queued";
  if (!end_at_state(desk, *closing, asked.request_id)) return closing->receipt;
  closing->receipt.state_session = "ended";
  const Result<void> done =
      desk.store.write([&](ports::Transaction& tx) { return tx.jobs().finish(*closing->job); });
  if (!done) desk.log.write(LogLevel::warn, "job_not_finished", {{"job", closing->job->text()}});
  return closing->receipt;
}

}  // namespace casebridge::desk
