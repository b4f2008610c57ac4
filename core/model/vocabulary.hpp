// The closed word lists of child support, and their spelling on the wire. Every list ends in `unknown`.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace casebridge::model {

enum class Role {
  custodial_party, noncustodial_parent, child, putative_father, caretaker_other, agency, other, unknown
};
enum class Assistance {
  tanf_current, foster_care, medicaid_only, former_assistance, never_assistance, arrears_only, non_iv_d,
  locate_only, unknown
};
enum class CaseStatus { open, closed, unknown };
enum class Processing {
  intake, locate, paternity, establishment, collection, delinquent_enforcement, monitoring, closing, unknown
};
enum class DebtType {
  child_support, spousal_support, medical_support_cash, medical_costs, arrears_judgment, interest,
  genetic_test_fee, annual_fee, other_fee, agency_recovery, voluntary_gift, other, unknown
};
enum class Frequency {
  weekly, biweekly, semimonthly, monthly, bimonthly, quarterly, semiannual, annual, once, none, unknown
};
enum class Bucket {
  current_due, arrears_family, arrears_assigned, arrears_unspecified, medical_arrears, spousal_arrears,
  foster_care_arrears, interest, fee, judgment, total_owed, total_arrears, monthly_due, last_payment, unknown
};
enum class OrderType { administrative, judicial, paternity, unknown };
enum class Controlling { determined, presumed, no, unknown };
enum class Concurrent { none, primary, secondary, unknown };
// Public classes only: IRC 6103 keeps the finer source of a collection from crossing an adapter's border.
enum class SourceClass { withholding, direct, involuntary_other, other_state, adjustment, unknown };
enum class PaymentStatus { received, pending, held, applied, partially_applied, reversed, unknown };
enum class LegKind { collected, forwarded, received_from_state, disbursed, unknown };
enum class RecipientClass { self, other_party, state, agency, unknown };
enum class DisbursementMethod { direct_deposit, prepaid_card, check, other_state, unknown };
enum class DisbursementStatus { issued, cleared, stopped, returned, reissued, unknown };
enum class EnforcementKind {
  income_withholding, direct_income_withholding_interstate, medical_support_notice, unemployment_intercept,
  workers_comp_intercept, federal_tax_offset, state_tax_offset, federal_admin_offset, passport_denial,
  fidm_levy, drivers_license_suspension, professional_license_suspension,
  recreational_license_suspension,
  credit_bureau_report, lien_real, lien_vehicle, lien_personal, lottery_intercept, insurance_match, contempt,
  bench_warrant, other, unknown
};
enum class EnforcementStatus { initiated, active, released, contested, unknown };
enum class EventKind { hearing, appointment, genetic_test, review, notice, milestone, unknown };
enum class IntergovRole { initiating, responding, limited_service, direct_iwo, unknown };
enum class Direction { in, out, unknown };  // in: from the state to the parent
enum class ContactKind { call_centre, caseworker, local_office, sdu, central_registry, unknown };
// How far a state hides one party from the other; ordered, strictest last. Never leaves the gateway.
enum class SafetyLevel { none, redact_location, payments_only, case_blocked, account_blocked };

// The spelling of every value, in the enumerators' order. Only the lists above have one (vocabulary.cpp).
template <class Enum>
  requires std::is_enum_v<Enum>
std::span<const std::string_view> all_names();
template <> std::span<const std::string_view> all_names<Role>();
template <> std::span<const std::string_view> all_names<Assistance>();
template <> std::span<const std::string_view> all_names<CaseStatus>();
template <> std::span<const std::string_view> all_names<Processing>();
template <> std::span<const std::string_view> all_names<DebtType>();
template <> std::span<const std::string_view> all_names<Frequency>();
template <> std::span<const std::string_view> all_names<Bucket>();
template <> std::span<const std::string_view> all_names<OrderType>();
template <> std::span<const std::string_view> all_names<Controlling>();
template <> std::span<const std::string_view> all_names<Concurrent>();
template <> std::span<const std::string_view> all_names<SourceClass>();
template <> std::span<const std::string_view> all_names<PaymentStatus>();
template <> std::span<const std::string_view> all_names<LegKind>();
template <> std::span<const std::string_view> all_names<RecipientClass>();
template <> std::span<const std::string_view> all_names<DisbursementMethod>();
template <> std::span<const std::string_view> all_names<DisbursementStatus>();
template <> std::span<const std::string_view> all_names<EnforcementKind>();
template <> std::span<const std::string_view> all_names<EnforcementStatus>();
template <> std::span<const std::string_view> all_names<EventKind>();
template <> std::span<const std::string_view> all_names<IntergovRole>();
template <> std::span<const std::string_view> all_names<Direction>();
template <> std::span<const std::string_view> all_names<ContactKind>();
template <> std::span<const std::string_view> all_names<SafetyLevel>();

template <class Enum>
  requires std::is_enum_v<Enum>
std::string_view name_of(Enum value) {
  return all_names<Enum>()[static_cast<std::size_t>(value)];
}

template <class Enum>
  requires std::is_enum_v<Enum>
std::optional<Enum> parse_name(std::string_view name) {
  const std::span<const std::string_view> names = all_names<Enum>();
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

// A value from an upstream code: what it means to us, and the code itself when we do not know it.
template <class Enum>
struct Coded {
  Enum value = Enum::unknown;
  std::string raw{};  // only when value is unknown
  Coded() = default;
  Coded(Enum known) : value(known) {}  // NOLINT: implicit by design
  static Coded unrecognised(std::string code) {
    Coded made;
    made.raw = std::move(code);
    return made;
  }
  friend bool operator==(const Coded&, const Coded&) = default;
};

}  // namespace casebridge::model
