// The words of each list, spelled as their enumerators.
#include "core/model/vocabulary.hpp"

#include <array>

namespace casebridge::model {

template <>
std::span<const std::string_view> all_names<Role>() {
  static constexpr auto names =
      std::to_array<std::string_view>({"custodial_party", "noncustodial_parent", "child", "putative_father",
                                       "caretaker_other", "agency", "other", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(Role::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<Assistance>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"tanf_current", "foster_care", "medicaid_only", "former_assistance", "never_assistance",
       "arrears_only", "non_iv_d", "locate_only", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(Assistance::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<CaseStatus>() {
  static constexpr auto names = std::to_array<std::string_view>({"open", "closed", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(CaseStatus::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<Processing>() {
  static constexpr auto names =
      std::to_array<std::string_view>({"intake", "locate", "paternity", "establishment", "collection",
                                       "delinquent_enforcement", "monitoring", "closing", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(Processing::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<DebtType>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"child_support", "spousal_support", "medical_support_cash", "medical_costs", "arrears_judgment",
       "interest", "genetic_test_fee", "annual_fee", "other_fee", "agency_recovery", "voluntary_gift",
       "other", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(DebtType::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<Frequency>() {
  static constexpr auto names =
      std::to_array<std::string_view>({"weekly", "biweekly", "semimonthly", "monthly", "bimonthly",
                                       "quarterly", "semiannual", "annual", "once", "none", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(Frequency::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<Bucket>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"current_due", "arrears_family", "arrears_assigned", "arrears_unspecified", "medical_arrears",
       "spousal_arrears", "foster_care_arrears", "interest", "fee", "judgment", "total_owed", "total_arrears",
       "monthly_due", "last_payment", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(Bucket::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<OrderType>() {
  static constexpr auto names =
      std::to_array<std::string_view>({"administrative", "judicial", "paternity", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(OrderType::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<Controlling>() {
  static constexpr auto names = std::to_array<std::string_view>({"determined", "presumed", "no", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(Controlling::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<Concurrent>() {
  static constexpr auto names = std::to_array<std::string_view>({"none", "primary", "secondary", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(Concurrent::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<SourceClass>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"withholding", "direct", "involuntary_other", "other_state", "adjustment", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(SourceClass::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<PaymentStatus>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"received", "pending", "held", "applied", "partially_applied", "reversed", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(PaymentStatus::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<LegKind>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"collected", "forwarded", "received_from_state", "disbursed", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(LegKind::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<RecipientClass>() {
  static constexpr auto names =
      std::to_array<std::string_view>({"self", "other_party", "state", "agency", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(RecipientClass::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<DisbursementMethod>() {
  static constexpr auto names =
      std::to_array<std::string_view>({"direct_deposit", "prepaid_card", "check", "other_state", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(DisbursementMethod::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<DisbursementStatus>() {
  static constexpr auto names =
      std::to_array<std::string_view>({"issued", "cleared", "stopped", "returned", "reissued", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(DisbursementStatus::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<EnforcementKind>() {
  static constexpr auto names = std::to_array<std::string_view>({"income_withholding",
                                                                 "direct_income_withholding_interstate",
                                                                 "medical_support_notice",
                                                                 "unemployment_intercept",
                                                                 "workers_comp_intercept",
                                                                 "federal_tax_offset",
                                                                 "state_tax_offset",
                                                                 "federal_admin_offset",
                                                                 "passport_denial",
                                                                 "fidm_levy",
                                                                 "drivers_license_suspension",
                                                                 "professional_license_suspension",
                                                                 "recreational_license_suspension",
                                                                 "credit_bureau_report",
                                                                 "lien_real",
                                                                 "lien_vehicle",
                                                                 "lien_personal",
                                                                 "lottery_intercept",
                                                                 "insurance_match",
                                                                 "contempt",
                                                                 "bench_warrant",
                                                                 "other",
                                                                 "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(EnforcementKind::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<EnforcementStatus>() {
  static constexpr auto names =
      std::to_array<std::string_view>({"initiated", "active", "released", "contested", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(EnforcementStatus::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<EventKind>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"hearing", "appointment", "genetic_test", "review", "notice", "milestone", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(EventKind::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<IntergovRole>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"initiating", "responding", "limited_service", "direct_iwo", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(IntergovRole::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<Direction>() {
  static constexpr auto names = std::to_array<std::string_view>({"in", "out", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(Direction::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<ContactKind>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"call_centre", "caseworker", "local_office", "sdu", "central_registry", "unknown"});
  static_assert(names.size() == static_cast<std::size_t>(ContactKind::unknown) + 1);
  return names;
}

template <>
std::span<const std::string_view> all_names<SafetyLevel>() {
  static constexpr auto names = std::to_array<std::string_view>(
      {"none", "redact_location", "payments_only", "case_blocked", "account_blocked"});
  static_assert(names.size() == static_cast<std::size_t>(SafetyLevel::account_blocked) + 1);
  return names;
}

}  // namespace casebridge::model
