// Text of C++ as octets of the contract, and back; neither copies.
#pragma once

#include <string_view>

#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::sdk {

inline casebridge_bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view view_of(casebridge_bytes bytes) {
  if (bytes.data == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes.data), bytes.size};
}

}  // namespace casebridge::sdk
