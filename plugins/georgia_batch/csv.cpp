// Most records have no quotes, so those are found and split without looking at each octet twice.
#include "plugins/georgia_batch/csv.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "core/base/text.hpp"

namespace casebridge::georgia_batch {
namespace {

constexpr std::size_t record_octets_max = 64 * 1024;
constexpr char quote = '"';

const char* find(std::string_view text, char wanted) {
  return static_cast<const char*>(std::memchr(text.data(), wanted, text.size()));
}

bool has_odd_quotes(std::string_view text) {
  bool odd = false;
  for (const char* at = nullptr; !text.empty() && (at = find(text, quote)) != nullptr; odd = !odd)
    text.remove_prefix(static_cast<std::size_t>(at - text.data()) + 1);
  return odd;
}

// Octets of a record outside of quotes: nothing below a blank, and UTF-8.
bool is_plain(std::string_view text) {
  unsigned low = 0, high = 0;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    low |= static_cast<unsigned>(octet < 0x20U || octet == 0x7FU);
    high |= octet;
  }
  return low == 0 && ((high & 0x80U) == 0 || text::is_utf8(text));
}

bool is_quotable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) {
                       const auto octet = static_cast<unsigned char>(c);
                       return (octet >= 0x20 && octet != 0x7F) || c == '\r' || c == '\n' || c == '\t';
                     }) &&
         text::is_utf8(text);
}

}  // namespace

bool CsvReader::pass_mark(std::string_view& rest) {
  if (started_) return true;
  if (rest.size() < byte_order_mark.size() && byte_order_mark.starts_with(rest)) return false;
  started_ = true;
  if (rest.starts_with(byte_order_mark)) rest.remove_prefix(byte_order_mark.size());
  return true;
}

// With its line end; 0 while it is not whole. What was looked at for an earlier piece is not looked at again:
// a quote that nobody closes would cost its length squared.
std::size_t CsvReader::record_size(std::string_view text) {
  while (looked_at_ < text.size()) {
    const std::string_view rest = text.substr(looked_at_);
    const char* const line_end = find(rest, '\n');
    const std::size_t size =
        line_end != nullptr ? static_cast<std::size_t>(line_end - rest.data()) + 1 : rest.size();
    if (has_odd_quotes(rest.substr(0, size))) quoted_ = !quoted_;
    looked_at_ += size;
    if (looked_at_ > record_octets_max) return broken;
    if (line_end == nullptr || quoted_) continue;
    const std::size_t whole = std::exchange(looked_at_, 0);
    return whole >= 2 && text[whole - 2] == '\r' ? whole : broken;
  }
  return 0;
}

bool CsvReader::split(std::string_view record) {
  fields_.clear();
  if (!record.empty() && find(record, quote) != nullptr) {
    if (!split_quoted(record)) return false;
  } else {
    if (!is_plain(record)) return false;
    for (;;) {
      const char* const comma = record.empty() ? nullptr : find(record, ',');
      if (comma == nullptr) break;
      const auto size = static_cast<std::size_t>(comma - record.data());
      fields_.push_back(record.substr(0, size));
      record.remove_prefix(size + 1);
    }
    fields_.push_back(record);
  }
  return columns_.empty() || fields_.size() == columns_.size();
}

bool CsvReader::split_quoted(std::string_view record) {
  if (!is_quotable(record)) return false;
  unquoted_.clear();
  unquoted_.reserve(record.size());  // the fields point into it
  std::size_t at = 0;
  for (;;) {
    if (at < record.size() && record[at] == quote) {
      const std::size_t begin = unquoted_.size();
      for (++at;; ++at) {
        if (at == record.size()) return false;
        if (record[at] != quote) {
          unquoted_ += record[at];
        } else if (at + 1 < record.size() && record[at + 1] == quote) {
          unquoted_ += record[at++];
        } else {
          break;
        }
      }
      ++at;
      fields_.push_back(std::string_view(unquoted_).substr(begin));
    } else {
      const std::size_t end = std::min(record.find(',', at), record.size());
      const std::string_view field = record.substr(at, end - at);
      if (field.find(quote) != std::string_view::npos || !is_plain(field)) return false;
      fields_.push_back(field);
      at = end;
    }
    if (at == record.size()) return true;
    if (record[at++] != ',') return false;
  }
}

bool CsvReader::are_names() const {
  return std::equal(fields_.begin(), fields_.end(), columns_.begin(), columns_.end());
}

void write_record(std::string& out, Row fields) {
  bool first = true;
  for (const std::string_view field : fields) {
    if (!first) out += ',';
    first = false;
    if (field.find_first_of(",\"\r\n\t") == std::string_view::npos) {
      out += field;
      continue;
    }
    out += quote;
    for (const char c : field) {
      if (c == quote) out += quote;
      out += c;
    }
    out += quote;
  }
  out += "\r\n";
}

std::optional<Rows> try_rows(std::string_view text) {
  Rows rows;
  CsvReader reader({});
  const bool read = reader.feed(text, [&](Row fields) {
    rows.emplace_back(fields.begin(), fields.end());
    return true;
  });
  return read && reader.ended_well() ? std::optional(std::move(rows)) : std::nullopt;
}

Rows read_rows(std::string_view text) {
  auto rows = try_rows(text);
  if (!rows) throw std::logic_error("records of our own are unreadable");
  return std::move(*rows);
}

}  // namespace casebridge::georgia_batch
