// MemberReader: fills the members that describe() lists (record_members.hpp) from one JSON object, strictly.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "core/base/known.hpp"
#include "core/base/text.hpp"
#include "core/model/date.hpp"
#include "core/model/json_document.hpp"
#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"

namespace casebridge::model {

// Where reading is, and the first thing that was wrong. After it every read is a no-op.
class ReadState {
 public:
  bool ok() const { return !trouble_.has_value(); }
  void fail(const char* what);
  void enter(std::string_view member) { path_.emplace_back(member); }
  void enter(std::size_t index) { path_.push_back(std::to_string(index)); }
  void leave() { path_.pop_back(); }
  Trouble take() { return std::move(*trouble_); }

 private:
  std::vector<std::string> path_;  // names of ours and indices, never what was sent
  std::optional<Trouble> trouble_;
};

// YYYY-MM-DDThh:mm of a day that exists.
bool is_local_time(std::string_view text);

class MemberReader {
 public:
  MemberReader(JsonNode object, ReadState& state) : state_(state), object_(object) {
    if (object.kind() != JsonKind::object)
      state.fail("must be an object");
    else
      missing_ = notes("missing"), raw_ = notes("raw");
  }

  template <class T>
  void member(std::string_view name, T& value) {
    at(name, [&](const std::optional<JsonNode>& node) {
      if (!node || node->kind() == JsonKind::null) return state_.fail("is required");
      read(name, *node, value);
    });
  }
  template <class T>
  void member(std::string_view name, Known<T>& value) {
    at(name, [&](const std::optional<JsonNode>& node) {
      if (node && node->kind() != JsonKind::null) {
        std::optional<T> read_value = fresh<T>();
        read(name, *node, *read_value);
        if (state_.ok()) value = Known<T>(std::move(*read_value));
      } else {
        value = reason_of(name);
      }
    });
  }
  template <class T>
  void member(std::string_view name, std::optional<T>& value) {
    at(name, [&](const std::optional<JsonNode>& node) {
      value.reset();
      if (!node || node->kind() == JsonKind::null) return;
      value = fresh<T>();
      read(name, *node, *value);
    });
  }
  void word(std::string_view name, std::string& value, std::span<const std::string_view> allowed);
  void local_time(std::string_view name, std::string& value);
  void local_time(std::string_view name, Known<std::string>& value);
  void instant_text(std::string_view name, std::string& value);

  ReadState& state() { return state_; }
  const JsonNode& object() const { return object_; }

 private:
  template <class Step>
  void at(std::string_view name, const Step& step) {
    if (!state_.ok()) return;
    state_.enter(name);
    step(object_.find(name));
    state_.leave();
  }
  // Date has no empty value, so reading begins with some day.
  template <class T>
  static std::optional<T> fresh() {
    if constexpr (std::is_same_v<T, Date>)
      return Date::utc(Instant{});
    else
      return T{};
  }
  std::optional<JsonNode> notes(std::string_view name);
  std::optional<std::string> note(const std::optional<JsonNode>& notes, std::string_view name);
  Missing reason_of(std::string_view name);

  bool expect(const JsonNode& node, JsonKind kind, const char* what);
  void read(std::string_view name, const JsonNode& node, std::string& value);
  void read(std::string_view name, const JsonNode& node, bool& value);
  void read(std::string_view name, const JsonNode& node, int& value);
  void read(std::string_view name, const JsonNode& node, std::int64_t& value);
  void read(std::string_view name, const JsonNode& node, Money& value);
  void read(std::string_view name, const JsonNode& node, Date& value);
  void read(std::string_view name, const JsonNode& node, Instant& value);
  void read(std::string_view name, const JsonNode& node, SecretBytes& value);
  void read(std::string_view name, const JsonNode& node, std::map<std::string, SecretBytes>& value);

  template <class E>
  void read(std::string_view name, const JsonNode& node, Coded<E>& value) {
    E known{};
    read(name, node, known);
    value = Coded<E>(known);
    if (known != E::unknown) return;
    if (std::optional<std::string> code = note(raw_, name)) value.raw = std::move(*code);
  }
  template <class T>
  void read(std::string_view name, const JsonNode& node, std::vector<T>& value) {
    value.clear();
    if (!expect(node, JsonKind::array, "must be an array")) return;
    std::size_t index = 0;
    for (const JsonNode& element : node.children()) {
      state_.enter(index++);
      value.emplace_back();
      read(name, element, value.back());
      state_.leave();
      if (!state_.ok()) return;
    }
  }
  template <class T>
  requires(std::is_class_v<T>) void read(std::string_view, const JsonNode& node, T& value) {
    MemberReader inner(node, state_);
    describe(inner, value);
  }
  template <class E>
  requires(std::is_enum_v<E>) void read(std::string_view, const JsonNode& node, E& value) {
    if (!expect(node, JsonKind::text, "must be a text")) return;
    const std::optional<E> known = parse_name<E>(node.text());
    if (!known) return state_.fail("is none of the known words");
    value = *known;
  }

  ReadState& state_;
  JsonNode object_;
  std::optional<JsonNode> missing_, raw_;
};

// All elements of an array, each an object of which describe() knows the members.
template <class T>
void read_list(const JsonNode& array, ReadState& state, std::vector<T>& list) {
  list.clear();
  if (array.kind() != JsonKind::array) return state.fail("must be an array");
  for (const JsonNode& element : array.children()) {
    state.enter(list.size());
    MemberReader reader(element, state);
    describe(reader, list.emplace_back());
    state.leave();
    if (!state.ok()) return;
  }
}

// One object of which describe() knows the members.
template <class T>
Result<T> read_object(std::string_view json) {
  CASEBRIDGE_TRY(const JsonDocument document, JsonDocument::parse(json));
  T made{};
  ReadState state;
  MemberReader reader(document.root(), state);
  describe(reader, made);
  if (!state.ok()) return state.take();
  return made;
}

}  // namespace casebridge::model
