// A field is looked at where it lies, and never copied into a message of ours.
#include "plugins/texas_icop/typed_fields.hpp"

#include "core/base/text.hpp"
#include "core/model/date.hpp"
#include "plugins/texas_icop/wire_dates.hpp"

namespace casebridge::texas_icop {
namespace {

model::Refusal not_usable(const std::string& name) {
  model::Refusal refusal = sdk::refuse(model::Outcome::invalid_field);
  refusal.field = name;
  return refusal;
}

}  // namespace

sdk::Answer<const SecretBytes*> typed(const model::SecretFields& fields, const std::string& name,
                                      std::size_t length_max) {
  const auto found = fields.find(name);
  const bool good = found != fields.end() && !found->second.empty() &&
                    text::is_utf8(found->second.reveal()) &&
                    text::count_code_points(found->second.reveal()) <= length_max;
  if (good) return &found->second;
  return not_usable(name);
}

sdk::Answer<std::string> typed_date(const model::SecretFields& fields, const std::string& name) {
  const auto found = fields.find(name);
  const auto day = found == fields.end() ? std::nullopt : model::Date::parse(found->second.reveal());
  if (!day) return not_usable(name);
  return wire_date(*day);
}

}  // namespace casebridge::texas_icop
