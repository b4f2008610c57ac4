// Result<T>: a value, or the Trouble that prevented it. Names follow std::expected.
#pragma once

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/trouble.hpp"

namespace casebridge {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(Trouble trouble) : state_(std::in_place_index<1>, std::move(trouble)) {}  // NOLINT

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Trouble& error() const& { return std::get<1>(state_); }
  Trouble&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Trouble> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Trouble trouble) : trouble_(std::move(trouble)) {}  // NOLINT: implicit by design

  bool has_value() const noexcept { return !trouble_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  const Trouble& error() const& { return *trouble_; }
  Trouble&& error() && { return std::move(*trouble_); }

 private:
  std::optional<Trouble> trouble_;
};

}  // namespace casebridge

// Each use has a name of its own, also where one stands in a lambda that is the other's argument.
#define CASEBRIDGE_JOIN2(a, b) a##b
#define CASEBRIDGE_JOIN(a, b) CASEBRIDGE_JOIN2(a, b)

// Returns early with the trouble of `expression`; otherwise goes on.
#define CASEBRIDGE_CHECK(expression) CASEBRIDGE_CHECK_AS(CASEBRIDGE_JOIN(checked_, __COUNTER__), expression)
#define CASEBRIDGE_CHECK_AS(name, expression)                            \
  do {                                                                   \
    if (auto name = (expression); !name) return std::move(name).error(); \
  } while (false)

// CASEBRIDGE_TRY(auto found, store.find(id)); declares `found` or returns early with the trouble.
#define CASEBRIDGE_TRY(declaration, expression) \
  CASEBRIDGE_TRY_AS(CASEBRIDGE_JOIN(tried_, __COUNTER__), declaration, expression)
#define CASEBRIDGE_TRY_AS(name, declaration, expression) \
  auto name = (expression);                              \
  if (!name) return std::move(name).error();             \
  declaration = std::move(name).value()
