// Figures of a case, and what must not become one.
#include <gtest/gtest.h>

#include "plugins/kansas_quick/datasets.hpp"
#include "tests/unit/kansas_quick/sample_answer.hpp"

namespace casebridge::kansas_quick::testing {
namespace {

const Scope scope{"0078901234", "KS", *model::Date::parse("2023-03-17"), *model::Date::parse("2026-03-16")};
constexpr const char* identification =
    "<hs:ChildSupportEnforcementIV-DCaseIdentification><nc:IdentificationID>0078901234</nc:IdentificationID>"
    "</hs:ChildSupportEnforcementIV-DCaseIdentification>";

struct Read {
  Financial financial;
  Reading reading;
};

Read read(const std::string& content) {
  const auto answer = opened(response("GetFinancial", identification + content));
  Read made;
  made.financial = read_financial(answer->payload(made.reading), scope);
  return made;
}

std::string obligation(const std::string& side, const std::string& amount = "400.00",
                       const std::string& debt = "CS") {
  return "<Obligation><CourtOrder>2019DM000812</CourtOrder><OrderLocator>2017700</OrderLocator><DebtType>" +
         debt + "</DebtType><Amount>" + amount + "</Amount><Frequency>M</Frequency><PrimarySecondaryCode>" +
         side +
         "</PrimarySecondaryCode><ArrearsAmount>800.00</ArrearsAmount><StartDate>20190601</StartDate>" +
         "<EndDate>20991231</EndDate></Obligation>";
}

std::string payment(const std::string& day, const std::string& amount, const std::string& code) {
  return "<Payment><Date>" + day + "</Date><Amount>" + amount + "</Amount><SourceCode>" + code +
         "</SourceCode></Payment>";
}

TEST(Financial, ArrearsPaymentBelongsToTheOneObligationThatCounts) {
  const std::string monthly =
      "<hs:ChildSupportArrearsPaymentAmount>50.00</hs:ChildSupportArrearsPaymentAmount>";
  const auto one = read(monthly + "<Obligations>" + obligation("P") + obligation("S") + "</Obligations>");
  ASSERT_TRUE(one.reading.followed()) << one.reading.where();
  ASSERT_EQ(one.financial.orders.size(), 1U);
  const auto& owed = one.financial.orders[0].obligations;
  ASSERT_EQ(owed.size(), 2U);
  EXPECT_EQ(owed[0].arrears_amount->cents, 5000);
  EXPECT_FALSE(owed[1].arrears_amount);
  EXPECT_EQ(owed[1].concurrent.value, model::Concurrent::secondary);
  EXPECT_NE(owed[0].key, owed[1].key);
  EXPECT_FALSE(owed[0].ends);
  const auto two =
      read(monthly + "<Obligations>" + obligation("P") + obligation("", "10.00", "MS") + "</Obligations>");
  for (const auto& each : two.financial.orders.at(0).obligations) EXPECT_FALSE(each.arrears_amount);
}

TEST(Financial, ObligationWithoutItsAmountIsLeftOutAndItsOrderStays) {
  const auto made = read("<Obligations>" + obligation("P", "") + "</Obligations>");
  EXPECT_EQ(made.reading.left_out_count(), 1);
  ASSERT_EQ(made.financial.orders.size(), 1U);
  EXPECT_EQ(*made.financial.orders[0].issuing_state, "KS");
  EXPECT_TRUE(made.financial.orders[0].obligations.empty());
}

TEST(Financial, UnknownCodesKeepTheirSpelling) {
  const auto made = read("<Obligations>" + obligation("X", "400.00", "ZZ") + "</Obligations><Payments>" +
                         payment("20260206", "125.00", "ZZZ") + "</Payments>");
  const auto& owed = made.financial.orders.at(0).obligations.at(0);
  EXPECT_EQ(owed.debt_type.raw, "ZZ");
  EXPECT_EQ(owed.concurrent.raw, "X");
  EXPECT_EQ(made.financial.payments.at(0).source.raw, "ZZZ");
  EXPECT_EQ(made.reading.unknown_codes(), 3);
}

TEST(Financial, SumIsCheckedToTheCentAndOnlyWhenAllIsTold) {
  const auto figures = [](const std::string& other, const std::string& total) {
    return "<MonthlySupportAmount>400.00</MonthlySupportAmount><hs:ChildSupportArrearsPaymentAmount>50.00"
           "</hs:ChildSupportArrearsPaymentAmount><OtherMonthlyAmount>" +
           other + "</OtherMonthlyAmount><TotalMonthlyAmount>" + total + "</TotalMonthlyAmount>";
  };
  EXPECT_TRUE(read(figures("0.00", "450.00")).reading.followed());
  EXPECT_FALSE(read(figures("0.00", "450.01")).reading.followed());
  EXPECT_TRUE(read(figures("", "450.01")).reading.followed());
  EXPECT_FALSE(read(figures("0.0", "450.00")).reading.followed());
}

TEST(Financial, WhatIsOwedIsTheSumOfItsPartsWhereAllAreTold) {
  const auto figures = [](const std::string& fees, const std::string& owed) {
    return "<hs:ChildSupportTotalArrearsAmount>800.00</"
           "hs:ChildSupportTotalArrearsAmount><TotalInterestOwed>1.50"
           "</TotalInterestOwed><hs:ChildSupportFeesAmount>" +
           fees +
           "</hs:ChildSupportFeesAmount><TotalJudgmentAmount>0.00</TotalJudgmentAmount><TotalOwedAmount>" +
           owed + "</TotalOwedAmount>";
  };
  EXPECT_TRUE(read(figures("25.00", "826.50")).reading.followed());
  EXPECT_EQ(read(figures("25.00", "826.51")).reading.where(), "GetFinancialResponse/TotalOwedAmount");
  EXPECT_TRUE(read(figures("", "826.51")).reading.followed());
}

TEST(Financial, PaymentsOfOneDayAmountAndClassAreStillTwo) {
  const auto made = read("<Payments more=\"true\">" + payment("20260206", "10.00", "UBI") +
                         payment("20260206", "10.00", "FTO") + payment("20260206", "-10.00", "NIW") +
                         payment("20200101", "10.00", "NDP") + "</Payments>");
  ASSERT_TRUE(made.reading.followed());
  EXPECT_TRUE(made.financial.payments_cut);
  EXPECT_EQ(made.reading.left_out_count(), 1);
  ASSERT_EQ(made.financial.payments.size(), 3U);
  EXPECT_EQ(made.financial.payments[0].key, "2026-02-06/10.00/involuntary_other");
  EXPECT_EQ(made.financial.payments[1].key, "2026-02-06/10.00/involuntary_other~2");
  EXPECT_EQ(made.financial.payments[2].source.value, model::SourceClass::adjustment);
}

TEST(Financial, MemberMayBeRepeatedButNotContradicted) {
  const std::string as_of = "<AsOfDate>20260301</AsOfDate>";
  EXPECT_TRUE(read(as_of + as_of).reading.followed());
  EXPECT_FALSE(read(as_of + "<AsOfDate>20260201</AsOfDate>").reading.followed());
}

TEST(Financial, AnswerAboutAnotherCaseIsRefused) {
  Reading reading;
  const auto answer = opened(response("GetFinancial", identification));
  (void)read_financial(answer->payload(reading), {"0099999999", "KS", scope.from, scope.today});
  EXPECT_FALSE(reading.followed());
}

}  // namespace
}  // namespace casebridge::kansas_quick::testing
