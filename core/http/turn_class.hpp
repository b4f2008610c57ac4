// TurnClass: how urgent a request is when there are more than can be answered, by what its row says.
#pragma once

#include <chrono>
#include <string_view>

#include "core/http/route.hpp"

namespace casebridge::http {

enum class TurnClass {
  probe,       // asks how the gateway is: has its turn at once
  read,        // a parent looks at what is stored
  sign_in,     // a password is checked, something is written, or a state is asked
  background,  // nobody sits and waits for it: what a page asks by itself, a reading of a state that is
               // queued
};
inline constexpr int turn_classes = 4;

// A request that fits no row is refused quickly, like a read that is answered quickly.
TurnClass turn_class_of(const Route* route);
// When a refused request may come again.
std::chrono::seconds retry_after(TurnClass turn);
// Label of the counter of refused requests.
std::string_view refusal_label(TurnClass turn);

}  // namespace casebridge::http
