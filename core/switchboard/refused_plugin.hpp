// Why a library is not used, in words for operators.
#pragma once

#include <string>
#include <utility>

#include "core/base/trouble.hpp"

namespace casebridge::switchboard {

inline Trouble refused_plugin(std::string reason) {
  return trouble(TroubleCode::adapter_fault, std::move(reason));
}

}  // namespace casebridge::switchboard
