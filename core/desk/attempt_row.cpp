// One place for the columns of an attempt that depend on each other.
#include "core/desk/attempt_row.hpp"

namespace casebridge::desk {
namespace {

ports::SealedPlace place_of(const ports::LinkAttempt& row, std::string_view purpose) {
  return {purpose, row.account.text(), row.id.text(), row.system, row.version};
}

Result<void> seal_into(const Desk& desk, const ports::LinkAttempt& row, std::string_view purpose,
                       const SecretBytes& plain, std::string& column) {
  column.clear();
  if (plain.empty()) return {};
  CASEBRIDGE_TRY(column, desk.vault.seal(plain, place_of(row, purpose)));
  return {};
}

Result<SecretBytes> open_from(const Desk& desk, const ports::LinkAttempt& row, std::string_view purpose,
                              const std::string& column) {
  if (column.empty()) return SecretBytes{};
  return desk.vault.open(column, place_of(row, purpose));
}

// Asks once more for the code of a letter. False: the attempt was at another step.
Result<bool> reopen_letter(const Desk& desk, const ports::LinkAttempt& left, ports::LinkAttempt& row) {
  auto challenge = decode_open_challenge(left.challenge);
  if (!challenge || !is_letter(*challenge) || left.sealed_resume.empty()) return false;
  CASEBRIDGE_TRY(const SecretBytes resume, open_resume(desk, left));
  challenge->verifying_until.reset();
  row.state = "challenge";
  row.challenge = encode(*challenge);
  CASEBRIDGE_CHECK(seal_resume(desk, row, resume));
  return true;
}

// What time did to an attempt; the row has its new version.
Result<void> apply_time(const Desk& desk, const ports::LinkAttempt& left, ports::LinkAttempt& row) {
  const Instant now = desk.clock.now();
  const ports::SystemInfo* system = desk.systems.find(row.system);
  if (row.expires_at <= now) {
    end_attempt(row, "expired");
    return {};
  }
  if (system == nullptr) {
    end_attempt(row, "failed");
    set_trouble(row, trouble(TroubleCode::system_unknown));
    return {};
  }
  CASEBRIDGE_TRY(const bool letter, reopen_letter(desk, left, row));
  if (!letter) open_form(row, *system, now);
  set_trouble(row, trouble(TroubleCode::source_timeout));
  return {};
}

bool left_in_the_middle(const ports::LinkAttempt& row, Instant now) {
  if (row.state != "verifying") return false;
  const auto challenge = decode_open_challenge(row.challenge);
  return !challenge || !challenge->verifying_until || *challenge->verifying_until <= now;
}

}  // namespace

bool has_ended(const ports::LinkAttempt& row) {
  return row.state != "challenge" && row.state != "verifying" && row.state != "waiting";
}

bool is_enrolment(const ports::LinkAttempt& row) { return row.mode == "enrol"; }

const ports::LoginForm& first_form(const ports::LinkAttempt& row, const ports::SystemInfo& system) {
  return is_enrolment(row) && system.enrolment ? *system.enrolment : system.form;
}

AttemptView view_of(const Desk& desk, const ports::LinkAttempt& row, std::optional<SyncId> sync) {
  AttemptView view{row.id,   row.mode,        row.system, {}, row.custody,    row.state,      {},
                   row.link, std::move(sync), {},         {}, row.created_at, row.expires_at, row.version};
  const ports::SystemInfo* system = desk.systems.find(row.system);
  if (system != nullptr) view.jurisdiction = system->jurisdiction;
  view.trouble = decode_trouble(row.trouble, row.trouble_detail);
  view.closing = closing_of(desk.systems, row.system, view.trouble, desk.clock.now());
  if (row.state != "challenge") return view;
  if (auto open = decode_open_challenge(row.challenge)) {
    ChallengeView challenge{row.challenge_id, row.seq,         std::move(open->spec), {}, {},
                            open->action,     open->action_url};
    if (system != nullptr && challenge.spec.kind == "credentials") {
      challenge.ssn_notice = first_form(row, *system).ssn_notice;
      challenge.ssn_notice_es = first_form(row, *system).ssn_notice_es;
    }
    view.challenge = std::move(challenge);
  }
  return view;
}

void open_form(ports::LinkAttempt& row, const ports::SystemInfo& system, Instant now) {
  const ports::LoginForm& asked = first_form(row, system);
  OpenChallenge form;
  form.spec.kind = "credentials";
  form.spec.prompt_key =
      (is_enrolment(row) ? "challenge.enrolment." : "challenge.credentials.") + asked.credential_kind;
  form.spec.fields = asked.fields;
  row.state = "challenge";
  row.challenge_id = ChallengeId::make(now).text();
  row.challenge = encode(form);
  row.sealed_resume.clear();
  row.sealed_credential.clear();
  row.credential_digest.clear();
}

void set_trouble(ports::LinkAttempt& row, const Trouble& trouble) {
  row.trouble = trouble.row().name;
  row.trouble_detail = encode_trouble_facts(trouble);
}

void clear_trouble(ports::LinkAttempt& row) {
  row.trouble.clear();
  row.trouble_detail.clear();
}

void end_attempt(ports::LinkAttempt& row, std::string_view state) {
  row.state = state;
  row.challenge_id.clear();
  row.challenge.clear();
  row.sealed_resume.clear();
  row.sealed_credential.clear();
  row.identity_digest.clear();
  row.credential_digest.clear();
}

Result<void> seal_resume(const Desk& desk, ports::LinkAttempt& row, const SecretBytes& resume) {
  return seal_into(desk, row, sealed_resume, resume, row.sealed_resume);
}

Result<void> seal_credential(const Desk& desk, ports::LinkAttempt& row, const SecretBytes& credential) {
  return seal_into(desk, row, sealed_credential, credential, row.sealed_credential);
}

Result<SecretBytes> open_resume(const Desk& desk, const ports::LinkAttempt& row) {
  return open_from(desk, row, sealed_resume, row.sealed_resume);
}

Result<SecretBytes> open_credential(const Desk& desk, const ports::LinkAttempt& row) {
  return open_from(desk, row, sealed_credential, row.sealed_credential);
}

bool is_overdue(const ports::LinkAttempt& row, Instant now) {
  return !has_ended(row) && (row.expires_at <= now || left_in_the_middle(row, now));
}

Result<ports::LinkAttempt> load_attempt(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                                        const LinkAttemptId& id) {
  CASEBRIDGE_TRY(auto found, tx.attempts().find(account, id));
  if (!found) return trouble(TroubleCode::not_found, "link attempt");
  if (!is_overdue(*found, desk.clock.now())) return std::move(*found);
  ports::LinkAttempt row = *found;
  row.version += 1;
  row.seq += 1;
  CASEBRIDGE_CHECK(apply_time(desk, *found, row));
  CASEBRIDGE_CHECK(tx.attempts().update(row));
  return row;
}

}  // namespace casebridge::desk
