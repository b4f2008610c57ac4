// DeliverMail: a regular job that hands queued mails to the mail server, and tries again while it does not
// take them.
#pragma once

#include <chrono>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/result.hpp"
#include "core/ports/mailer.hpp"
#include "core/ports/store.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::desk {

struct MailDeliverySettings {
  std::chrono::seconds lease = std::chrono::minutes{5};        // for how long a taken mail is nobody else's
  std::chrono::seconds retry_first = std::chrono::minutes{1};  // doubled with every further failure
  std::chrono::seconds retry_max = std::chrono::hours{6};
  std::chrono::seconds keep = std::chrono::hours{72};  // then it is dropped
  int batch_max = 20;
};

class DeliverMail {
 public:
  DeliverMail(ports::Store& store, const ports::Vault& vault, ports::Mailer& mailer, const Clock& clock,
              const Log& log, MailDeliverySettings settings = {})
      : store_(store), vault_(vault), mailer_(mailer), clock_(clock), log_(log), settings_(settings) {}

  struct Delivered {
    int sent = 0;
    int put_off = 0;
    int dropped = 0;
  };
  // Any thread; blocks for the mail server, outside of any transaction. The log names mails by id, never by
  // address. A trouble means that the database failed; a mail that was sent just then may be sent again.
  Result<Delivered> run() const;

 private:
  struct Tried {
    Result<void> sent;
    bool is_refused = false;  // for good, by the mail server
  };
  Tried send(const ports::MailItem& item) const;
  Result<void> settle(const ports::MailItem& item, const Tried& tried, Delivered& count) const;

  ports::Store& store_;
  const ports::Vault& vault_;
  ports::Mailer& mailer_;
  const Clock& clock_;
  const Log& log_;
  MailDeliverySettings settings_;
};

}  // namespace casebridge::desk
