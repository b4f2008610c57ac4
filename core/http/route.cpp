// The words of the route table, as schemas/openapi.yaml spells them.
#include "core/http/route.hpp"

namespace casebridge::http {

std::string_view answer_media_type(const Route& route) {
  return route.response_schema.empty() ? std::string_view() : std::string_view("application/json");
}

std::string_view name_of(CallerKind caller) {
  switch (caller) {
    case CallerKind::anyone: return "public";
    case CallerKind::account: return "account";
    case CallerKind::loopback: return "loopback";
  }
  return "account";
}

std::string_view name_of(Idempotency idempotency) {
  switch (idempotency) {
    case Idempotency::none: return "none";
    case Idempotency::key: return "key";
    case Idempotency::seq: return "seq";
  }
  return "none";
}

std::string_view name_of(RateClass rate) {
  switch (rate) {
    case RateClass::read: return "read";
    case RateClass::write: return "write";
    case RateClass::flow: return "flow";
    case RateClass::secret: return "secret";
  }
  return "read";
}

bool shows_cases(const Route& route) {
  return !route.told.empty() || route.scope.starts_with("cases.") || route.scope.starts_with("links.");
}

bool is_for_operators(const Route& route) { return route.scope.starts_with("admin."); }

}  // namespace casebridge::http
