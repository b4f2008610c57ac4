// The tables, wire spelling first.
#include "plugins/texas_icop/codes.hpp"

#include <string_view>

#include "core/base/text.hpp"
#include "plugins/sdk/code_table.hpp"

namespace casebridge::texas_icop {
namespace {

using namespace model;  // NOLINT: the tables name nothing else
using sdk::CodeRow;
using sdk::look_up;

// For the fields whose codes are our own words in upper case.
template <class Enum>
Coded<Enum> our_word(const std::string& code) {
  const auto meaning = parse_name<Enum>(text::lower_ascii(code));
  if (!meaning || *meaning == Enum::unknown || text::upper_ascii(code) != code)
    return Coded<Enum>::unrecognised(code);
  return Coded<Enum>(*meaning);
}

constexpr CodeRow<Assistance> assistances[] = {
    {"TANF", Assistance::tanf_current},      {"FORMER", Assistance::former_assistance},
    {"NEVER", Assistance::never_assistance}, {"MEDICAID", Assistance::medicaid_only},
    {"FOSTER", Assistance::foster_care},     {"ARREARS", Assistance::arrears_only},
    {"NONIVD", Assistance::non_iv_d},        {"LOCATE", Assistance::locate_only}};

constexpr CodeRow<Role> roles[] = {{"CP", Role::custodial_party},
                                   {"NCP", Role::noncustodial_parent},
                                   {"CHILD", Role::child},
                                   {"PF", Role::putative_father},
                                   {"OTHER", Role::caretaker_other}};

constexpr CodeRow<Processing> processings[] = {
    {"INTAKE", Processing::intake},       {"LOCATE", Processing::locate},
    {"PATERNITY", Processing::paternity}, {"ESTABLISH", Processing::establishment},
    {"COLLECT", Processing::collection},  {"DELINQUENT", Processing::delinquent_enforcement},
    {"MONITOR", Processing::monitoring},  {"CLOSING", Processing::closing}};

constexpr CodeRow<OrderType> order_types[] = {{"JUDICIAL", OrderType::judicial},
                                              {"ADMIN", OrderType::administrative},
                                              {"PATERNITY", OrderType::paternity}};

constexpr CodeRow<DebtType> debt_types[] = {{"CS", DebtType::child_support},
                                            {"SP", DebtType::spousal_support},
                                            {"MS", DebtType::medical_support_cash},
                                            {"MC", DebtType::medical_costs},
                                            {"JD", DebtType::arrears_judgment},
                                            {"IN", DebtType::interest},
                                            // One code for every kind of fee.
                                            {"FE", DebtType::other_fee}};

constexpr CodeRow<Frequency> frequencies[] = {
    {"WK", Frequency::weekly},     {"BW", Frequency::biweekly},  {"SM", Frequency::semimonthly},
    {"MO", Frequency::monthly},    {"BM", Frequency::bimonthly}, {"QT", Frequency::quarterly},
    {"SA", Frequency::semiannual}, {"AN", Frequency::annual},    {"OT", Frequency::once}};

constexpr CodeRow<Bucket> buckets[] = {{"CURRENT", Bucket::current_due},
                                       {"ARR_FAM", Bucket::arrears_family},
                                       {"ARR_STATE", Bucket::arrears_assigned},
                                       {"MED", Bucket::medical_arrears},
                                       {"SPOUSAL", Bucket::spousal_arrears},
                                       {"INTEREST", Bucket::interest},
                                       {"FEE", Bucket::fee},
                                       {"TOT_ARR", Bucket::total_arrears},
                                       {"TOT_OWED", Bucket::total_owed}};

constexpr CodeRow<SourceClass> sources[] = {{"WITHHOLD", SourceClass::withholding},
                                            {"ONLINE", SourceClass::direct},
                                            {"CHECK", SourceClass::direct},
                                            {"CASH", SourceClass::direct},
                                            {"TAXFED", SourceClass::involuntary_other},
                                            {"TAXST", SourceClass::involuntary_other},
                                            {"ADMOFF", SourceClass::involuntary_other},
                                            {"UNEMP", SourceClass::involuntary_other},
                                            {"WCOMP", SourceClass::involuntary_other},
                                            {"LOTT", SourceClass::involuntary_other},
                                            {"GARN", SourceClass::involuntary_other},
                                            {"OSTATE", SourceClass::other_state},
                                            {"ADJ", SourceClass::adjustment},
                                            {"OTHER", SourceClass::unknown}};

constexpr CodeRow<PaymentStatus> payment_statuses[] = {{"RECEIVED", PaymentStatus::received},
                                                       {"PENDING", PaymentStatus::pending},
                                                       {"HELD", PaymentStatus::held},
                                                       {"APPLIED", PaymentStatus::applied},
                                                       {"PARTIAL", PaymentStatus::partially_applied},
                                                       {"REVERSED", PaymentStatus::reversed}};

constexpr CodeRow<RecipientClass> recipients[] = {{"YOU", RecipientClass::self},
                                                  {"OTHER", RecipientClass::other_party},
                                                  {"AGENCY", RecipientClass::agency},
                                                  {"STATE", RecipientClass::state}};

constexpr CodeRow<DisbursementMethod> methods[] = {{"DD", DisbursementMethod::direct_deposit},
                                                   {"CARD", DisbursementMethod::prepaid_card},
                                                   {"CHECK", DisbursementMethod::check},
                                                   {"OSTATE", DisbursementMethod::other_state}};

constexpr CodeRow<EnforcementKind> enforcement_kinds[] = {
    {"IWO", EnforcementKind::income_withholding},
    {"DIWO", EnforcementKind::direct_income_withholding_interstate},
    {"NMSN", EnforcementKind::medical_support_notice},
    {"UIB", EnforcementKind::unemployment_intercept},
    {"WC", EnforcementKind::workers_comp_intercept},
    {"FTO", EnforcementKind::federal_tax_offset},
    {"STO", EnforcementKind::state_tax_offset},
    {"PPD", EnforcementKind::passport_denial},
    {"FIDM", EnforcementKind::fidm_levy},
    {"DLS", EnforcementKind::drivers_license_suspension},
    {"PLS", EnforcementKind::professional_license_suspension},
    {"RLS", EnforcementKind::recreational_license_suspension},
    {"CBR", EnforcementKind::credit_bureau_report},
    {"LNR", EnforcementKind::lien_real},
    {"LNV", EnforcementKind::lien_vehicle},
    {"LNP", EnforcementKind::lien_personal},
    {"LOT", EnforcementKind::lottery_intercept},
    {"CTM", EnforcementKind::contempt},
    {"BW", EnforcementKind::bench_warrant},
    {"OTH", EnforcementKind::other}};

constexpr CodeRow<EnforcementStatus> enforcement_statuses[] = {{"STARTED", EnforcementStatus::initiated},
                                                               {"ACTIVE", EnforcementStatus::active},
                                                               {"RELEASED", EnforcementStatus::released},
                                                               {"CONTESTED", EnforcementStatus::contested}};

constexpr CodeRow<EventKind> event_kinds[] = {{"HEARING", EventKind::hearing},
                                              {"APPT", EventKind::appointment},
                                              {"GENTEST", EventKind::genetic_test},
                                              {"REVIEW", EventKind::review},
                                              {"NOTICE", EventKind::notice}};

constexpr CodeRow<IntergovRole> intergov_roles[] = {{"INITIATING", IntergovRole::initiating},
                                                    {"RESPONDING", IntergovRole::responding}};

}  // namespace

Coded<Assistance> assistance_of(const std::string& code) { return look_up(assistances, code); }
Coded<CaseStatus> case_status_of(const std::string& code) { return our_word<CaseStatus>(code); }
Coded<Role> role_of(const std::string& code) { return look_up(roles, code); }
Coded<Processing> processing_of(const std::string& code) { return look_up(processings, code); }
Coded<IntergovRole> intergov_role_of(const std::string& code) { return look_up(intergov_roles, code); }
Coded<OrderType> order_type_of(const std::string& code) { return look_up(order_types, code); }
Coded<DebtType> debt_type_of(const std::string& code) { return look_up(debt_types, code); }
Coded<Frequency> frequency_of(const std::string& code) { return look_up(frequencies, code); }
Coded<Bucket> bucket_of(const std::string& code) { return look_up(buckets, code); }
Coded<SourceClass> source_of(const std::string& code) { return look_up(sources, code); }
Coded<PaymentStatus> payment_status_of(const std::string& code) { return look_up(payment_statuses, code); }
Coded<RecipientClass> recipient_of(const std::string& code) { return look_up(recipients, code); }
Coded<DisbursementMethod> method_of(const std::string& code) { return look_up(methods, code); }
Coded<DisbursementStatus> disbursement_status_of(const std::string& code) {
  return our_word<DisbursementStatus>(code);
}
Coded<EnforcementKind> enforcement_kind_of(const std::string& code) {
  return look_up(enforcement_kinds, code);
}
Coded<EnforcementStatus> enforcement_status_of(const std::string& code) {
  return look_up(enforcement_statuses, code);
}
Coded<EventKind> event_kind_of(const std::string& code) { return look_up(event_kinds, code); }
Coded<Direction> direction_of(const std::string& code) { return our_word<Direction>(code); }
Coded<ContactKind> contact_kind_of(const std::string& code) { return our_word<ContactKind>(code); }

Coded<Controlling> controlling_of(const std::string& code) {
  // UNKNOWN is one of the document's own codes, so nothing is lost by not keeping it.
  if (code == "UNKNOWN") return Coded<Controlling>(Controlling::unknown);
  return our_word<Controlling>(code);
}

std::string assignee_of(const std::string& code) {
  if (code == "FAMILY") return "family";
  const bool state = code.size() == 8 && code.starts_with("STATE-") && code[6] >= 'A' && code[6] <= 'Z' &&
                     code[7] >= 'A' && code[7] <= 'Z';
  return state ? "state:" + code.substr(6) : "unknown";
}

}  // namespace casebridge::texas_icop
