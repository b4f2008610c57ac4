// What the HTML reader forgives, what it refuses, and how elements are found.
#include "plugins/sdk/html.hpp"

#include <gtest/gtest.h>

#include <string>

namespace casebridge::sdk {
namespace {

std::string page(const std::string& inside) {
  return "<!DOCTYPE html><html lang=\"en\"><head><title>T</title></head><body id=\"b\">" + inside +
         "</body></html>";
}

TEST(Html, ReadsTextAcrossEntitiesBlanksAndInlineElements) {
  const auto document = HtmlDocument::parse(page("<p>&#36;&nbsp;1,<b>234</b>.56\n  &lt;b&gt; </p>"));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->body().attribute("id"), "b");
  EXPECT_EQ(document->root().attribute("lang"), "en");
  EXPECT_EQ(document->body().all("p").at(0).text(), "$ 1,234.56 <b>");
}

TEST(Html, TakesCommentsAndScriptsForNoContent) {
  const auto document = HtmlDocument::parse(
      page("<!-- <table id=\"x\"><tr><td>9</td></tr></table> --><script>'<p>9</p>'</script><p>1</p>"));
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->body().all("table").empty());
  EXPECT_EQ(document->body().text(), "1");
}

TEST(Html, ForgivesOpenCellsRowsAndItemsAndMissingQuotes) {
  const auto document = HtmlDocument::parse(
      page("<table id=t><tr><th>A<th>B<tr><td>1<td>2</table><ul class='k l'><li>x<li>y</ul>"));
  ASSERT_TRUE(document);
  const auto table = document->body().all("table").at(0);
  EXPECT_EQ(table.attribute("id"), "t");
  ASSERT_EQ(table.children().size(), 2U);
  EXPECT_EQ(table.children()[1].children()[1].text(), "2");
  const auto list = document->body().all("ul").at(0);
  EXPECT_TRUE(list.has_class("l"));
  EXPECT_FALSE(list.has_class("k l"));
  EXPECT_EQ(list.children().size(), 2U);
}

TEST(Html, RefusesCharactersThatTheParserWouldLeaveOut) {
  for (const char* inside : {"5\x01"
                             "0",
                             "5\x1F"
                             "0",
                             "5\f0",
                             "5\xEF\xBF\xBE"
                             "0",
                             "5\xEF\xBF\xBF"
                             "0",
                             "5&#1;0", "5&#x0;0", "5&#xD800;0", "5&#xFFFF;0", "5&#99999999999;0"})
    EXPECT_FALSE(HtmlDocument::parse(page(inside))) << inside;
  EXPECT_TRUE(HtmlDocument::parse(page("5&#48;&#x30;&#\t\r\n")));
}

TEST(Html, RefusesCommentsOfWhichBrowsersDisputeTheEnd) {
  for (const char* inside : {"<!--><p>1</p>-->", "<!---><p>1</p>-->", "<!-- --!><p>1</p>-->"})
    EXPECT_FALSE(HtmlDocument::parse(page(inside))) << inside;
  EXPECT_TRUE(HtmlDocument::parse(page("<!-- > -> --- -->")));
}

TEST(Html, RefusesAPageWhereverItWasCut) {
  const std::string whole =
      page("<table id=\"t\"><tr><td>1</td></tr></table><!-- x --><form><input value=\"></body>\"></form>");
  ASSERT_TRUE(HtmlDocument::parse(whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(HtmlDocument::parse(whole.substr(0, size))) << size;
}

TEST(Html, RefusesBrokenNestingAndSecondBodies) {
  for (const char* inside :
       {"<table><tr><td>1</td></tr>", "</table>", "<ul><li>x</ol>", "<form>", "<!-- open", "<body>", "<html>",
        "<table><tr><td <td>1</td></tr></table>", "<script>1", "<?php 1 ?>"})
    EXPECT_FALSE(HtmlDocument::parse(page(inside))) << inside;
  EXPECT_FALSE(HtmlDocument::parse(page("") + "x"));
  EXPECT_FALSE(HtmlDocument::parse("<p>1</p>"));
}

TEST(Html, RefusesOtherEncodingsAndZeros) {
  EXPECT_FALSE(HtmlDocument::parse(page("<p>N\xFAmero</p>")));
  EXPECT_FALSE(HtmlDocument::parse(page(std::string("<p>\0</p>", 8))));
}

TEST(Html, HoldsItsBounds) {
  EXPECT_FALSE(HtmlDocument::parse(page(std::string(600'000, 'x'))));
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<div>";
  EXPECT_FALSE(HtmlDocument::parse(page(deep)));
}

TEST(Html, CountsAttributesAndTagsBeforeTheParserDoes) {
  const auto with_attributes = [](int count, const char* divided_by) {
    std::string text = "<p";
    for (int i = 0; i < count; ++i) text += divided_by + ("a" + std::to_string(i));
    return page(text + ">x</p>");
  };
  EXPECT_TRUE(HtmlDocument::parse(with_attributes(100, " ")));
  EXPECT_FALSE(HtmlDocument::parse(with_attributes(40'000, " ")));
  EXPECT_FALSE(HtmlDocument::parse(with_attributes(40'000, "/")));
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "<b>";
  EXPECT_FALSE(HtmlDocument::parse(page(many)));
}

TEST(Html, TellsTextThatStandsBetweenElements) {
  const auto document = HtmlDocument::parse(page("<ul> <li>a</li> stray </ul><dl> <dt>a</dt> </dl>"));
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->body().all("ul").at(0).has_loose_text());
  EXPECT_FALSE(document->body().all("dl").at(0).has_loose_text());
}

}  // namespace
}  // namespace casebridge::sdk
