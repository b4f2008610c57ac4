// The tables, wire spelling first.
#include "plugins/kansas_quick/codes.hpp"

#include <cstddef>
#include <string_view>

namespace casebridge::kansas_quick {
namespace {

using namespace model;  // NOLINT: the tables name nothing else

template <class Enum>
struct Row {
  std::string_view wire;
  Enum meaning;
};

template <class Enum, std::size_t N>
Coded<Enum> look_up(const Row<Enum> (&table)[N], const std::string& code) {
  for (const Row<Enum>& row : table)
    if (row.wire == code) return Coded<Enum>(row.meaning);
  return Coded<Enum>::unrecognised(code);
}

// The vocabulary of human services misspells the second word, and is quoted as it stands.
constexpr Row<Assistance> assistances[] = {{"Current Assistance", Assistance::tanf_current},
                                           {"Former Assisstance", Assistance::former_assistance},
                                           {"Former Assistance", Assistance::former_assistance},
                                           {"Never Assistance", Assistance::never_assistance}};

constexpr Row<CaseStatus> case_statuses[] = {{"O", CaseStatus::open}, {"C", CaseStatus::closed}};

constexpr Row<Role> roles[] = {
    {"AP", Role::noncustodial_parent}, {"AR", Role::custodial_party}, {"CH", Role::child}};

constexpr Row<IntergovRole> intergov_roles[] = {{"I", IntergovRole::initiating},
                                                {"R", IntergovRole::responding}};

constexpr Row<DebtType> debt_types[] = {
    {"CS", DebtType::child_support},        {"SP", DebtType::spousal_support},
    {"MS", DebtType::medical_support_cash}, {"MC", DebtType::medical_costs},
    {"AJ", DebtType::arrears_judgment},     {"IJ", DebtType::interest},
    {"FEE", DebtType::genetic_test_fee}};

constexpr Row<Frequency> frequencies[] = {{"W", Frequency::weekly},      {"B", Frequency::biweekly},
                                          {"S", Frequency::semimonthly}, {"M", Frequency::monthly},
                                          {"Q", Frequency::quarterly},   {"E", Frequency::semiannual},
                                          {"A", Frequency::annual}};

constexpr Row<Concurrent> concurrents[] = {{"P", Concurrent::primary},
                                           {"S", Concurrent::secondary},
                                           {"J", Concurrent::none},
                                           {"", Concurrent::none}};

constexpr Row<SourceClass> sources[] = {{"NIW", SourceClass::withholding},
                                        {"NDP", SourceClass::direct},
                                        {"FTO", SourceClass::involuntary_other},
                                        {"STO", SourceClass::involuntary_other},
                                        {"UBI", SourceClass::involuntary_other},
                                        {"FAO", SourceClass::involuntary_other},
                                        {"OTH", SourceClass::unknown}};

constexpr Row<RecipientClass> recipients[] = {{"SELF", RecipientClass::self},
                                              {"PARTY", RecipientClass::other_party},
                                              {"STATE", RecipientClass::state},
                                              {"OTHERSTATE", RecipientClass::state}};

constexpr Row<EnforcementKind> enforcement_kinds[] = {
    {"IWO", EnforcementKind::income_withholding},
    {"NMSN", EnforcementKind::medical_support_notice},
    {"CBR", EnforcementKind::credit_bureau_report},
    {"SDSO", EnforcementKind::state_tax_offset},
    {"FDSO", EnforcementKind::federal_tax_offset},
    {"PASS", EnforcementKind::passport_denial},
    {"FIDM", EnforcementKind::fidm_levy},
    {"DL", EnforcementKind::drivers_license_suspension},
    {"PL", EnforcementKind::professional_license_suspension},
    {"LOTT", EnforcementKind::lottery_intercept},
    {"LIEN", EnforcementKind::lien_real}};

constexpr Row<ContactKind> contact_kinds[] = {{"CallCentre", ContactKind::call_centre},
                                              {"Caseworker", ContactKind::caseworker},
                                              {"LocalOffice", ContactKind::local_office},
                                              {"SDU", ContactKind::sdu},
                                              {"CentralRegistry", ContactKind::central_registry}};

}  // namespace

Coded<Assistance> assistance_of(const std::string& code) { return look_up(assistances, code); }
Coded<CaseStatus> case_status_of(const std::string& code) { return look_up(case_statuses, code); }
Coded<Role> role_of(const std::string& code) { return look_up(roles, code); }
Coded<IntergovRole> intergov_role_of(const std::string& code) { return look_up(intergov_roles, code); }
Coded<DebtType> debt_type_of(const std::string& code) { return look_up(debt_types, code); }
Coded<Frequency> frequency_of(const std::string& code) { return look_up(frequencies, code); }
Coded<Concurrent> concurrent_of(const std::string& code) { return look_up(concurrents, code); }
Coded<SourceClass> source_of(const std::string& code) { return look_up(sources, code); }
Coded<RecipientClass> recipient_of(const std::string& code) { return look_up(recipients, code); }
Coded<EnforcementKind> enforcement_kind_of(const std::string& code) {
  return look_up(enforcement_kinds, code);
}
Coded<ContactKind> contact_kind_of(const std::string& code) { return look_up(contact_kinds, code); }

}  // namespace casebridge::kansas_quick
