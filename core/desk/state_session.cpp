// Sealing binds a session to its account, link, system and the version of its row.
#include "core/desk/state_session.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/desk/job_codec.hpp"
#include "core/desk/jobs.hpp"
#include "core/desk/secret_frame.hpp"

namespace casebridge::desk {
namespace {

constexpr std::string_view kind_session = "session";

ports::SealedPlace place_of(const ports::Link& link, std::int64_t version) {
  return {"state-session", link.account.text(), link.id.text(), link.system, version};
}

// One that is replaced is ended at the state, or what it kept for it would stay there for nobody. A session
// that cannot be opened any more keeps no other from taking its place.
Result<void> end_replaced(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                          const SecretBytes& by) {
  const auto older = open_live_session(desk, tx, link);
  if (!older || !*older || (*older)->blob.reveal() == by.reveal()) return {};
  CASEBRIDGE_TRY([[maybe_unused]] const JobId job,
                 queue_session_end(desk, tx, link.account, link.system, (*older)->blob, desk.clock.now()));
  return {};
}

}  // namespace

Result<void> store_session(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                           const model::AuthDone& done) {
  CASEBRIDGE_CHECK(end_replaced(desk, tx, link, done.session));
  CASEBRIDGE_TRY(const auto older, tx.link_secrets().get(link.id, std::string(kind_session)));
  ports::SealedRow row{std::string(kind_session),
                       {},
                       older ? older->version + 1 : 1,
                       done.idle_expires_at,
                       done.absolute_expires_at};
  std::chrono::seconds span{0};
  if (done.idle_expires_at)
    span = std::max(std::chrono::seconds{0}, *done.idle_expires_at - desk.clock.now());
  const SecretBytes frame = join_secrets({std::to_string(span.count()), done.session.reveal()});
  CASEBRIDGE_TRY(row.sealed, desk.vault.seal(frame, place_of(link, row.version)));
  return tx.link_secrets().put(link.id, row);
}

std::optional<Instant> end_of(const ports::SealedRow& row) {
  if (row.idle_end && row.absolute_end) return std::min(*row.idle_end, *row.absolute_end);
  return row.idle_end ? row.idle_end : row.absolute_end;
}

bool is_live(const ports::SealedRow& row, Instant now) {
  const std::optional<Instant> end = end_of(row);
  return !end || now < *end;
}

Result<std::optional<StateSession>> open_live_session(const Desk& desk, ports::Transaction& tx,
                                                      const ports::Link& link) {
  CASEBRIDGE_TRY(const auto row, tx.link_secrets().get(link.id, std::string(kind_session)));
  if (!row || !is_live(*row, desk.clock.now())) return std::optional<StateSession>{};
  CASEBRIDGE_TRY(const SecretBytes frame, desk.vault.open(row->sealed, place_of(link, row->version)));
  CASEBRIDGE_TRY(auto parts, split_secrets(frame, 2));
  const auto span = text::parse_int(parts[0].reveal());
  return std::optional<StateSession>{
      StateSession{std::move(parts[1]), std::chrono::seconds{span.value_or(0)}}};
}

Result<void> touch_session(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                           std::chrono::seconds idle_span) {
  if (idle_span.count() == 0) return {};
  CASEBRIDGE_TRY(auto row, tx.link_secrets().get(link.id, std::string(kind_session)));
  if (!row) return {};
  row->idle_end = desk.clock.now() + idle_span;
  return tx.link_secrets().put(link.id, *row);
}

Result<JobId> queue_session_end(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                                const std::string& system, const SecretBytes& blob, Instant run_at) {
  ports::Job job{JobId::make(desk.clock.now()), std::string(job_end_session), {}, {}, run_at, 0};
  job.subject = job.id.text();
  EndSessionPayload payload{account.text(), system, {}};
  const ports::SealedPlace place{"session-to-end", payload.account, job.subject, system, 0};
  CASEBRIDGE_TRY(payload.sealed, desk.vault.seal(blob, place));
  job.payload = encode(payload);
  CASEBRIDGE_TRY([[maybe_unused]] const bool made, tx.jobs().enqueue(job));
  return job.id;
}

}  // namespace casebridge::desk
