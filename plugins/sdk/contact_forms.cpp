// Only what is surely a prefix or a hyphen is left out.
#include "plugins/sdk/contact_forms.hpp"

#include "core/base/text.hpp"

namespace casebridge::sdk {

std::string national_phone(std::string_view phone) {
  const bool ours = phone.size() == 12 && phone.starts_with("+1") && text::all_digits(phone.substr(2));
  return std::string(ours ? phone.substr(2) : phone);
}

std::string zip_digits(std::string_view zip) {
  std::string digits(zip);
  if (digits.size() == 10 && digits[5] == '-') digits.erase(5, 1);
  return digits;
}

}  // namespace casebridge::sdk
