// The words by which fields and columns are found on a page, in the language of the page.
#pragma once

#include <string_view>

#include "plugins/california_connect/language.hpp"

namespace casebridge::california_connect {

enum class Label {
  // On the summary, one value each; all are required.
  case_number,
  case_type,
  case_status,
  your_role,
  other_parent,
  children,
  court_case,
  current_support,
  arrears_payment,
  other_state,
  // Columns.
  balance_type,
  amount,
  as_of,
  payment_date,
  posted,
  source,
  document,
  date,
  link,
  appointment,
  when,
  place,
  office,
  phone,
  hours
};
inline constexpr int summary_labels = 10;

// Whether these words, as they stand, are that label; case, accents and a colon at the end do not count.
// One word may head columns of two kinds ("Fecha").
bool means(std::string_view text, Label label, Language language);
// For reports of a breach.
std::string_view name_of(Label label);

}  // namespace casebridge::california_connect
