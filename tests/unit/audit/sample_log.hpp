// A log of sample entries, as long as a test needs it.
#pragma once

#include <string>
#include <vector>

#include "core/audit/chain.hpp"

namespace casebridge::audit {

inline Instant sample_time(int seconds) {
  return *parse_instant("2026-03-16T14:00:00Z") + std::chrono::seconds(seconds);
}

inline ports::AuditRecord sample_record(int number) {
  const std::string text = std::to_string(number);
  return {"aud_" + text,  "accounts",       sample_time(number),
          "acc_" + text,  "acc_" + text,    "signed_in",
          "ok",           "request" + text, R"({"session":"ses_)" + text + R"("})",
          "sealed" + text};
}

inline std::vector<ports::AuditEntry> sample_log(int size) {
  std::vector<ports::AuditEntry> log;
  std::optional<ports::AuditHead> head;
  for (int i = 0; i < size; ++i) {
    log.push_back(link(head, sample_record(i)));
    head = ports::AuditHead{log.back().seq, log.back().hash};
  }
  return log;
}

}  // namespace casebridge::audit
