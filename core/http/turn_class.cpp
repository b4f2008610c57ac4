// Reads before sign-ins before background work.
#include "core/http/turn_class.hpp"

namespace casebridge::http {

TurnClass turn_class_of(const Route* route) {
  if (route == nullptr) return TurnClass::read;
  if (route->caller == CallerKind::loopback || route->path.starts_with("/health/")) return TurnClass::probe;
  if (route->unattended || route->operation == "syncLink") return TurnClass::background;
  return route->rate == RateClass::read ? TurnClass::read : TurnClass::sign_in;
}

std::chrono::seconds retry_after(TurnClass turn) {
  switch (turn) {
    case TurnClass::probe:
    case TurnClass::read: break;
    case TurnClass::sign_in: return std::chrono::seconds{2};
    case TurnClass::background: return std::chrono::seconds{10};
  }
  return std::chrono::seconds{1};
}

std::string_view refusal_label(TurnClass turn) {
  switch (turn) {
    case TurnClass::probe: return "overload_probe";
    case TurnClass::read: break;
    case TurnClass::sign_in: return "overload_sign_in";
    case TurnClass::background: return "overload_background";
  }
  return "overload_read";
}

}  // namespace casebridge::http
