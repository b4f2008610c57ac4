// Escapes code point by code point, so that one log line is one line on every terminal.
#include "core/audit/plain_json.hpp"

#include <algorithm>
#include <cstdint>

#include "core/base/text.hpp"

namespace casebridge::audit {
namespace {

void add_unit(std::string& to, std::uint32_t unit) {
  constexpr std::string_view digits = "0123456789abcdef";
  to += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) to += digits[(unit >> shift) & 0xFU];
}

void add_point(std::string& to, std::uint32_t point) {
  constexpr std::uint32_t beyond_first_plane = 0x10000;
  if (point < beyond_first_plane) return add_unit(to, point);
  point -= beyond_first_plane;
  add_unit(to, 0xD800 + (point >> 10U));
  add_unit(to, 0xDC00 + (point & 0x3FFU));
}

// Of a sequence whose form has been checked.
std::uint32_t point_of(std::string_view sequence) {
  const auto lead = static_cast<unsigned char>(sequence.front());
  if (sequence.size() == 1) return lead;
  std::uint32_t point = lead & (0xFFU >> (sequence.size() + 1));
  for (const char c : sequence.substr(1)) point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return point;
}

void add_quoted(std::string& to, std::string_view value) {
  constexpr std::uint32_t replacement = 0xFFFD, first_printable = 0x20, last_printable = 0x7E;
  to += '"';
  const std::string_view whole = value.substr(0, value_octets_max);
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t size = text::utf8_sequence_size(value.substr(at));
    if (at + size > whole.size()) break;  // the cut is in the middle of a character
    std::uint32_t point = size == 0 ? replacement : point_of(value.substr(at, size));
    if (point == 0) point = replacement;  // readers of JSON may refuse it, as ours does
    if (point == '"' || point == '\\') to += '\\';
    if (point >= first_printable && point <= last_printable)
      to += static_cast<char>(point);
    else
      add_point(to, point);
    at += std::max<std::size_t>(size, 1);
  }
  to += '"';
}

}  // namespace

std::string plain_json(Members members) {
  std::sort(members.begin(), members.end());
  std::string json = "{";
  for (const auto& [name, value] : members) {
    if (json.size() > 1) json += ',';
    add_quoted(json, name);
    json += ':';
    add_quoted(json, value);
  }
  json += '}';
  return json;
}

}  // namespace casebridge::audit
