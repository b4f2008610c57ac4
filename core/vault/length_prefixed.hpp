// Fields whose length stands before them, so that no two lists of fields have the same octets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace casebridge::vault {

inline void append_integer(std::string& out, std::uint64_t value, int octets) {
  for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8)
    out.push_back(static_cast<char>((value >> shift) & 0xFFU));
}

inline void append_field(std::string& out, std::string_view field) {
  append_integer(out, field.size(), 4);
  out.append(field);
}

}  // namespace casebridge::vault
