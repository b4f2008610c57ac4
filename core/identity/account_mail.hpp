// Account mail: what is written to owners of accounts; queued, sealed, in the transaction it tells of.
#pragma once

#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/messages.hpp"
#include "core/base/result.hpp"
#include "core/model/date.hpp"
#include "core/ports/store_accounts.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::identity {

struct Addressee {
  std::string email;
  std::string locale;
  bool plain = false;  // nothing in the mail says from whom it comes, but what stands in the address
};

// Where the text of a queued mail is sealed; whoever delivers it opens it there. The id must outlive the
// place.
ports::SealedPlace place_of_mail(const MailId& id);

// Of something that a state sends by post: it is waited for, something has become of it, it is too late.
enum class LetterMail { awaited, news, too_late };

// Any thread. No mail names a state, a case or a person.
class AccountMail {
 public:
  AccountMail(const ports::Vault& vault, const Messages& messages, std::string page_url)
      : vault_(vault), messages_(messages), page_url_(std::move(page_url)) {}
  Result<void> queue_code(ports::MailStore&, const Addressee&, std::string_view code,
                          std::chrono::seconds life, Instant now) const;
  // Tells an owner what happened to the account: password_changed, second_factor_added ... What can be done
  // about it, `links`, stands at the end.
  Result<void> queue_notice(ports::MailStore&, const Addressee&, const std::string& what, Instant now,
                            Messages::Values values = {}, const std::string& links = {}) const;
  // `until`: the last day on which the code of the letter is taken.
  Result<void> queue_letter(ports::MailStore&, const Addressee&, LetterMail what, model::Date until,
                            Instant now) const;

 private:
  Result<void> queue(ports::MailStore&, const Addressee&, std::string_view subject_key, std::string text,
                     Instant now) const;
  const ports::Vault& vault_;
  const Messages& messages_;
  std::string page_url_;
};

}  // namespace casebridge::identity
