// The rules of one form field; lengths count code points, as people do.
#include "core/desk/check_fields.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/model/date.hpp"

namespace casebridge::desk {
namespace {

Result<void> check_one(const model::FieldSpec& spec, std::string_view typed) {
  if (typed.empty()) return field_trouble(spec.name, "is required");
  if (!text::is_utf8(typed)) return field_trouble(spec.name, "is not UTF-8");
  if (text::has_control(typed)) return field_trouble(spec.name, "has a control character");
  // A code may come with blanks around it from a mail; the state trims it, so the digits inside are what
  // counts.
  const std::string_view core = spec.type == "digits" ? text::trim(typed) : typed;
  const std::size_t length = text::count_code_points(core);
  if (length > static_cast<std::size_t>(std::max(spec.length_max, 0))) {
    return field_trouble(spec.name, "is longer than allowed");
  }
  if (spec.type == "digits" && !text::all_digits(core))
    return field_trouble(spec.name, "has something else than digits");
  if (spec.length_exact && length != static_cast<std::size_t>(*spec.length_exact)) {
    return field_trouble(spec.name, "does not have the exact length");
  }
  if (spec.type == "date" && !model::Date::parse(typed)) return field_trouble(spec.name, "is not a date");
  return {};
}

}  // namespace

Result<void> check_fields(const std::vector<model::FieldSpec>& form, const model::SecretFields& fields) {
  for (const model::FieldSpec& spec : form) {
    const auto found = fields.find(spec.name);
    if (found == fields.end()) return field_trouble(spec.name, "is required");
    CASEBRIDGE_CHECK(check_one(spec, found->second.reveal()));
  }
  for (const auto& [name, typed] : fields) {
    const auto same = [&name = name](const model::FieldSpec& spec) { return spec.name == name; };
    // The name is the caller's text, so it is not repeated.
    if (std::none_of(form.begin(), form.end(), same))
      return field_trouble("fields", "has a field the form does not");
  }
  return {};
}

}  // namespace casebridge::desk
