// Known<T>: a value, or the reason why there is none. A missing figure is never zero.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

namespace casebridge {

enum class Missing {
  absent,        // the state says there is none
  not_provided,  // the state does not say
  withheld,      // the state, or a rule, keeps it back; looks like not_provided to everybody
  unsupported,   // this system cannot tell
  stale,         // too old to be used
};
std::string_view name_of(Missing reason);
std::optional<Missing> missing_of(std::string_view name);
// What a caller may see: withheld and not_provided are both "not_available".
std::string_view public_name_of(Missing reason);

template <class T>
class Known {
 public:
  Known() = default;                            // not provided
  Known(T value) : value_(std::move(value)) {}  // NOLINT: implicit by design
  Known(Missing reason) : reason_(reason) {}    // NOLINT
  bool known() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return known(); }
  const T& value() const { return *value_; }
  const T& operator*() const { return *value_; }
  const T* operator->() const { return &*value_; }
  Missing reason() const noexcept { return reason_; }  // only meaningful when !known()
  friend bool operator==(const Known& a, const Known& b) {
    return a.value_ == b.value_ && (a.value_.has_value() || a.reason_ == b.reason_);
  }

 private:
  std::optional<T> value_;
  Missing reason_ = Missing::not_provided;
};

}  // namespace casebridge
