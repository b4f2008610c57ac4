// The link of an alert is made in the moment of what the alert tells of, so that moment divides old from new.
#include "core/identity/taking_back.hpp"

#include <optional>
#include <vector>

#include "core/identity/addressees.hpp"

namespace casebridge::identity {
namespace {

Result<void> take_back_passkeys(ports::Transaction& tx, const ports::MailedLink& link) {
  CASEBRIDGE_TRY(const std::vector<ports::Passkey> passkeys, tx.passkeys().list(link.account));
  for (const ports::Passkey& one : passkeys) {
    if (one.created_at < link.created_at) continue;
    CASEBRIDGE_TRY([[maybe_unused]] const bool removed, tx.passkeys().remove(link.account, one.id));
  }
  return {};
}

// Whether there was one to take back.
Result<bool> take_back_app(ports::Transaction& tx, const ports::MailedLink& link) {
  CASEBRIDGE_TRY(const std::optional<ports::TotpApp> app, tx.factors().find_totp(link.account));
  if (!app || app->added_at < link.created_at) return false;
  return tx.factors().remove_totp(link.account);
}

// An app comes with new recovery codes: whoever added it has them. Without a factor they are of no use.
Result<void> take_back_factors(ports::Transaction& tx, const ports::MailedLink& link) {
  CASEBRIDGE_CHECK(take_back_passkeys(tx, link));
  CASEBRIDGE_TRY(const bool had_new_app, take_back_app(tx, link));
  CASEBRIDGE_TRY(const bool has_factor, tx.factors().has_second_factor(link.account));
  const bool has_owners_codes = has_factor && !had_new_app && link.subject != "recovery_codes_made";
  return has_owners_codes ? Result<void>() : tx.factors().replace_recovery_codes(link.account, {});
}

// Whoever comes in first prepares where the codes go, and is noticed later. A former address of the sign-in
// stays: it is the way back from its change.
Result<void> take_back_addresses(ports::Transaction& tx, const ports::MailedLink& link) {
  const Instant settled = link.created_at - changes_settle_after;
  CASEBRIDGE_TRY(const auto further, tx.safety().list_addresses(link.account));
  for (const ports::FurtherAddress& one : further) {
    if (one.kept_until || one.verified_at <= settled) continue;
    CASEBRIDGE_TRY([[maybe_unused]] const bool removed, tx.safety().remove_address(link.account, one.id));
  }
  CASEBRIDGE_TRY(ports::ContactSettings contact, tx.safety().contact(link.account));
  if (!contact.leaves_out_sign_in || contact.since <= settled) return {};
  contact.leaves_out_sign_in = false;
  return tx.safety().set_contact(link.account, contact);
}

}  // namespace

Result<void> take_back_changes(ports::Transaction& tx, const ports::MailedLink& link, Instant now) {
  if (now >= link.created_at + changes_settle_after) return {};
  CASEBRIDGE_CHECK(take_back_factors(tx, link));
  return take_back_addresses(tx, link);
}

}  // namespace casebridge::identity
