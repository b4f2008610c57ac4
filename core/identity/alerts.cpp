// Links are made here, stored as digests, and taken by one conditional statement.
#include "core/identity/alerts.hpp"

#include <utility>
#include <vector>

#include "core/base/crypto.hpp"
#include "core/base/text.hpp"
#include "core/identity/addressees.hpp"
#include "core/identity/sessions.hpp"

namespace casebridge::identity {

Result<SecretBytes> issue_link(ports::SafetyStore& safety, const std::string& purpose,
                               const AccountId& account, const std::string& subject, Instant now,
                               std::chrono::seconds life) {
  std::string text = crypto::random_token();
  SecretBytes link = SecretBytes::take(text);
  CASEBRIDGE_CHECK(
      safety.insert_link({purpose, digest_of(link.reveal()), account, subject, now, now + life}));
  return link;
}

Result<std::optional<ports::MailedLink>> take_link(ports::SafetyStore& safety, const std::string& purpose,
                                                   std::string_view typed, Instant now) {
  const std::string digest = digest_of(text::trim(typed));
  CASEBRIDGE_TRY(std::optional<ports::MailedLink> link, safety.find_link(purpose, digest));
  CASEBRIDGE_TRY(const bool taken, safety.consume_link(purpose, digest));
  if (!taken || !link || now >= link->expires_at) link.reset();
  return link;
}

// A plain mail names no page; the code is typed where one signs in.
std::string Alerts::line(const Addressee& to, const std::string& what, std::string_view page,
                         const SecretBytes& link) const {
  if (to.plain) return messages_.filled(to.locale, "mail.plain." + what, {{"code", link.reveal()}});
  std::string address = origin_;
  address.append("/").append(page).append("#").append(link.reveal());
  std::string made = messages_.filled(to.locale, "mail." + what, {{"url", address}});
  wipe(address);
  return made;
}

Result<void> Alerts::send(ports::Transaction& tx, const ports::Account& account, const std::string& what,
                          Instant now, Messages::Values values) const {
  CASEBRIDGE_TRY(const SecretBytes link,
                 issue_link(tx.safety(), link_not_me, account.id, what, now, settings_.not_me_life));
  CASEBRIDGE_TRY(const auto addressees, addressees_of(tx, account, now));
  for (const Addressee& to : addressees)
    CASEBRIDGE_CHECK(
        mail_.queue_notice(tx.mails(), to, what, now, values, line(to, "not_me", "not-me", link)));
  return {};
}

Result<void> Alerts::send_with_stop(ports::Transaction& tx, const ports::Account& account,
                                    const ports::Hold& hold, Instant now, Messages::Values values) const {
  CASEBRIDGE_TRY(const SecretBytes not_me,
                 issue_link(tx.safety(), link_not_me, account.id, hold.kind, now, settings_.not_me_life));
  CASEBRIDGE_TRY(const SecretBytes stop,
                 issue_link(tx.safety(), link_stop_hold, account.id, hold.kind, now, hold.ends_at - now));
  CASEBRIDGE_TRY(const auto addressees, addressees_of(tx, account, now));
  for (const Addressee& to : addressees) {
    const std::string links = line(to, "stop_hold", "stop", stop) + line(to, "not_me", "not-me", not_me);
    CASEBRIDGE_CHECK(mail_.queue_notice(tx.mails(), to, "hold_" + hold.kind, now, values, links));
  }
  return {};
}

Result<void> Alerts::send_change_of_address(ports::Transaction& tx, const ports::Account& account,
                                            const ports::FurtherAddress& former, Instant now) const {
  CASEBRIDGE_TRY(const SecretBytes not_me, issue_link(tx.safety(), link_not_me, account.id, "email_changed",
                                                      now, settings_.not_me_life));
  CASEBRIDGE_TRY(const SecretBytes revert, issue_link(tx.safety(), link_revert_email, account.id,
                                                      former.id.text(), now, *former.kept_until - now));
  CASEBRIDGE_TRY(const auto addressees, addressees_of(tx, account, now));
  for (const Addressee& to : addressees) {
    std::string links = line(to, "not_me", "not-me", not_me);
    if (to.email == former.email) links = line(to, "revert_email", "take-back", revert) + links;
    CASEBRIDGE_CHECK(mail_.queue_notice(tx.mails(), to, "email_changed", now, {}, links));
  }
  return {};
}

}  // namespace casebridge::identity
