// Decides whose link a session becomes, and stores everything that belongs to it at once.
#include "core/desk/finish_link.hpp"

#include "core/desk/link_row.hpp"
#include "core/desk/queue_sync.hpp"
#include "core/desk/state_session.hpp"
#include "core/desk/tell.hpp"
#include "core/model/adapter_codec.hpp"

namespace casebridge::desk {
namespace {

Result<std::optional<SyncId>> refuse(const Desk& desk, ports::Transaction& tx, ports::LinkAttempt& row,
                                     const model::AuthDone& done, const Trouble& why) {
  end_attempt(row, "failed");
  set_trouble(row, why);
  CASEBRIDGE_TRY([[maybe_unused]] const JobId job,
                 queue_session_end(desk, tx, row.account, row.system, done.session, desk.clock.now()));
  return std::optional<SyncId>{};
}

Result<void> store_credential(const Desk& desk, ports::Transaction& tx, const LoginRound& round,
                              const ports::Link& link) {
  if (link.custody != "vaulted" || round.begin.fields.empty()) {
    return tx.link_secrets().remove(link.id, "credential");
  }
  CASEBRIDGE_TRY(const auto older, tx.link_secrets().get(link.id, "credential"));
  ports::SealedRow sealed{"credential", {}, older ? older->version + 1 : 1, {}, {}};
  const ports::SealedPlace place{"state-credential", link.account.text(), link.id.text(), link.system,
                                 sealed.version};
  CASEBRIDGE_TRY(sealed.sealed, desk.vault.seal(model::encode(round.begin), place));
  return tx.link_secrets().put(link.id, sealed);
}

// The link a repair is for, changed; or why it cannot be repaired by this person.
Result<ports::Link> repaired(ports::Transaction& tx, const ports::LinkAttempt& row, const std::string& digest,
                             Instant now) {
  CASEBRIDGE_TRY(auto found, tx.links().find(row.account, *row.link));
  if (!found || is_gone(*found)) return trouble(TroubleCode::not_found, "link");
  if (!found->subject_digest.empty() && found->subject_digest != digest) {
    return trouble(TroubleCode::identity_mismatch);
  }
  CASEBRIDGE_CHECK(move_link(*found, federation::LinkTrigger::repaired, now));
  return std::move(*found);
}

Result<ports::Link> created(const Desk& desk, ports::Transaction& tx, const ports::LinkAttempt& row,
                            const ports::SystemInfo& system, const std::string& digest) {
  CASEBRIDGE_TRY(const auto existing, tx.links().find_live(row.account, row.system, digest));
  if (existing) {
    Trouble exists = trouble(TroubleCode::link_already_exists);
    exists.reference = existing->id.text();
    exists.remedy_action = "repair_link";
    return exists;
  }
  const Instant now = desk.clock.now();
  ports::Link link{LinkId::make(now),
                   row.account,
                   row.system,
                   system.jurisdiction,
                   "verifying",
                   now,
                   {},
                   row.custody,
                   digest,
                   false,
                   0,
                   now};
  CASEBRIDGE_CHECK(move_link(link, federation::LinkTrigger::identity_matched, now));
  return link;
}

bool is_refusal(const Trouble& why) {
  return why.code == TroubleCode::link_already_exists || why.code == TroubleCode::identity_mismatch ||
         why.code == TroubleCode::not_found;
}

}  // namespace

std::string subject_digest_of(const Desk& desk, const std::string& system, const std::string& subject_key) {
  return desk.vault.fingerprint("link-subject", system + '\n' + subject_key);
}

Result<std::optional<SyncId>> finish_link(const Desk& desk, ports::Transaction& tx, const LoginRound& round,
                                          ports::LinkAttempt& row, const model::AuthDone& done) {
  // Appointed since it was asked for: an operator has no links.
  CASEBRIDGE_TRY(const auto account, tx.accounts().find(row.account));
  if (account && account->is_operator())
    return refuse(desk, tx, row, done, trouble(TroubleCode::not_found, "an operator has no links"));
  const Instant now = desk.clock.now();
  const std::string digest = subject_digest_of(desk, row.system, done.subject_key);
  auto decided = row.link ? repaired(tx, row, digest, now) : created(desk, tx, row, *round.system, digest);
  if (!decided) {
    if (is_refusal(decided.error())) return refuse(desk, tx, row, done, decided.error());
    return std::move(decided).error();
  }
  ports::Link link = std::move(decided).value();
  link.reason.clear();
  link.custody = row.custody;
  link.subject_digest = digest;
  link.second_step_seen = link.second_step_seen || row.second_step_seen || done.second_step_used;
  link.version += 1;
  CASEBRIDGE_CHECK(row.link ? tx.links().update(link) : tx.links().insert(link));
  CASEBRIDGE_CHECK(tell(desk, tx, "link_made", link.account,
                        {{"link", link.id.text()},
                         {"system", link.system},
                         {"custody", link.custody},
                         {"how", row.link ? "repaired" : "new"}}));
  CASEBRIDGE_CHECK(store_session(desk, tx, link, done));
  CASEBRIDGE_CHECK(store_credential(desk, tx, round, link));
  CASEBRIDGE_TRY(const QueuedSync queued, queue_sync(tx, link, "user", now, now));
  CASEBRIDGE_CHECK(tx.raise_account_version(link.account));
  end_attempt(row, "succeeded");
  row.link = link.id;
  return std::optional<SyncId>{queued.sync.id};
}

}  // namespace casebridge::desk
