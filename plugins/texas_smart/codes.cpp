// The tables, wire spelling first.
#include "plugins/texas_smart/codes.hpp"

#include <string_view>

#include "plugins/sdk/code_table.hpp"

namespace casebridge::texas_smart {
namespace {

using namespace model;  // NOLINT: the tables name nothing else
using sdk::CodeRow;
using sdk::look_up;

constexpr CodeRow<Role> roles[] = {{"Payor", Role::noncustodial_parent}, {"Payee", Role::custodial_party}};

constexpr CodeRow<CaseStatus> case_statuses[] = {{"Open", CaseStatus::open}, {"Closed", CaseStatus::closed}};

constexpr CodeRow<Bucket> buckets[] = {{"Current", Bucket::current_due},
                                       {"ArrearsFamily", Bucket::arrears_family},
                                       {"ArrearsState", Bucket::arrears_assigned},
                                       {"Interest", Bucket::interest},
                                       {"Fee", Bucket::fee},
                                       {"ArrearsTotal", Bucket::total_arrears},
                                       {"OwedTotal", Bucket::total_owed}};

constexpr CodeRow<SourceClass> sources[] = {
    {"WAGE", SourceClass::withholding},      {"EPAY", SourceClass::direct},
    {"CARD", SourceClass::direct},           {"CASH", SourceClass::direct},
    {"INT", SourceClass::involuntary_other}, {"OST", SourceClass::other_state},
    {"ADJ", SourceClass::adjustment},        {"OTH", SourceClass::unknown}};

constexpr CodeRow<PaymentStatus> payment_statuses[] = {{"Received", PaymentStatus::received},
                                                       {"Pending", PaymentStatus::pending},
                                                       {"Held", PaymentStatus::held},
                                                       {"Applied", PaymentStatus::applied},
                                                       {"Partial", PaymentStatus::partially_applied},
                                                       {"Reversed", PaymentStatus::reversed}};

constexpr CodeRow<Frequency> frequencies[] = {{"Weekly", Frequency::weekly},
                                              {"BiWeekly", Frequency::biweekly},
                                              {"SemiMonthly", Frequency::semimonthly},
                                              {"Monthly", Frequency::monthly}};

constexpr CodeRow<EnforcementKind> enforcement_kinds[] = {
    {"WageWithholding", EnforcementKind::income_withholding},
    {"DriverLicense", EnforcementKind::drivers_license_suspension},
    {"ProfessionalLicense", EnforcementKind::professional_license_suspension},
    {"RecreationalLicense", EnforcementKind::recreational_license_suspension},
    {"Passport", EnforcementKind::passport_denial},
    {"TaxFederal", EnforcementKind::federal_tax_offset},
    {"TaxState", EnforcementKind::state_tax_offset},
    {"BankLevy", EnforcementKind::fidm_levy},
    {"Lien", EnforcementKind::lien_real},
    {"CreditBureau", EnforcementKind::credit_bureau_report},
    {"Contempt", EnforcementKind::contempt},
    {"Other", EnforcementKind::other}};

constexpr CodeRow<EnforcementStatus> enforcement_statuses[] = {{"Started", EnforcementStatus::initiated},
                                                               {"Active", EnforcementStatus::active},
                                                               {"Released", EnforcementStatus::released},
                                                               {"Contested", EnforcementStatus::contested}};

}  // namespace

Coded<Role> role_of(const std::string& code) { return look_up(roles, code); }
Coded<CaseStatus> case_status_of(const std::string& code) { return look_up(case_statuses, code); }
Coded<Bucket> bucket_of(const std::string& code) { return look_up(buckets, code); }
Coded<SourceClass> source_of(const std::string& code) { return look_up(sources, code); }
Coded<PaymentStatus> payment_status_of(const std::string& code) { return look_up(payment_statuses, code); }
Coded<Frequency> frequency_of(const std::string& code) { return look_up(frequencies, code); }
Coded<EnforcementKind> enforcement_kind_of(const std::string& code) {
  return look_up(enforcement_kinds, code);
}
Coded<EnforcementStatus> enforcement_status_of(const std::string& code) {
  return look_up(enforcement_statuses, code);
}

}  // namespace casebridge::texas_smart
