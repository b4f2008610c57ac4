// Names and forms of fields; no value of a parent leaves this file in a refusal.
#include "plugins/california_connect/typed_fields.hpp"

#include "core/base/text.hpp"

namespace casebridge::california_connect {
namespace {

constexpr std::size_t participant_size_min = 10;
constexpr std::size_t participant_size_max = 15;

}  // namespace

model::Refusal invalid_field(const std::string& name) {
  model::Refusal refusal = sdk::refuse(model::Outcome::invalid_field);
  refusal.field = name;
  return refusal;
}

sdk::Answer<const SecretBytes*> typed(const model::SecretFields& fields, const std::string& name,
                                      std::size_t length_max) {
  const auto found = fields.find(name);
  if (found == fields.end()) return invalid_field(name);
  const std::string_view value = found->second.reveal();
  if (value.empty() || text::has_control(value) || text::count_code_points(value) > length_max)
    return invalid_field(name);
  return &found->second;
}

sdk::Answer<const SecretBytes*> typed_participant(const model::SecretFields& fields) {
  SDK_TRY(const SecretBytes* const id, typed(fields, "participant_id", participant_size_max));
  if (id->size() < participant_size_min || !text::all_digits(id->reveal()))
    return invalid_field("participant_id");
  return id;
}

}  // namespace casebridge::california_connect
