// Alerts: what was done to an account is told to its owner, with a link for whoever says "this wasn't me".
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/messages.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/identity/account_mail.hpp"
#include "core/ports/store.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::identity {

// Purposes of mailed links; a link is good for its own purpose only.
inline constexpr const char* link_not_me = "not_me";
inline constexpr const char* link_stop_hold = "stop_hold";
inline constexpr const char* link_revert_email = "revert_email";

struct LinkSettings {
  std::chrono::seconds not_me_life = std::chrono::hours{240};
};

// Within a write transaction; only the digest is stored. What the link carries stands behind '#', so that it
// reaches no server by being opened, and nothing is done by it until somebody says so on the page.
Result<SecretBytes> issue_link(ports::SafetyStore& safety, const std::string& purpose,
                               const AccountId& account, const std::string& subject, Instant now,
                               std::chrono::seconds life);
// The link if it is still good, which it is not after this; nothing otherwise.
Result<std::optional<ports::MailedLink>> take_link(ports::SafetyStore& safety, const std::string& purpose,
                                                   std::string_view typed, Instant now);

// Any thread. The references outlive it.
class Alerts {
 public:
  // `origin`: where the page is, such as https://gateway.example.
  Alerts(const AccountMail& mail, const Messages& messages, std::string origin, LinkSettings settings)
      : mail_(mail), messages_(messages), origin_(std::move(origin)), settings_(settings) {}
  // To every address of the account. Says what happened (password_changed, new_device ...) and no more.
  Result<void> send(ports::Transaction& tx, const ports::Account& account, const std::string& what,
                    Instant now, Messages::Values values = {}) const;
  // As above, with a second link, which stops what the alert tells of before it takes effect.
  Result<void> send_with_stop(ports::Transaction& tx, const ports::Account& account, const ports::Hold& hold,
                              Instant now, Messages::Values values = {}) const;
  // The account has the new address already; the former one gets a link that takes the change back.
  Result<void> send_change_of_address(ports::Transaction& tx, const ports::Account& account,
                                      const ports::FurtherAddress& former, Instant now) const;

 private:
  // What can be done about it, as a paragraph: a link to the page, or a code to type there.
  std::string line(const Addressee& to, const std::string& what, std::string_view page,
                   const SecretBytes& link) const;
  const AccountMail& mail_;
  const Messages& messages_;
  std::string origin_;
  LinkSettings settings_;
};

}  // namespace casebridge::identity
