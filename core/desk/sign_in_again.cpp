// Only a refusal that the state has stated makes the link itself need repair; everything else is the sync's
// affair.
#include "core/desk/sign_in_again.hpp"

#include "core/desk/asserted_person.hpp"
#include "core/desk/end_sync.hpp"
#include "core/desk/finish_link.hpp"
#include "core/desk/link_row.hpp"
#include "core/desk/state_session.hpp"
#include "core/desk/tell.hpp"
#include "core/model/adapter_codec.hpp"

namespace casebridge::desk {
namespace {

// What the state said about the credential, as the reason of a link that needs repair; empty when it said
// nothing.
std::string reason_of(TroubleCode code) {
  switch (code) {
    case TroubleCode::credential_refused:
    case TroubleCode::credential_already_refused: return "credentials_changed";
    case TroubleCode::account_locked: return "account_locked";
    case TroubleCode::credential_expired: return "password_expired";
    case TroubleCode::action_needed_at_source: return "terms_update";
    case TroubleCode::identity_mismatch: return "identity_mismatch";
    default: return {};
  }
}

std::string reason_of(const model::AuthAction& action) {
  if (action.kind == "reset_password") return "password_expired";
  if (action.kind == "enroll") return "mfa_setup_needed";
  return "terms_update";
}

class Outcome {
 public:
  Outcome(const Desk& desk, ports::Transaction& tx, const SignIn& sign_in, ports::Link& link,
          ports::Sync& sync, const JobId& job)
      : desk_(desk), tx_(tx), sign_in_(sign_in), link_(link), sync_(sync), job_(job) {}

  Result<void> done(const model::AuthDone& done) {
    CASEBRIDGE_CHECK(book_success(tx_, sign_in_.one));
    if (subject_digest_of(desk_, link_.system, done.subject_key) != link_.subject_digest) {
      CASEBRIDGE_TRY([[maybe_unused]] const JobId ending,
                     queue_session_end(desk_, tx_, link_.account, link_.system, done.session, now_));
      return needs_repair(trouble(TroubleCode::identity_mismatch), "identity_mismatch");
    }
    CASEBRIDGE_CHECK(store_session(desk_, tx_, link_, done));
    // The job had its own end for the case that this answer never came; then a new one is due.
    if (sync_.finished_at) {
      CASEBRIDGE_TRY(QueuedSync again, queue_sync(tx_, link_, sync_.trigger, now_, now_));
      sync_ = std::move(again.sync);
      return {};
    }
    return tx_.jobs().retry(job_, now_, 0, {});
  }

  Result<void> second_step() {
    CASEBRIDGE_CHECK(give_back_try(tx_, sign_in_.one));
    link_.second_step_seen = true;
    link_.version += 1;
    CASEBRIDGE_CHECK(tx_.links().update(link_));
    return end(trouble(TroubleCode::needs_user));
  }

  Result<void> failed(const Trouble& why) {
    if (why.code == TroubleCode::credential_refused) {
      CASEBRIDGE_CHECK(book_refusal(desk_, tx_, sign_in_.one, why));
    } else if (why.code == TroubleCode::account_locked) {
      CASEBRIDGE_CHECK(book_lock(desk_, tx_, sign_in_.one, why));
    } else if (!may_have_counted(why)) {
      CASEBRIDGE_CHECK(give_back_try(tx_, sign_in_.one));
    }
    const std::string reason = reason_of(why.code);
    if (!reason.empty()) return needs_repair(why, reason);
    if (sync_.finished_at) return {};
    CASEBRIDGE_CHECK(end_failed(tx_, link_, sync_, why, now_));
    return tx_.jobs().finish(job_);
  }

  Result<void> action(const model::AuthAction& action) {
    CASEBRIDGE_CHECK(give_back_try(tx_, sign_in_.one));
    return needs_repair(trouble(TroubleCode::action_needed_at_source), reason_of(action));
  }

  Result<void> end(const Trouble& why) {
    if (sync_.finished_at) return {};
    CASEBRIDGE_CHECK(end_needing_user(tx_, link_, sync_, why, now_));
    return tx_.jobs().finish(job_);
  }

