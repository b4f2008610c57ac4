// Pages of payments, and the lists beside them.
#include <gtest/gtest.h>

#include "plugins/california_connect/datasets.hpp"
#include "tests/unit/california_connect/sample_page.hpp"

namespace casebridge::california_connect {
namespace {

const std::string path = "/cconnect/case/2000012345678/payments";
const std::string header = "<tr><th>Payment Date</th><th>Posted</th><th>Source</th><th>Amount</th></tr>";
const std::string row = "<tr><td>02/13/2026</td><td>--</td><td>Other</td><td>($ 25.00)</td></tr>";

struct Read {
  PaymentsPage page;
  Reading reading;
};
Read read(const std::string& inside, int number = 1) {
  Read made;
  const auto page = opened("cc-pay", inside);
  if (page) made.page = read_payments(*page, number, path, made.reading);
  return made;
}

TEST(CaliforniaPayments, TellWhatStandsInTheirRows) {
  const auto [page, reading] = read("<table id=\"pay\">" + header + row + "</table>");
  ASSERT_TRUE(reading.followed()) << reading.where();
  const auto& payment = page.payments.at(0);
  EXPECT_EQ(payment.amount.cents, -2500);
  EXPECT_EQ(payment.collected->text(), "2026-02-13");
  EXPECT_FALSE(payment.posted);
  EXPECT_EQ(payment.source, model::Coded<model::SourceClass>());
  EXPECT_EQ(payment.key, "2026-02-13/-/other/-2500");
  EXPECT_FALSE(page.next);
}

TEST(CaliforniaPayments, NextPageIsTheOneAfterThisOne) {
  const auto linked = [&](const std::string& link) {
    return read("<table id=\"pay\">" + header + row + "</table>" + link);
  };
  EXPECT_EQ(linked("<a rel=\"next\" href=\"" + path + "?page=2\">Next</a>").page.next, 2);
  for (const std::string& target :
       {path + "?page=1", path + "?page=3", std::string("https://x.example/?page=2"),
        std::string("/cconnect/case/2000000000001/payments?page=2")})
    EXPECT_FALSE(linked("<a rel=\"next\" href=\"" + target + "\">Next</a>").reading.followed()) << target;
  EXPECT_FALSE(linked("<a rel=\"ext\" href=\"" + path + "?page=2\">Next</a>").reading.followed());
}

TEST(CaliforniaPayments, CountedPagesAreCounted) {
  const std::string grid =
      "<table class=\"grid\" data-name=\"payments\">" + header +
      "<tr><td><span class=\"v\">02/13/2026</span></td><td><span class=\"v\">--</span></td><td><span "
      "class=\"v\">Other</span></td><td><span class=\"v\">$ 25.00</span></td></tr></table>";
  EXPECT_EQ(read("<nav data-page=\"1\" data-pages=\"2\"></nav>" + grid).page.next, 2);
  EXPECT_FALSE(read("<nav data-page=\"2\" data-pages=\"2\"></nav>" + grid, 2).page.next);
  for (const char* nav : {"", "<nav data-page=\"2\" data-pages=\"2\"></nav>", "<nav data-page=\"1\"></nav>",
                          "<nav data-page=\"1\" data-pages=\"0\"></nav>"})
    EXPECT_FALSE(read(nav + grid).reading.followed()) << nav;
}

TEST(CaliforniaPayments, EmptyListSaysSo) {
  EXPECT_TRUE(read("<table id=\"pay\">" + header + "</table><p data-empty=\"1\"></p>").reading.followed());
  EXPECT_FALSE(read("<table id=\"pay\">" + header + "</table>").reading.followed());
  EXPECT_FALSE(
      read("<table id=\"pay\">" + header + row + "</table><p data-empty=\"1\"></p>").reading.followed());
  EXPECT_FALSE(read("<p data-empty=\"1\"></p>").reading.followed());
}

TEST(CaliforniaLists, DocumentsAreNamedByTheirLinks) {
  const std::string folder = "/cconnect/case/2000012345678/documents";
  const auto page =
      opened("cc-doc", "<ul class=\"docs\"><li><a href=\"" + folder +
                           "/ST-202602.pdf\">Monthly Statement</a> <time>02/28/2026</time></li></ul>");
  Reading reading;
  const auto documents = read_documents(*page, folder, reading);
  ASSERT_TRUE(reading.followed()) << reading.where();
  EXPECT_EQ(documents.at(0).key, "ST-202602");
  EXPECT_EQ(documents.at(0).title, "Monthly Statement");
  Reading elsewhere;
  (void)read_documents(*page, "/cconnect/case/2000000000001/documents", elsewhere);
  EXPECT_FALSE(elsewhere.followed());
}

TEST(CaliforniaLists, ItemsHaveAsManyPartsAsColumns) {
  Reading reading;
  const auto offices = read_contacts(
      *opened("cc-cont", "<ul class=\"contacts\"><li>OFFICE | 866-555-0100 | --</li></ul>"), reading);
  ASSERT_TRUE(reading.followed()) << reading.where();
  EXPECT_EQ(*offices.at(0).phone, "+18665550100");
  EXPECT_FALSE(offices.at(0).hours);
  Reading short_row;
  (void)read_contacts(*opened("cc-cont", "<ul class=\"contacts\"><li>OFFICE | 1</li></ul>"), short_row);
  EXPECT_FALSE(short_row.followed());
}

}  // namespace
}  // namespace casebridge::california_connect
