// Only separators and leading zeros are dropped: every other character tells cases apart.
#include "core/federation/case_number.hpp"

#include "core/base/text.hpp"

namespace casebridge::federation {

std::string normal_case_number(std::string_view raw, std::size_t native_digits) {
  std::string kept;
  for (const char c : raw)
    if (std::string_view(" \t-./").find(c) == std::string_view::npos) kept.push_back(c);
  kept = text::upper_ascii(kept);
  if (kept.empty() || !text::all_digits(kept)) return kept;
  const std::size_t first = kept.find_first_not_of('0');
  kept = first == std::string::npos ? "0" : kept.substr(first);
  if (kept.size() < native_digits) kept.insert(0, native_digits - kept.size(), '0');
  return kept;
}

}  // namespace casebridge::federation
