// SMTP replies (RFC 5321 §4.2), read strictly: what a server may not say ends the conversation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casebridge::mail {

struct SmtpReplyLine {
  int code = 0;
  bool is_last = true;
  std::string_view text;  // into the line it was read from
};
// `line` without its CR LF; nullopt for anything but three digits, then blank, dash or nothing.
std::optional<SmtpReplyLine> read_reply_line(std::string_view line);

struct SmtpReply {
  int code = 0;
  std::vector<std::string> lines;
  bool is_good() const { return code >= 200 && code < 400; }
  bool is_permanent_failure() const { return code >= 500; }
  // An EHLO keyword, in any case.
  bool offers(std::string_view keyword) const;
};

// Doubles the dot at the start of a line and ends with the lone dot (RFC 5321 §4.5.2). `message` ends in CR
// LF.
std::string stuffed(std::string_view message);

}  // namespace casebridge::mail
