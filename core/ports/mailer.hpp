// Mailer: hands one message to a mail server. Blocks until the server took it or refused.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace casebridge::ports {

struct Mail {
  std::string id;  // becomes the Message-ID's left side
  std::string to;
  std::string subject;
  std::string text;    // plain text, UTF-8, LF line ends
  bool plain = false;  // the sender is named by the address alone
};

class Mailer {
 public:
  virtual ~Mailer() = default;
  virtual Result<void> send(const Mail&) = 0;
};

}  // namespace casebridge::ports
