// Value: what is bound to, and read from, a statement; text or whole number, or null. Nothing else is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/trouble.hpp"
#include "core/model/caller.hpp"

namespace casebridge::storage {

enum class Kind { text, number };

struct Value {
  Kind kind = Kind::text;
  bool null = false;
  std::string text{};
  long long number = 0;
};

Value to_value(std::string text);
Value to_value(std::int64_t number);
Value to_value(model::Assurance assurance);
inline Value to_value(const char* text) { return to_value(std::string(text)); }
inline Value to_value(int number) { return to_value(static_cast<std::int64_t>(number)); }
inline Value to_value(bool flag) { return to_value(static_cast<std::int64_t>(flag ? 1 : 0)); }
inline Value to_value(Instant at) {
  return to_value(static_cast<std::int64_t>(at.time_since_epoch().count()));
}
template <class Tag>
Value to_value(const Id<Tag>& id) {
  return to_value(id.text());
}

// How a type is kept.
template <class T>
constexpr Kind kind_of(const T&) {
  const bool number = std::is_same_v<T, int> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, bool> ||
                      std::is_same_v<T, Instant>;
  return number ? Kind::number : Kind::text;
}
template <class T>
constexpr Kind kind_of(const std::optional<T>&) {
  const bool number = std::is_same_v<T, int> || std::is_same_v<T, std::int64_t> || std::is_same_v<T, Instant>;
  return number ? Kind::number : Kind::text;
}

template <class T>
Value to_value(const std::optional<T>& maybe) {
  if (maybe) return to_value(*maybe);
  return Value{kind_of(maybe), true};
}

// The named values of one execution, in the order in which they were given.
class Values {
 public:
  template <class T>
  Values& with(std::string_view name, const T& value) {
    items_.emplace_back(std::string(name), to_value(value));
    return *this;
  }
  std::vector<std::pair<std::string, Value>>& items() { return items_; }
  // PostgreSQL would cut text at NUL without a word and refuse what is not UTF-8: refused here for both
  // engines.
  std::optional<Trouble> refusal() const;

 private:
  std::vector<std::pair<std::string, Value>> items_;
};

// One row, read column by column in the order of the statement.
class Row {
 public:
  explicit Row(std::vector<Value*> cells) : cells_(std::move(cells)) {}
  // A row that does not hold what its reader expects; the reader's result is thrown away then.
  bool unreadable() const { return unreadable_; }

  void read(std::string& to) { to = std::move(next().text); }
  void read(std::int64_t& to) { to = next().number; }
  void read(int& to);
  void read(bool& to) { to = next().number != 0; }
  void read(Instant& to) { to = Instant{std::chrono::seconds{next().number}}; }
  void read(model::Assurance& to);
  template <class Tag>
  void read(Id<Tag>& to) {
    const auto parsed = Id<Tag>::parse(next().text);
    if (parsed)
      to = *parsed;
    else
      unreadable_ = true;
  }
  template <class T>
  void read(std::optional<T>& to);

 private:
  Value& next() {
    Value& cell = *cells_.at(next_++);
    unreadable_ = unreadable_ || cell.null;
    return cell;
  }

  std::vector<Value*> cells_;
  std::size_t next_ = 0;
  bool unreadable_ = false;
};

// A valid id of any kind, to be overwritten by what is read.
struct AnyId {
  template <class Tag>
  operator Id<Tag>() const {  // NOLINT: implicit by design
    return *Id<Tag>::parse(std::string(Tag::prefix) + "_" + std::string(26, '0'));
  }
};

template <class T>
void Row::read(std::optional<T>& to) {
  if (cells_.at(next_)->null) {
    to.reset();
    ++next_;
    return;
  }
  if constexpr (std::is_constructible_v<T, AnyId> && !std::is_default_constructible_v<T>) {
    T value = AnyId{};
    read(value);
    to = std::move(value);
  } else {
    T value{};
    read(value);
    to = std::move(value);
  }
}

}  // namespace casebridge::storage
