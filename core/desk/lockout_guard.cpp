// Stores what the lock-out rule judges and books. Everything here runs inside the caller's transaction.
#include "core/desk/lockout_guard.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/text.hpp"
#include "core/federation/lockout_rule.hpp"

namespace casebridge::desk {
namespace {

Result<ports::GuardState> read(ports::Transaction& tx, const Try& one) {
  return tx.guard().read(one.system->id, one.identity_digest);
}

Result<void> write(ports::Transaction& tx, const Try& one, const ports::GuardState& state) {
  return tx.guard().write(one.system->id, one.identity_digest, state);
}

using Form = std::vector<model::FieldSpec>;

// States take a number with and without blanks or leading zeros for the same one, and count it as one.
std::string_view as_counted(const model::FieldSpec& field, std::string_view typed) {
  if (field.type != "digits") return typed;
  typed = text::trim(typed);
  if (!field.secret) typed.remove_prefix(std::min(typed.find_first_not_of('0'), typed.size()));
  return typed;
}

// Names and values with their lengths, so that no two forms look alike.
std::string joined(const model::SecretFields& fields, const Form& asked) {
  std::string text;
  for (const model::FieldSpec& field : asked) {
    const auto found = fields.find(field.name);
    if (found == fields.end()) continue;
    const std::string_view value = as_counted(field, found->second.reveal());
    text.append(field.name).append(":").append(std::to_string(value.size())).append(":").append(value);
  }
  return text;
}

// Who signs in is what the form does not keep secret; a form without such a field is counted by its first
// one.
Form identity_fields(const Form& form) {
  Form open;
  std::copy_if(form.begin(), form.end(), std::back_inserter(open),
               [](const model::FieldSpec& field) { return !field.secret; });
  if (open.empty() && !form.empty()) open.push_back(form.front());
  return open;
}

std::string digest(const Desk& desk, std::string_view purpose, const std::string& system, std::string typed) {
  typed.insert(0, system + '\n');
  std::string made = desk.vault.fingerprint(purpose, typed);
  wipe(typed);
  return made;
}

}  // namespace

Try try_of(const Desk& desk, const ports::SystemInfo& system, const model::AuthBegin& begin) {
  const Form& form = system.form.fields;
  return {&system, digest(desk, "lockout-identity", system.id, joined(begin.fields, identity_fields(form))),
          digest(desk, "refused-credential", system.id, joined(begin.fields, form))};
}

Try enrolment_try(const Desk& desk, const ports::SystemInfo& system, const AccountId& account) {
  return {&system, digest(desk, "lockout-enrolment", system.id, account.text()), {}};
}

Result<void> reserve_try(const Desk& desk, ports::Transaction& tx, const Try& one, bool confirmed) {
  const Instant now = desk.clock.now();
  CASEBRIDGE_TRY(ports::GuardState state, read(tx, one));
  bool refused = false;
  if (!one.credential_digest.empty()) {
    CASEBRIDGE_TRY(refused, tx.guard().was_refused(one.system->id, one.credential_digest));
  }
  CASEBRIDGE_CHECK(federation::may_try(state, one.system->lockout, now, {confirmed, refused}));
  return write(tx, one, federation::after_reserving(std::move(state), one.system->lockout, now));
}

bool may_have_counted(const Trouble& failure) {
  switch (failure.code) {
    case TroubleCode::source_unavailable:
      return !failure.retry_at;  // a breaker names a time, and asked nobody
    case TroubleCode::source_timeout:
    case TroubleCode::source_rejected:
    case TroubleCode::source_changed:
    case TroubleCode::adapter_fault:
    case TroubleCode::dependency_failed:
    case TroubleCode::internal: return true;
    default: return false;
  }
}

Result<void> give_back_try(ports::Transaction& tx, const Try& one) {
  CASEBRIDGE_TRY(ports::GuardState state, read(tx, one));
  return write(tx, one, federation::after_giving_back(std::move(state)));
}

Result<void> book_refusal(const Desk& desk, ports::Transaction& tx, const Try& one, const Trouble& refusal) {
  const Instant now = desk.clock.now();
  CASEBRIDGE_TRY(ports::GuardState state, read(tx, one));
  CASEBRIDGE_CHECK(write(
      tx, one, federation::after_refusal(std::move(state), one.system->lockout, refusal.attempts_left, now)));
  if (one.credential_digest.empty()) return {};
  return tx.guard().remember_refused(one.system->id, one.credential_digest, now);
}

Result<void> book_failed_step(const Desk& desk, ports::Transaction& tx, const Try& one) {
  CASEBRIDGE_TRY(ports::GuardState state, read(tx, one));
  return write(tx, one, federation::after_reserving(std::move(state), one.system->lockout, desk.clock.now()));
}

Result<void> book_lock(const Desk& desk, ports::Transaction& tx, const Try& one, const Trouble& lock) {
  CASEBRIDGE_TRY(ports::GuardState state, read(tx, one));
  return write(
      tx, one,
      federation::after_lock(std::move(state), one.system->lockout, lock.retry_at, desk.clock.now()));
}

Result<void> book_success(ports::Transaction& tx, const Try& one) {
  return write(tx, one, federation::after_success());
}

}  // namespace casebridge::desk
