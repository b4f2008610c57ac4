// The tables, wire spelling first.
#include "plugins/georgia_batch/codes.hpp"

namespace casebridge::georgia_batch {
namespace {

using model::Coded;
using model::SourceClass;

struct SourceRow {
  std::string_view wire;
  SourceClass meaning;
};

constexpr SourceRow sources[] = {{"income_withholding", SourceClass::withholding},
                                 {"direct", SourceClass::direct},
                                 {"other_state", SourceClass::other_state},
                                 {"adjustment", SourceClass::adjustment},
                                 {"federal_tax_offset", SourceClass::involuntary_other},
                                 {"state_tax_offset", SourceClass::involuntary_other},
                                 {"federal_admin_offset", SourceClass::involuntary_other},
                                 {"unemployment", SourceClass::involuntary_other},
                                 {"workers_comp", SourceClass::involuntary_other},
                                 {"lottery", SourceClass::involuntary_other},
                                 {"garnishment", SourceClass::involuntary_other},
                                 {"other", SourceClass::unknown}};

constexpr SourceRow applications[] = {
    {"CS", SourceClass::withholding},       {"II", SourceClass::other_state},
    {"IT", SourceClass::other_state},       {"IO", SourceClass::other_state},
    {"RI", SourceClass::other_state},       {"RT", SourceClass::other_state},
    {"RO", SourceClass::other_state},       {"DP", SourceClass::direct},
    {"UI", SourceClass::involuntary_other}, {"IF", SourceClass::involuntary_other},
    {"RF", SourceClass::involuntary_other}, {"FD", SourceClass::involuntary_other}};

template <std::size_t N>
Coded<SourceClass> look_up(const SourceRow (&rows)[N], std::string_view word) {
  for (const SourceRow& row : rows)
    if (row.wire == word) return row.meaning;
  return word.empty() ? Coded<SourceClass>() : Coded<SourceClass>::unrecognised(std::string(word));
}

}  // namespace

Coded<SourceClass> source_of(std::string_view word) { return look_up(sources, word); }

Coded<SourceClass> source_of_application(std::string_view application) {
  return look_up(applications, application);
}

model::RecipientClass recipient_of(std::string_view recipient, std::optional<model::Role> viewer) {
  if (recipient.empty()) return model::RecipientClass::unknown;
  if (const auto role = model::parse_name<model::Role>(recipient))
    return *role == viewer ? model::RecipientClass::self : model::RecipientClass::other_party;
  return recipient.starts_with("state:") ? model::RecipientClass::state : model::RecipientClass::agency;
}

}  // namespace casebridge::georgia_batch
