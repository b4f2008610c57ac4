// Message text: one mail as the octets that go over the wire (RFC 5322, RFC 2045, RFC 2047).
#pragma once

#include <string>
#include <string_view>

#include "core/base/instant.hpp"
#include "core/base/result.hpp"
#include "core/ports/mailer.hpp"

namespace casebridge::mail {

struct Sender {
  std::string address;  // no-reply@gateway.example
  std::string name;     // shown beside it; may be empty
};

// invalid_field when an address, the id, the subject or the sender's name holds what could begin another
// header line. All lines end in CR LF and are at most 76 octets long, encoded where they have to be.
Result<std::string> message_text(const ports::Mail& mail, const Sender& sender, Instant now);

// The parts, for themselves.
bool is_plain_address(std::string_view address);
std::string encoded_header(std::string_view text);    // as it stands, or as RFC 2047 words
std::string quoted_printable(std::string_view text);  // of UTF-8 text with LF or CR LF line ends
std::string mail_date(Instant instant);               // Mon, 16 Mar 2026 14:00:00 +0000

}  // namespace casebridge::mail
