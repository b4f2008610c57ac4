// Takes due mails under a lease, sends each, and removes it or puts it off.
#include "core/desk/deliver_mail.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/identity/account_mail.hpp"

namespace casebridge::desk {
namespace {

std::chrono::seconds wait_before(int next_try, const MailDeliverySettings& settings) {
  std::chrono::seconds wait = settings.retry_first;
  for (int i = 1; i < next_try && wait < settings.retry_max; ++i) wait *= 2;
  return std::min(wait, settings.retry_max);
}

}  // namespace

DeliverMail::Tried DeliverMail::send(const ports::MailItem& item) const {
  const auto text = vault_.open(item.sealed_text, identity::place_of_mail(item.id));
  // Its key may be at hand again tomorrow, so a mail that does not open waits as long as any other.
  if (!text) return {text.error(), false};
  ports::Mail mail{item.id.text(), item.to, item.subject, std::string(text->reveal()), item.plain};
  Result<void> sent = mailer_.send(mail);
  wipe(mail.text);
  const bool is_refused = !sent && !sent.error().row().retryable;
  return {std::move(sent), is_refused};
}

Result<void> DeliverMail::settle(const ports::MailItem& item, const Tried& tried, Delivered& count) const {
  const Result<void>& sent = tried.sent;
  const int tries = item.tries + 1;
  const Instant again = clock_.now() + wait_before(tries, settings_);
  const bool is_over = sent || tried.is_refused || again >= item.created_at + settings_.keep;
  CASEBRIDGE_CHECK(store_.write([&](ports::Transaction& tx) {
    return is_over ? tx.mails().remove(item.id) : tx.mails().retry_at(item.id, tries, again);
  }));
  ++(sent ? count.sent : is_over ? count.dropped : count.put_off);
  if (!sent)
    log_.write(is_over ? LogLevel::error : LogLevel::warn, is_over ? "mail_dropped" : "mail_put_off",
               {{"mail", std::string_view(item.id.text())},
                {"tries", std::int64_t{tries}},
                {"trouble", sent.error().row().name}});
  return {};
}

Result<DeliverMail::Delivered> DeliverMail::run() const {
  const Instant now = clock_.now();
  std::vector<ports::MailItem> items;
  CASEBRIDGE_CHECK(store_.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(items, tx.mails().take_due(now, now + settings_.lease, settings_.batch_max));
    return {};
  }));
  Delivered count;
  for (const ports::MailItem& item : items) CASEBRIDGE_CHECK(settle(item, send(item), count));
  return count;
}

}  // namespace casebridge::desk
