// Pieces of the grammar of fields, measured at the front of a text (RFC 9110 §5.6).
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/http/head_check.hpp"

namespace casebridge::http {

inline std::string_view without_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

// 0 when there is none.
inline std::size_t token_size(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && is_token(text.substr(size, 1))) ++size;
  return size;
}

// Both quotation marks included; 0 when there is none.
inline std::size_t quoted_size(std::string_view text) {
  if (!text.starts_with('"')) return 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return 0;
}

}  // namespace casebridge::http