 private:
  Result<void> needs_repair(const Trouble& why, const std::string& reason) {
    CASEBRIDGE_CHECK(move_link(link_, federation::LinkTrigger::credential_failed, now_));
    link_.reason = reason;
    link_.version += 1;
    CASEBRIDGE_CHECK(tx_.links().update(link_));
    CASEBRIDGE_CHECK(tell_refusal(desk_, tx_, "credential_refused", link_.account,
                                  {{"link", link_.id.text()}, {"system", link_.system}, {"reason", reason}}));
    return end(why);
  }

  const Desk& desk_;
  ports::Transaction& tx_;
  const SignIn& sign_in_;
  ports::Link& link_;
  ports::Sync& sync_;
  const JobId& job_;
  const Instant now_ = desk_.clock.now();
};

Result<void> apply(Outcome& outcome, const ports::Answer<model::AuthStep>& answer) {
  if (!answer) return outcome.failed(answer.error());
  // A system that signs in later cannot be waited for here; its owner begins a repair, which can wait.
  if (std::holds_alternative<model::Pending>(*answer)) return outcome.end(trouble(TroubleCode::needs_user));
  const model::AuthStep& step = std::get<model::AuthStep>(*answer);
  if (const auto* done = std::get_if<model::AuthDone>(&step)) return outcome.done(*done);
  if (const auto* action = std::get_if<model::AuthAction>(&step)) return outcome.action(*action);
  return outcome.second_step();
}

ports::Answer<model::AuthStep> call(const Desk& desk, const SignIn& sign_in, const AccountId& account,
                                    const std::string& request_id, const std::string& locale) {
  ports::StateAdapter* adapter = desk.systems.adapter(sign_in.system->id);
  if (adapter == nullptr) return trouble(TroubleCode::source_unavailable);
  ports::CallContext context{Deadline{desk.settings.login_timeout_ms}, request_id, locale,
                             sign_in.interactive};
  context.person = asserted_person(desk, account, sign_in.system->id);
  return adapter->auth_begin(context, sign_in.begin);
}

}  // namespace

Result<SignIn> prepare_sign_in(const Desk& desk, ports::Transaction& tx, const ports::Link& link,
                               std::string_view trigger) {
  SignIn sign_in;
  sign_in.system = desk.systems.find(link.system);
  if (sign_in.system == nullptr) return trouble(TroubleCode::system_unknown);
  CASEBRIDGE_TRY(const auto row, tx.link_secrets().get(link.id, "credential"));
  if (!row) return trouble(TroubleCode::needs_user);
  const ports::SealedPlace place{"state-credential", link.account.text(), link.id.text(), link.system,
                                 row->version};
  const By by = trigger == "scheduled" ? By::gateway : By::account;
  CASEBRIDGE_CHECK(tell_opening(desk, tx, "credential_opened", link, "sign_in", by));
  CASEBRIDGE_TRY(const SecretBytes credential, desk.vault.open(row->sealed, place));
  CASEBRIDGE_TRY(sign_in.begin, model::decode_auth_begin(credential.reveal()));
  sign_in.one = try_of(desk, *sign_in.system, sign_in.begin);
  CASEBRIDGE_CHECK(reserve_try(desk, tx, sign_in.one, false));
  return sign_in;
}

Result<ports::Sync> sign_in_again(const Desk& desk, const SignIn& sign_in, const QueuedSync& queued,
                                  const std::string& request_id, const std::string& locale) {
  const ports::Answer<model::AuthStep> answer = call(desk, sign_in, queued.sync.account, request_id, locale);
  std::optional<ports::Sync> sync;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(sync, tx.syncs().find_by_id(queued.sync.id));
    CASEBRIDGE_TRY(auto link, tx.links().find(queued.sync.account, queued.sync.link));
    if (!sync || !link) return trouble(TroubleCode::not_found, "link");
    if (is_gone(*link)) {
      const auto* step = answer ? std::get_if<model::AuthStep>(&*answer) : nullptr;
      const auto* done = step ? std::get_if<model::AuthDone>(step) : nullptr;
      if (done == nullptr) return {};
      CASEBRIDGE_TRY(
          [[maybe_unused]] const JobId ending,
          queue_session_end(desk, tx, link->account, link->system, done->session, desk.clock.now()));
      return {};
    }
    Outcome outcome(desk, tx, sign_in, *link, *sync, *queued.job);
    return apply(outcome, answer);
  });
  if (!written) return written.error();
  return std::move(*sync);
}

}  // namespace casebridge::desk
