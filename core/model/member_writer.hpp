// MemberWriter: turns the members that describe() lists (record_members.hpp) into one JSON object.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/json_writer.hpp"
#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"

namespace casebridge::model {

class MemberWriter {
 public:
  explicit MemberWriter(JsonWriter& out) : out_(out) { out_.begin_object(); }
  // Call once, last: the reasons of missing members and the codes nobody knew go to the end.
  void finish() {
    notes("missing", missing_);
    notes("raw", raw_);
    out_.end_object();
  }

  template <class T>
  void member(MemberName name, const T& value) {
    out_.name_of_ours(name);
    write(name, value);
  }
  template <class T>
  void member(MemberName name, const Known<T>& value) {
    out_.name_of_ours(name);
    if (value) return write(name, *value);
    out_.null();
    note(missing_, name, casebridge::name_of(value.reason()));
  }
  template <class T>
  void member(MemberName name, const std::optional<T>& value) {
    out_.name_of_ours(name);
    if (value)
      write(name, *value);
    else
      out_.null();
  }
  void word(MemberName name, const std::string& value, std::span<const std::string_view>) {
    member(name, value);
  }
  void local_time(MemberName name, const std::string& value) { member(name, value); }
  void local_time(MemberName name, const Known<std::string>& value) { member(name, value); }
  void instant_text(MemberName name, const std::string& value) { member(name, value); }

 private:
  // Views into the record, which outlives its writing.
  using Notes = std::vector<std::pair<MemberName, std::string_view>>;

  static void note(Notes& notes, MemberName name, std::string_view text) {
    constexpr std::size_t usual = 12;
    if (notes.empty()) notes.reserve(usual);
    notes.emplace_back(name, text);
  }

  void notes(MemberName name, const Notes& notes) {
    if (notes.empty()) return;
    out_.name_of_ours(name);
    out_.begin_object();
    for (const auto& [member, note] : notes) {
      out_.name_of_ours(member);
      out_.value(note);
    }
    out_.end_object();
  }

  void write(MemberName, const std::string& text) { out_.value(text); }
  void write(MemberName, bool truth) { out_.value(truth); }
  void write(MemberName, int number) { out_.value(std::int64_t{number}); }
  void write(MemberName, std::int64_t number) { out_.value(number); }
  void write(MemberName, Money money) { out_.value(money.text()); }
  void write(MemberName, Date date) { out_.value(date.text()); }
  void write(MemberName, Instant instant) { out_.value(to_text(instant)); }
  void write(MemberName, const SecretBytes& blob) { out_.base64url(blob); }
  void write(MemberName, const std::map<std::string, SecretBytes>& fields) {
    out_.begin_object();
    for (const auto& [field, typed] : fields) {
      out_.name(field);
      out_.secret_text(typed);
    }
    out_.end_object();
  }
  template <class E>
  void write(MemberName name, const Coded<E>& code) {
    out_.value(name_of(code.value));
    if (code.value == E::unknown && !code.raw.empty()) note(raw_, name, code.raw);
  }
  template <class T>
  void write(MemberName name, const std::vector<T>& elements) {
    out_.begin_array();
    for (const T& element : elements) write(name, element);
    out_.end_array();
  }
  template <class T>
  requires(std::is_class_v<T>) void write(MemberName, const T& record) {
    MemberWriter inner(out_);
    describe(inner, record);
    inner.finish();
  }
  template <class E>
  requires(std::is_enum_v<E>) void write(MemberName, E value) { out_.value(name_of(value)); }

  JsonWriter& out_;
  Notes missing_, raw_;
};

// One object of which describe() knows the members.
template <class T>
void write_object(JsonWriter& out, const T& record) {
  MemberWriter writer(out);
  describe(writer, record);
  writer.finish();
}
template <class T>
std::string object_text(const T& record) {
  StringSink sink;
  JsonWriter out(sink);
  write_object(out, record);
  return sink.take();
}
template <class T>
SecretBytes object_secret(const T& record) {
  SecretSink sink;
  JsonWriter out(sink);
  write_object(out, record);
  return sink.take();
}

}  // namespace casebridge::model
