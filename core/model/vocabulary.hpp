// The closed word lists of child support, and their spelling on the wire. Every list ends in `unknown`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace casebridge::model {

enum class Role { custodial_party, noncustodial_parent, child, putative_father, caretaker_other, agency, other, unknown };
enum class Assistance {
  tanf_current, foster_care, medicaid_only, former_assistance, never_assistance, arrears_only, non_iv_d, locate_only, unknown
};
enum class CaseStatus { open, closed, unknown };
enum class Processing {
  intake, locate, paternity, establishment, collection, delinquent_enforcement, monitoring, closing, unknown
};
enum class DebtType {
  child_support, spousal_support, medical_support_cash, medical_costs, arrears_judgment, interest, genetic_test_fee,
  annual_fee, other_fee, agency_recovery, voluntary_gift, other, unknown
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
  workers_comp_intercept, federal_tax_offset, state_tax_offset, federal_admin_offset, passport_denial, fidm_levy,
  drivers_license_suspension, professional_license_suspension, recreational_license_suspension,
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

// The spelling of a value (its name above) and back. `all` lists the enumerators' names in order.
template <class Enum>
struct Words;  // specialised in vocabulary.cpp for every list above

template <class Enum> std::span<const std::string_view> all_names();
template <class Enum> std::string_view name_of(Enum value);
template <class Enum> std::optional<Enum> parse_name(std::string_view name);

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
