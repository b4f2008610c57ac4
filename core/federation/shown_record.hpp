// ShownRecord: writes the members of one projected record, and why those are missing that are null.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/json_writer.hpp"
#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"

namespace casebridge::federation {

class ShownRecord {
 public:
  ShownRecord();
  // Closes the record; call once, last.
  std::string take();

  template <class T>
  void member(std::string_view name, const T& value) {
    out_.name(name);
    write(value);
  }
  template <class T>
  void member(std::string_view name, const Known<T>& value) {
    out_.name(name);
    if (value) return write(*value);
    out_.null();
    missing_.emplace_back(name, public_name_of(value.reason()));
  }
  // Shown only if allowed; otherwise as if the state had never said it.
  template <class T>
  void member_if(bool allowed, std::string_view name, const Known<T>& value) {
    member(name, !allowed && value ? Known<T>(Missing::withheld) : value);
  }
  // A text that states leave empty when they do not give it.
  void text_if(bool allowed, std::string_view name, const std::string& text) {
    member(name, allowed && !text.empty() ? Known<std::string>(text) : Known<std::string>(Missing::withheld));
  }
  // For arrays and objects inside; the caller writes their content.
  model::JsonWriter& begin(std::string_view name) {
    out_.name(name);
    return out_;
  }

 private:
  void write(const std::string& text) { out_.value(text); }
  void write(bool truth) { out_.value(truth); }
  void write(std::int64_t number) { out_.value(number); }
  void write(model::Date date) { out_.value(date.text()); }
  void write(model::Money money);
  template <class E>
  void write(const model::Coded<E>& code) {
    out_.value(model::name_of(code.value));  // the state's own code stays inside
  }

  model::StringSink sink_;
  model::JsonWriter out_;
  std::vector<std::pair<std::string_view, std::string_view>> missing_;
};

// An amount as the API writes it.
void write_money(model::JsonWriter& out, model::Money money);

}  // namespace casebridge::federation
