// The stored attempt: how it is shown, sealed, put back to its form and ended.
#pragma once

#include "core/desk/attempt_codec.hpp"
#include "core/desk/attempt_view.hpp"
#include "core/desk/desk.hpp"

namespace casebridge::desk {

inline constexpr std::string_view sealed_resume = "login-resume";
inline constexpr std::string_view sealed_credential = "login-credential";

// Ended: no answer is taken any more.
bool has_ended(const ports::LinkAttempt& row);
// An attempt of somebody who has no account at the state yet.
bool is_enrolment(const ports::LinkAttempt& row);
// What an attempt begins with: the form of the sign-in, or the one for people without an account.
const ports::LoginForm& first_form(const ports::LinkAttempt& row, const ports::SystemInfo& system);
AttemptView view_of(const Desk& desk, const ports::LinkAttempt& row,
                    std::optional<SyncId> sync = std::nullopt);

// The changes below are made to `row` alone; every one belongs to one raise of row.version that the caller
// makes first, because what is sealed is bound to the version it is stored with.
void open_form(ports::LinkAttempt& row, const ports::SystemInfo& system, Instant now);
void set_trouble(ports::LinkAttempt& row, const Trouble& trouble);
void clear_trouble(ports::LinkAttempt& row);
void end_attempt(ports::LinkAttempt& row, std::string_view state);
// Both clear the column for an empty secret.
Result<void> seal_resume(const Desk& desk, ports::LinkAttempt& row, const SecretBytes& resume);
Result<void> seal_credential(const Desk& desk, ports::LinkAttempt& row, const SecretBytes& credential);
// Empty when nothing is stored.
Result<SecretBytes> open_resume(const Desk& desk, const ports::LinkAttempt& row);
Result<SecretBytes> open_credential(const Desk& desk, const ports::LinkAttempt& row);

// Reads an attempt and applies what time did to it: expired, or left in the middle of a sign-in. Writes such
// a change. not_found for attempts of others.
Result<ports::LinkAttempt> load_attempt(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                                        const LinkAttemptId& id);
// Whether load_attempt would change this row.
bool is_overdue(const ports::LinkAttempt& row, Instant now);

}  // namespace casebridge::desk
