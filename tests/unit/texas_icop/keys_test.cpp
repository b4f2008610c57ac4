// Keys made for records that have none.
#include "plugins/texas_icop/keys.hpp"

#include <gtest/gtest.h>

#include "plugins/texas_icop/datasets.hpp"
#include "tests/unit/texas_icop/answer_text.hpp"

namespace casebridge::texas_icop {
namespace {

std::string order_with(const std::string& amount, const std::string& start) {
  return R"({"orders": [{"causeNumber": "C1", "orderId": "O1", "issuingState": "TX", "issuingFips": "4845300",
    "courtName": "TEST COURT", "orderType": "JUDICIAL", "filedDate": "09/02/2014",
    "effectiveDate": "10/01/2014",
    "controlling": "NO", "medicalOrdered": null, "obligations": [
      {"debtType": "CS", "amount": )" +
         amount + R"(, "frequency": "MO", "startDate": ")" + start + R"("}]}]})";
}

std::string obligation_key(const std::string& json) {
  AnswerText answer(json);
  const auto orders = read_orders(answer.root());
  EXPECT_TRUE(answer.reading.followed()) << answer.reading.where();
  return orders.at(0).obligations.at(0).key;
}

TEST(Keys, OfAnObligationStayWhenItsAmountChanges) {
  const std::string before = obligation_key(order_with("650", "10/01/2014"));
  EXPECT_EQ(before, obligation_key(order_with(R"("700.00")", "10/01/2014")));
  EXPECT_NE(before, obligation_key(order_with("650", "11/01/2014")));
}

TEST(Keys, ThatRepeatInOneAnswerAreToldApart) {
  KeyRing ring;
  EXPECT_EQ(ring.unique("a"), "a");
  EXPECT_EQ(ring.unique("a"), "a~2");
  EXPECT_EQ(ring.unique("a"), "a~3");
  EXPECT_EQ(ring.unique("b"), "b");
}

TEST(Keys, OfBalancesSayWhoseTheyAre) {
  AnswerText answer(R"({"balances": [
    {"bucket": "ARR_FAM", "amount": 1, "assignedTo": "FAMILY", "asOf": "03/01/2026", "isTotal": false},
    {"bucket": "ARR_FAM", "amount": 2, "assignedTo": "STATE-TX", "asOf": "03/01/2026", "isTotal": false}]})");
  const auto lines = read_balances(answer.root());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NE(lines[0].key, lines[1].key);
}

}  // namespace
}  // namespace casebridge::texas_icop
