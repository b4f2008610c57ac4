// Reads reply lines and prepares the octets after DATA.
#include "core/mail/smtp_reply.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::mail {

std::optional<SmtpReplyLine> read_reply_line(std::string_view line) {
  if (line.size() < 3 || text::has_control(line)) return std::nullopt;
  const std::string_view digits = line.substr(0, 3);
  if (!text::all_digits(digits) || digits[0] < '2' || digits[0] > '5' || digits[1] > '5') return std::nullopt;
  if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return std::nullopt;
  const bool is_last = line.size() == 3 || line[3] == ' ';
  const int code = static_cast<int>(*text::parse_int(digits));
  return SmtpReplyLine{code, is_last, line.size() > 4 ? line.substr(4) : std::string_view()};
}

bool SmtpReply::offers(std::string_view keyword) const {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    return text::equal_ignoring_case(std::string_view(line).substr(0, line.find(' ')), keyword);
  });
}

std::string stuffed(std::string_view message) {
  std::string out;
  out.reserve(message.size() + 8);
  bool at_line_start = true;
  for (const char c : message) {
    if (at_line_start && c == '.') out.push_back('.');
    out.push_back(c);
    at_line_start = c == '\n';
  }
  return out + ".\r\n";
}

}  // namespace casebridge::mail
