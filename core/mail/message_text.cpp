// Builds messages from checked parts; nothing a person typed reaches a header line unread.
#include "core/mail/message_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "core/base/text.hpp"

namespace casebridge::mail {
namespace {

constexpr std::size_t line_octets_max = 76;                // RFC 2045 §6.7, less the CR LF
constexpr std::size_t encoded_word_content_max = 75 - 12;  // RFC 2047 §2, less "=?utf-8?q?" and "?="
constexpr std::size_t plain_subject_octets_max = 66;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string hex_escape(char octet) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(octet);
  return {'=', digits[value >> 4], digits[value & 15U]};
}

bool is_plain_text(std::string_view text) {
  return text.size() <= plain_subject_octets_max && text.find("=?") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

Result<void> check_header_input(const char* field, std::string_view text) {
  if (text::has_control(text) || !text::is_utf8(text))
    return field_trouble(field, "cannot stand in a header");
  return {};
}

std::string sender_line(const Sender& sender) {
  if (sender.name.empty()) return sender.address;
  const std::string name = encoded_header(sender.name);
  const bool is_encoded = name.starts_with("=?");
  const bool is_safe =
      std::all_of(name.begin(), name.end(), [](char c) { return is_letter_or_digit(c) || c == ' '; });
  // A quoted string (RFC 5322 §3.2.4) could hold any text, but encoding what needs quotes is simpler to get
  // right.
  if (is_encoded || is_safe) return name + " <" + sender.address + ">";
  return "<" + sender.address + ">";
}

// One line of the body, without its end.
void append_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool is_last = i + 1 == line.size();
    const bool is_blank = c == ' ' || c == '\t';
    const bool stands = (c > ' ' && c <= '~' && c != '=') || (is_blank && !is_last);
    const std::string piece = stands ? std::string(1, c) : hex_escape(c);
    if (column + piece.size() > line_octets_max - (is_last ? 0 : 1)) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  }
}

}  // namespace

bool is_plain_address(std::string_view address) {
  const std::size_t at = address.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < address.size() && address.size() <= 254 &&
         address.find('@', at + 1) == std::string_view::npos &&
         std::all_of(address.begin(), address.end(), [](char c) {
           return c > ' ' && c <= '~' && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
         });
}

std::string encoded_header(std::string_view text) {
  if (is_plain_text(text)) return std::string(text);
  std::string out = "=?utf-8?q?";
  std::size_t column = 0;
  while (!text.empty()) {
    // A character is never cut in two: each word must be readable alone (RFC 2047 §5).
    const std::size_t size = std::max<std::size_t>(1, text::utf8_sequence_size(text));
    std::string piece;
    for (const char c : text.substr(0, size))
      piece += is_letter_or_digit(c) ? std::string(1, c) : c == ' ' ? "_" : hex_escape(c);
    text.remove_prefix(size);
    if (column + piece.size() > encoded_word_content_max) {
      out += "?=\r\n =?utf-8?q?";
      column = 0;
    }
    out += piece;
    column += piece.size();
  }
  return out + "?=";
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    append_line(out, line);
    out += "\r\n";
  }
  return out;
}

std::string mail_date(Instant instant) {
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{instant - day};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                weekdays[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

Result<std::string> message_text(const ports::Mail& mail, const Sender& sender, Instant now) {
  if (!is_plain_address(mail.to)) return field_trouble("to", "is not an address that can be mailed");
  if (!is_plain_address(sender.address)) return field_trouble("from", "is not an address");
  if (mail.id.empty() ||
      !std::all_of(mail.id.begin(), mail.id.end(), [](char c) { return is_letter_or_digit(c) || c == '_'; }))
    return field_trouble("id", "cannot stand in a Message-ID");
  CASEBRIDGE_CHECK(check_header_input("subject", mail.subject));
  CASEBRIDGE_CHECK(check_header_input("from", sender.name));
  if (!text::is_utf8(mail.text)) return field_trouble("text", "is not UTF-8");
  const std::string domain = sender.address.substr(sender.address.find('@') + 1);
  std::string out;
  out += "Date: " + mail_date(now) + "\r\n";
  out += "From: " + sender_line(sender) + "\r\n";
  out += "To: <" + mail.to + ">\r\n";
  out += "Subject: " + encoded_header(mail.subject) + "\r\n";
  out += "Message-ID: <" + mail.id + "@" + domain + ">\r\n";
  out += "Auto-Submitted: auto-generated\r\n";  // RFC 3834 §5: no vacation notice answers this
  out += "MIME-Version: 1.0\r\n";
  out += "Content-Type: text/plain; charset=utf-8\r\n";
  out += "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
  return out + quoted_printable(mail.text);
}

}  // namespace casebridge::mail
