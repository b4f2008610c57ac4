// Typed reading of forms.
#include "core/switchboard/form_file.hpp"

#include <algorithm>

namespace casebridge::switchboard {

Result<void> read_form(const Settings& section, ports::LoginForm& form) {
  CASEBRIDGE_TRY(form.ssn_notice, section.text_or("ssn_notice", ""));
  CASEBRIDGE_TRY(form.ssn_notice_es, section.text_or("ssn_notice_es", ""));
  CASEBRIDGE_TRY(const auto fields, section.list("fields"));
  for (const Settings& one : fields) {
    CASEBRIDGE_CHECK(one.only({"name", "type", "secret", "length_max", "length_exact"}));
    model::FieldSpec field;
    CASEBRIDGE_TRY(field.name, one.text("name"));
    CASEBRIDGE_TRY(field.type, one.one_of("type", {"text", "password", "digits", "date"}));
    CASEBRIDGE_TRY(field.secret, one.boolean_or("secret", true));
    CASEBRIDGE_TRY(const std::int64_t longest, one.integer_or("length_max", 1, 1024, 128));
    CASEBRIDGE_TRY(const std::int64_t exact, one.integer_or("length_exact", 0, 1024, 0));
    field.length_max = static_cast<int>(longest);
    if (exact > 0) field.length_exact = static_cast<int>(exact);
    form.fields.push_back(std::move(field));
  }
  const bool asks_ssn = std::any_of(form.fields.begin(), form.fields.end(),
                                    [](const auto& field) { return field.name.starts_with("ssn"); });
  // Privacy Act of 1974 §7(b): who asks for an SSN says by what authority and for what use.
  if (asks_ssn && form.ssn_notice.empty())
    return section.complaint("ssn_notice", "missing where an SSN is asked");
  return {};
}

Result<void> read_other_forms(const Settings& system, ports::SystemInfo& info) {
  CASEBRIDGE_TRY(const auto enrolment, system.section_if_any("enrolment"));
  if (enrolment) {
    CASEBRIDGE_CHECK(enrolment->only({"kind", "fields", "ssn_notice", "ssn_notice_es"}));
    info.enrolment.emplace();
    CASEBRIDGE_TRY(info.enrolment->credential_kind, enrolment->text("kind"));
    CASEBRIDGE_CHECK(read_form(*enrolment, *info.enrolment));
  }
  CASEBRIDGE_TRY(const auto recovery, system.section_if_any("recovery"));
  if (!recovery) return {};
  CASEBRIDGE_CHECK(recovery->only({"user_name", "password", "pin"}));
  for (const std::string& what : recovery->keys()) {
    CASEBRIDGE_TRY(const auto form, recovery->section(what));
    CASEBRIDGE_CHECK(form.only({"fields", "channels", "ssn_notice", "ssn_notice_es"}));
    CASEBRIDGE_TRY(const auto channels, form.texts("channels"));
    for (const std::string& one : channels)
      if (one != "email" && one != "post") return form.complaint("channels", "expected email or post");
    CASEBRIDGE_CHECK(read_form(form, info.recovery[what]));
    info.recovery[what].channels = channels;
  }
  return {};
}

}  // namespace casebridge::switchboard
