// The summary is read whole or not at all.
#include <gtest/gtest.h>

#include <map>

#include "plugins/california_connect/datasets.hpp"
#include "tests/unit/california_connect/sample_page.hpp"

namespace casebridge::california_connect {
namespace {

const std::vector<std::pair<std::string, std::string>> usual_facts{
    {"Case Number", "2000012345678"},
    {"Case Type", "Current Assistance"},
    {"Case Status", "Open"},
    {"Your Role", "Person&nbsp;Receiving Support"},
    {"Other Parent", "Tobias Renner"},
    {"Children", "June Renner; Ada Lee Renner"},
    {"Court Case Number", "FL-556677"},
    {"Current Support", "$&nbsp;540.00 Monthly"},
    {"Arrears Payment", "$ 60.00 Every Two Weeks"},
    {"Other State", "KS 0034567890"}};

std::string facts_table(const std::vector<std::pair<std::string, std::string>>& facts) {
  std::string text = "<table class=\"kv\">";
  for (const auto& [label, value] : facts) text += "<tr><th>" + label + ":</th><td>" + value + "</td></tr>";
  return text + "</table>";
}

const std::string usual_balances =
    "<table id=\"bal\"><tr><th>Balance Type</th><th>Amount</th><th>As Of</th></tr>"
    "<tr><td>Past Due to Family</td><td>$ 1,234.56</td><td>03/14/2026</td></tr>"
    "<tr><td>Total Past Due</td><td>$ 1,234.56</td><td>03/13/2026</td></tr></table>";

struct Read {
  Summary summary;
  Reading reading;
};
Read read(const std::string& inside, const std::string& language = "en") {
  Read made;
  const auto page = opened("cc-sum", inside, language);
  if (page)
    made.summary = read_summary(*page, "2000012345678", "CA", made.reading);
  else
    made.reading.breach("page");
  return made;
}

TEST(CaliforniaSummary, TellsCaseOrderAndBalances) {
  const auto [summary, reading] = read(facts_table(usual_facts) + usual_balances);
  ASSERT_TRUE(reading.followed()) << reading.where();
  EXPECT_EQ(summary.record.assistance.value, model::Assistance::tanf_current);
  ASSERT_EQ(summary.record.participants.size(), 3U);
  EXPECT_EQ(summary.record.participants[2].name.first, "Ada Lee");
  EXPECT_EQ(summary.record.participants[2].name.last, "Renner");
  EXPECT_EQ(*summary.record.intergov.at(0).other_case, "0034567890");
  const auto& owed = summary.orders.at(0).obligations.at(0);
  EXPECT_EQ(owed.amount.cents, 54000);
  EXPECT_EQ(owed.arrears_frequency->value, model::Frequency::biweekly);
  ASSERT_EQ(summary.balances.size(), 2U);
  EXPECT_TRUE(summary.balances[1].is_aggregate);
  EXPECT_EQ(summary.as_of->text(), "2026-03-13");
}

TEST(CaliforniaSummary, LackingAnyLabelIsRefused) {
  for (std::size_t missing = 0; missing < usual_facts.size(); ++missing) {
    auto facts = usual_facts;
    facts.erase(facts.begin() + static_cast<std::ptrdiff_t>(missing));
    EXPECT_FALSE(read(facts_table(facts) + usual_balances).reading.followed()) << missing;
  }
  EXPECT_FALSE(read(facts_table(usual_facts)).reading.followed());
  EXPECT_FALSE(read(usual_balances).reading.followed());
}

TEST(CaliforniaSummary, LabelThatStandsTwiceMustSayTheSame) {
  auto facts = usual_facts;
  facts.emplace_back("Arrears Payment", "$ 60.00 Every Two Weeks");
  EXPECT_TRUE(read(facts_table(facts) + usual_balances).reading.followed());
  facts.back().second = "$ 1.00 Monthly";
  EXPECT_FALSE(read(facts_table(facts) + usual_balances).reading.followed());
}

TEST(CaliforniaSummary, WhatIsNotShownIsNotTold) {
  auto facts = usual_facts;
  for (auto& [label, value] : facts)
    if (label != "Case Number" && label != "Your Role" && label != "Case Status") value = "--";
  const auto [summary, reading] = read(facts_table(facts) + usual_balances);
  ASSERT_TRUE(reading.followed()) << reading.where();
  EXPECT_TRUE(summary.record.participants.empty());
  EXPECT_TRUE(summary.record.intergov.empty());
  EXPECT_TRUE(summary.orders.empty());
}

TEST(CaliforniaSummary, BrokenTablesAreRefused) {
  const std::string header = "<tr><th>Balance Type</th><th>Amount</th><th>As Of</th></tr>";
  const std::string row = "<tr><td>Interest</td><td>$ 5.00</td><td>03/14/2026</td></tr>";
  for (const std::string& inside :
       {row, header + "<tr><td>Interest</td><td>$ 5.00</td></tr>",
        header + "<tr><td>Interest</td></tr>" + row,
        header + "<tr><td>Interest</td><td></td><td>03/14/2026</td></tr>",
        header + "<tr><td>Interest</td><td>5.00</td><td>03/14/2026</td></tr>",
        header + "<tr><td>Interest</td><td>$ 5.00</td><td>14/03/2026</td></tr>", header + "stray" + row,
        header + "<p>x</p>" + row, "<tr><th>Amount</th><th>Amount</th><th>As Of</th></tr>" + row})
    EXPECT_FALSE(
        read(facts_table(usual_facts) + "<table id=\"bal\">" + inside + "</table>").reading.followed())
        << inside;
  EXPECT_FALSE(read(facts_table(usual_facts) + usual_balances + usual_balances).reading.followed());
}

TEST(CaliforniaSummary, ColumnsAreFoundByTheirWordsInTheOtherMarkup) {
  std::string list = "<dl class=\"facts\">";
  for (const auto& [label, value] : usual_facts) list += "<dt>" + label + "</dt><dd>" + value + "</dd>";
  const auto [summary, reading] =
      read(list +
           "</dl><table class=\"grid\" data-name=\"balances\"><tr><th>As Of</th><th>Amount</th>"
           "<th>Balance Type</th></tr><tr><td><span class=\"v\">03/14/2026</span></td>"
           "<td><span class=\"v\">$&nbsp;5.00</span></td><td><span class=\"v\">Mystery</span></td></tr>"
           "</table>");
  ASSERT_TRUE(reading.followed()) << reading.where();
  EXPECT_EQ(summary.balances.at(0).amount.cents, 500);
  EXPECT_EQ(summary.balances.at(0).bucket.raw, "Mystery");
  EXPECT_EQ(reading.unknown_codes(), 1);
}

}  // namespace
}  // namespace casebridge::california_connect
