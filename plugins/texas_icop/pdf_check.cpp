// A file that was cut has a beginning but not the end.
#include "plugins/texas_icop/pdf_check.hpp"

namespace casebridge::texas_icop {

bool is_whole_pdf(std::string_view octets) {
  if (octets.ends_with('\n')) octets.remove_suffix(1);
  if (octets.ends_with('\r')) octets.remove_suffix(1);
  return octets.starts_with("%PDF-") && octets.ends_with("%%EOF");
}

}  // namespace casebridge::texas_icop
