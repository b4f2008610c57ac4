// The one CSV dialect of the interface (RFC 4180, CR LF, with or without byte order mark): reading a stream
// of any length with the memory of one record, and writing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casebridge::georgia_batch {

using Row = std::span<const std::string_view>;

class CsvReader {
 public:
  // The names of the columns, which the first record must hold. They must outlive the reader. Empty: there
  // are no names, and records may have any number of fields.
  explicit CsvReader(Row columns) : columns_(columns) {}

  // Calls take(Row) for each record that is whole, without the names; fields are good until it returns.
  // False: the dialect is broken, or `take` returned false. Then nothing more may be read.
  template <class Take>
  bool feed(std::string_view piece, Take&& take) {
    buffer_.append(piece);
    std::string_view rest = buffer_;
    if (!pass_mark(rest)) return true;
    for (;;) {
      const std::size_t size = record_size(rest);
      if (size == broken) return false;
      if (size == 0) break;
      if (!split(rest.substr(0, size - 2))) return false;
      rest.remove_prefix(size);
      if (!named_ && !columns_.empty()) {
        if (!are_names()) return false;
        named_ = true;
      } else if (!take(Row(fields_))) {
        return false;
      }
    }
    buffer_.erase(0, buffer_.size() - rest.size());
    return true;
  }
  // Whether the stream ended with a whole record, and had its names.
  bool ended_well() const { return buffer_.empty() && (named_ || columns_.empty()); }

 private:
  static constexpr std::size_t broken = static_cast<std::size_t>(-1);
  bool pass_mark(std::string_view& rest);
  std::size_t record_size(std::string_view text);
  bool split(std::string_view record);
  bool split_quoted(std::string_view record);
  bool are_names() const;

  Row columns_;
  bool started_ = false;
  bool named_ = false;
  bool quoted_ = false;        // at looked_at_
  std::size_t looked_at_ = 0;  // of the record that is not whole yet
  std::string buffer_;
  std::string unquoted_;
  std::vector<std::string_view> fields_;
};

// One record with its line end; a field is quoted only where it must be. What was read from quotes is written
// so that it can be read again: a tabulator too.
void write_record(std::string& out, Row fields);
inline void write_record(std::string& out, std::initializer_list<std::string_view> fields) {
  write_record(out, Row(fields.begin(), fields.size()));
}
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Records that this adapter wrote itself.
using Rows = std::vector<std::vector<std::string>>;
Rows read_rows(std::string_view text);
// nullopt: they were written by another version, or harmed.
std::optional<Rows> try_rows(std::string_view text);

}  // namespace casebridge::georgia_batch
