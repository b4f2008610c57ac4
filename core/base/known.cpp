// Names of the reasons why a value is missing.
#include "core/base/known.hpp"

#include <array>

namespace casebridge {

std::string_view name_of(Missing reason) {
  switch (reason) {
    case Missing::absent: return "absent";
    case Missing::not_provided: return "not_provided";
    case Missing::withheld: return "withheld";
    case Missing::unsupported: return "unsupported";
    case Missing::stale: return "stale";
  }
  return "not_provided";
}

std::optional<Missing> missing_of(std::string_view name) {
  constexpr std::array all{Missing::absent, Missing::not_provided, Missing::withheld, Missing::unsupported,
                           Missing::stale};
  for (const Missing reason : all)
    if (name_of(reason) == name) return reason;
  return std::nullopt;
}

std::string_view public_name_of(Missing reason) {
  if (reason == Missing::withheld || reason == Missing::not_provided) return "not_available";
  return name_of(reason);
}

}  // namespace casebridge
