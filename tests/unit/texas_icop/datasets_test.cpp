// Readers of the lists: what they keep, what they leave out, and that one wrong member spoils the answer.
#include "plugins/texas_icop/datasets.hpp"

#include <gtest/gtest.h>

#include "tests/unit/texas_icop/answer_text.hpp"

namespace casebridge::texas_icop {
namespace {

constexpr const char* case_json =
    R"({"status": "OK", "case": {"caseNumber": "0012345678", "caseType": "FORMER",
  "status": "OPEN", "openedDate": "06/01/2015", "closedDate": null, "yourRole": "NCP", "countyFips": "48453",
  "processing": "COLLECT", "ssn": "900-55-0100", "parties": [
    {"memberId": null, "role": "CP", "self": false, "firstName": "Ada", "lastName": "Sample",
     "active": true},
    {"memberId": "M1", "role": "NCP", "self": true, "firstName": "Ben", "middleName": "Q",
     "lastName": "Sample", "dob": "07/19/1984", "active": true}],
  "otherState": [{"state": "OH", "caseNumber": "7001234567", "role": "INITIATING",
     "since": "02/10/2025"}]}})";

TEST(Datasets, ReadACase) {
  AnswerText answer(case_json);
  const model::Case made = read_case(answer.root(), "0012345678");
  ASSERT_TRUE(answer.reading.followed()) << answer.reading.where();
  EXPECT_EQ(made.key, "0012345678");
  EXPECT_EQ(made.locator, Known<std::string>("4845300"));
  EXPECT_EQ(made.closed.reason(), Missing::absent);
  EXPECT_EQ(made.closure_reason.reason(), Missing::not_provided);
  ASSERT_EQ(made.participants.size(), 2U);
  EXPECT_EQ(made.participants[0].key, "");
  EXPECT_EQ(made.participants[0].birth_date.reason(), Missing::absent);
  EXPECT_EQ(made.participants[1].name.middle, "Q");
  EXPECT_TRUE(made.participants[1].is_self);
  ASSERT_EQ(made.intergov.size(), 1U);
  EXPECT_EQ(made.intergov[0].other_case, Known<std::string>("7001234567"));
  EXPECT_EQ(made.intergov[0].my_role.value, model::IntergovRole::initiating);
  EXPECT_EQ(made.safety, model::SafetyLevel::none);
}

TEST(Datasets, RefuseAnotherCaseThanTheOneAskedFor) {
  AnswerText answer(case_json);
  (void)read_case(answer.root(), "0012345679");
  EXPECT_EQ(answer.reading.where(), "/case/caseNumber");
}

std::string payment_row(const std::string& id, const std::string& type, const std::string& more = "") {
  return R"({"paymentId": ")" + id + R"(", "amount": "750.00", "collectionDate": "02/03/2026", "type": ")" +
         type + R"(", "status": "APPLIED")" + more + "}";
}

TEST(Datasets, DropPaymentsAlreadySeen) {
  AnswerText first(R"({"payments": [)" + payment_row("P1", "CASH") + "," + payment_row("P2", "ZZZ") + "]}");
  AnswerText second(R"({"payments": [)" + payment_row("P2", "ZZZ") + "," + payment_row("P3", "TAXFED") +
                    "]}");
  KeyRing seen;
  std::vector<model::Payment> payments;
  read_payments_page(first.root(), seen, payments);
  read_payments_page(second.root(), seen, payments);
  ASSERT_EQ(payments.size(), 3U);
  EXPECT_EQ(payments[1].source.raw, "ZZZ");
  EXPECT_EQ(payments[2].source, model::Coded(model::SourceClass::involuntary_other));
  EXPECT_EQ(payments[0].posted.reason(), Missing::absent);
  EXPECT_EQ(payments[0].adjusts.reason(), Missing::not_provided);
  EXPECT_EQ(first.reading.unknown_codes(), 1);
}

TEST(Datasets, OneWrongMemberSpoilsTheAnswer) {
  for (const std::string& row : {payment_row("P2", "CASH", R"(, "postedDate": "02/30/2026")"),
                                 payment_row("", "CASH"), payment_row("P2", "CASH", R"(, "reference": 7)"),
                                 payment_row("P2", "CASH", R"(, "applied": [{"bucket": "FEE", "amt": 1}])"),
                                 payment_row("P2", "CASH", R"(, "applied": {})"), std::string("7")}) {
    AnswerText answer(R"({"payments": [)" + row + "]}");
    KeyRing seen;
    std::vector<model::Payment> payments;
    read_payments_page(answer.root(), seen, payments);
    EXPECT_FALSE(answer.reading.followed()) << row;
  }
}

TEST(Datasets, KeepTotalsApart) {
  AnswerText answer(R"({"balances": [
    {"bucket": "CURRENT", "amount": 650.0, "assignedTo": "FAMILY", "asOf": "03/01/2026",
     "isTotal": false},
    {"bucket": "TOT_OWED", "amount": "650.00", "assignedTo": "UNKNOWN", "asOf": "03/01/2026",
     "isTotal": true}]})");
  const auto lines = read_balances(answer.root());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_FALSE(lines[0].is_aggregate);
  EXPECT_TRUE(lines[1].is_aggregate);
  EXPECT_EQ(lines[0].debt_type.reason(), Missing::unsupported);
}

TEST(Datasets, NeverPassOnSomebodyElsesAccount) {
  AnswerText answer(R"({"disbursements": [
    {"disbursementId": "D1", "amount": 1, "date": "02/11/2026", "paidTo": "YOU", "method": "DD",
     "last4": "7730",     "paymentIds": ["P1"], "status": "ISSUED"},
    {"disbursementId": "D2", "amount": 1, "date": "02/11/2026", "paidTo": "OTHER", "method": "DD",
     "last4": "1111",     "paymentIds": [], "status": "ISSUED"}]})");
  KeyRing seen;
  std::vector<model::Disbursement> disbursements;
  read_disbursements_page(answer.root(), seen, disbursements);
  ASSERT_EQ(disbursements.size(), 2U);
  EXPECT_EQ(disbursements[0].instrument_last4, Known<std::string>("7730"));
  EXPECT_FALSE(disbursements[1].instrument_last4.known());
}

TEST(Datasets, ReadMedicalSupportInBothSpellings) {
  const std::string before = R"({"orders": [{"causeNumber": "C", "orderId": "O", "issuingState": "TX",
    "issuingFips": "4845300", "courtName": "T", "orderType": "ADMIN", "filedDate": "", "effectiveDate": "",
    "controlling": "NO", "obligations": [], "medicalOrdered": )";
  const std::pair<const char*, std::optional<bool>> rows[] = {
      {"true", true}, {"false", false}, {R"("Y")", true}, {R"("N")", false}, {"null", std::nullopt}};
  for (const auto& [token, expected] : rows) {
    AnswerText answer(before + token + "}]}");
    const auto orders = read_orders(answer.root());
    ASSERT_TRUE(answer.reading.followed()) << token;
    EXPECT_EQ(orders.at(0).medical_ordered.known(), expected.has_value()) << token;
    EXPECT_EQ(expected && *orders.at(0).medical_ordered, expected.value_or(false)) << token;
  }
  AnswerText odd(before + R"("X"}]})");
  (void)read_orders(odd.root());
  EXPECT_FALSE(odd.reading.followed());
}

}  // namespace
}  // namespace casebridge::texas_icop
