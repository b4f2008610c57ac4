// Answer<T>: what an adapter's method returns: the result, "not yet", or why not.
#pragma once

#include <utility>
#include <variant>

#include "core/model/adapter_messages.hpp"

namespace casebridge::sdk {

template <class T>
class [[nodiscard]] Answer {
 public:
  using Value = T;

  Answer(T value) : state_(std::in_place_index<0>, std::move(value)) {}                   // NOLINT: implicit
  Answer(model::Pending pending) : state_(std::in_place_index<1>, std::move(pending)) {}  // NOLINT
  Answer(model::Refusal refusal) : state_(std::in_place_index<2>, std::move(refusal)) {}  // NOLINT

  bool done() const noexcept { return state_.index() == 0; }
  bool pending() const noexcept { return state_.index() == 1; }
  bool refused() const noexcept { return state_.index() == 2; }
  explicit operator bool() const noexcept { return done(); }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const model::Pending& wait() const { return std::get<1>(state_); }
  const model::Refusal& refusal() const& { return std::get<2>(state_); }
  model::Refusal&& refusal() && { return std::get<2>(std::move(state_)); }

 private:
  std::variant<T, model::Pending, model::Refusal> state_;
};

// The result of work that has nothing to tell.
struct Done {};

inline model::Refusal refuse(model::Outcome outcome, std::string reason = {}) {
  model::Refusal refusal;
  refusal.outcome = outcome;
  refusal.reason = std::move(reason);
  return refusal;
}
// The state's answer does not follow its interface document; `where` names a member or an offset, no content.
inline model::Refusal drift(std::string where) {
  model::Refusal refusal;
  refusal.outcome = model::Outcome::schema_drift;
  refusal.detail = std::move(where);
  return refusal;
}

}  // namespace casebridge::sdk

// SDK_TRY(auto answer, call.http().send(request)); declares `answer`, or returns early with its refusal.
#define SDK_TRY_JOIN2(a, b) a##b
#define SDK_TRY_JOIN(a, b) SDK_TRY_JOIN2(a, b)
#define SDK_TRY(declaration, expression)                                                                   \
  auto SDK_TRY_JOIN(sdk_tried_, __LINE__) = (expression);                                                  \
  if (!SDK_TRY_JOIN(sdk_tried_, __LINE__)) return std::move(SDK_TRY_JOIN(sdk_tried_, __LINE__)).refusal(); \
  declaration = std::move(SDK_TRY_JOIN(sdk_tried_, __LINE__)).value()
