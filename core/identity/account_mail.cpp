// Composes the mails from config/messages and hands them to the outgoing queue.
#include "core/identity/account_mail.hpp"

#include <utility>

namespace casebridge::identity {

namespace {

std::string name_of(LetterMail what) {
  switch (what) {
    case LetterMail::awaited: return "letter_awaited";
    case LetterMail::news: return "letter_news";
    case LetterMail::too_late: return "letter_too_late";
  }
  return {};
}

}  // namespace

ports::SealedPlace place_of_mail(const MailId& id) { return {"mail", "", id.text(), "", 0}; }

Result<void> AccountMail::queue(ports::MailStore& mails, const Addressee& to, std::string_view subject_key,
                                std::string text, Instant now) const {
  const MailId id = MailId::make(now);
  const SecretBytes plain = SecretBytes::take(text);
  CASEBRIDGE_TRY(std::string sealed, vault_.seal(plain, place_of_mail(id)));
  return mails.insert({id, to.email, std::string(messages_.text(to.locale, subject_key)), std::move(sealed),
                       0, now, now, to.plain});
}

Result<void> AccountMail::queue_code(ports::MailStore& mails, const Addressee& to, std::string_view code,
                                     std::chrono::seconds life, Instant now) const {
  const std::string minutes = std::to_string(std::chrono::duration_cast<std::chrono::minutes>(life).count());
  if (to.plain)
    return queue(mails, to, "mail.plain.code.subject",
                 messages_.filled(to.locale, "mail.plain.code.text", {{"code", code}, {"minutes", minutes}}),
                 now);
  const std::string page =
      page_url_.empty() ? "" : messages_.filled(to.locale, "mail.code.page", {{"url", page_url_}});
  return queue(
      mails, to, "mail.code.subject",
      messages_.filled(to.locale, "mail.code.text", {{"code", code}, {"minutes", minutes}, {"page", page}}),
      now);
}

Result<void> AccountMail::queue_notice(ports::MailStore& mails, const Addressee& to, const std::string& what,
                                       Instant now, Messages::Values values, const std::string& links) const {
  if (to.plain)
    return queue(mails, to, "mail.plain.subject",
                 std::string(messages_.text(to.locale, "mail.plain.text")) + links, now);
  return queue(mails, to, "mail." + what + ".subject",
               messages_.filled(to.locale, "mail." + what + ".text", values) + links, now);
}

Result<void> AccountMail::queue_letter(ports::MailStore& mails, const Addressee& to, LetterMail what,
                                       model::Date until, Instant now) const {
  const std::string month(messages_.text(to.locale, "calendar.month." + std::to_string(until.month())));
  const std::string day = std::to_string(until.day()), year = std::to_string(until.year());
  const std::string last =
      messages_.filled(to.locale, "calendar.day_of_year", {{"month", month}, {"day", day}, {"year", year}});
  return queue_notice(mails, to, name_of(what), now, {{"until", last}});
}

}  // namespace casebridge::identity
