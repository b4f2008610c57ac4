// The tables of codes: what crosses the border, and what happens to spellings they do not have.
#include "plugins/texas_icop/codes.hpp"

#include <gtest/gtest.h>

namespace casebridge::texas_icop {
namespace {

using model::SourceClass;

TEST(Codes, SourcesOfInterceptsAreOneClassWithoutASpelling) {
  for (const char* code : {"TAXFED", "TAXST", "ADMOFF", "UNEMP", "WCOMP", "LOTT", "GARN"}) {
    EXPECT_EQ(source_of(code).value, SourceClass::involuntary_other) << code;
    EXPECT_EQ(source_of(code).raw, "") << code;
  }
}

TEST(Codes, SourcesOfOtherPaymentsKeepTheirClass) {
  EXPECT_EQ(source_of("WITHHOLD").value, SourceClass::withholding);
  for (const char* code : {"ONLINE", "CHECK", "CASH"})
    EXPECT_EQ(source_of(code).value, SourceClass::direct) << code;
  EXPECT_EQ(source_of("OSTATE").value, SourceClass::other_state);
  EXPECT_EQ(source_of("ADJ").value, SourceClass::adjustment);
  EXPECT_EQ(source_of("OTHER").value, SourceClass::unknown);
}

TEST(Codes, UnknownOnesKeepTheirSpelling) {
  EXPECT_EQ(source_of("ZZZ"), model::Coded<SourceClass>::unrecognised("ZZZ"));
  EXPECT_EQ(bucket_of("arr_fam").raw, "arr_fam");
  EXPECT_EQ(case_status_of("Open").raw, "Open");
  EXPECT_EQ(disbursement_status_of("UNKNOWN").raw, "UNKNOWN");
}

TEST(Codes, EachListIsWhole) {
  EXPECT_EQ(assistance_of("FORMER").value, model::Assistance::former_assistance);
  EXPECT_EQ(role_of("PF").value, model::Role::putative_father);
  EXPECT_EQ(processing_of("ESTABLISH").value, model::Processing::establishment);
  EXPECT_EQ(order_type_of("ADMIN").value, model::OrderType::administrative);
  EXPECT_EQ(debt_type_of("FE").value, model::DebtType::other_fee);
  EXPECT_EQ(frequency_of("OT").value, model::Frequency::once);
  EXPECT_EQ(bucket_of("ARR_STATE").value, model::Bucket::arrears_assigned);
  EXPECT_EQ(payment_status_of("PARTIAL").value, model::PaymentStatus::partially_applied);
  EXPECT_EQ(recipient_of("YOU").value, model::RecipientClass::self);
  EXPECT_EQ(method_of("DD").value, model::DisbursementMethod::direct_deposit);
  EXPECT_EQ(disbursement_status_of("REISSUED").value, model::DisbursementStatus::reissued);
  EXPECT_EQ(enforcement_kind_of("BW").value, model::EnforcementKind::bench_warrant);
  EXPECT_EQ(enforcement_kind_of("OTH").value, model::EnforcementKind::other);
  EXPECT_EQ(enforcement_status_of("STARTED").value, model::EnforcementStatus::initiated);
  EXPECT_EQ(event_kind_of("GENTEST").value, model::EventKind::genetic_test);
  EXPECT_EQ(direction_of("IN").value, model::Direction::in);
  EXPECT_EQ(contact_kind_of("CALL_CENTRE").value, model::ContactKind::call_centre);
  EXPECT_EQ(intergov_role_of("INITIATING").value, model::IntergovRole::initiating);
}

TEST(Codes, ControllingMayBeUnknownToTheState) {
  EXPECT_EQ(controlling_of("UNKNOWN").raw, "");
  EXPECT_EQ(controlling_of("DETERMINED").value, model::Controlling::determined);
  EXPECT_EQ(controlling_of("MAYBE").raw, "MAYBE");
}

TEST(Codes, AssigneesAreFamilyOrAState) {
  EXPECT_EQ(assignee_of("FAMILY"), "family");
  EXPECT_EQ(assignee_of("STATE-TX"), "state:TX");
  for (const char* code : {"UNKNOWN", "STATE-", "STATE-tx", "STATE-TEX", "TRIBE"})
    EXPECT_EQ(assignee_of(code), "unknown");
}

}  // namespace
}  // namespace casebridge::texas_icop
