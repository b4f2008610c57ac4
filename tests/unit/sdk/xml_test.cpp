// What the strict XML reader takes, what it refuses, and how elements are found.
#include "plugins/sdk/xml.hpp"

#include <gtest/gtest.h>

#include <string>

namespace casebridge::sdk {
namespace {

constexpr std::string_view space = "urn:example:1";

std::string nested(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += "<a>";
  text += "x";
  for (int i = 0; i < depth; ++i) text += "</a>";
  return text;
}

TEST(XmlEndTags, HoldNothingButAName) {
  for (const std::string_view text :
       {"<a><b></b x='1'></a>", "<a></a \">\">", "<a><b></b/></a>", "<a></a='1'>"})
    EXPECT_FALSE(XmlDocument::parse(text)) << text;
  EXPECT_TRUE(XmlDocument::parse("<a><b></b \n></a >"));
}

TEST(Xml, FindsElementsByNamespaceWhateverThePrefix) {
  for (const std::string text :
       {R"(<r xmlns="urn:example:1"><b>7</b></r>)", R"(<q:r xmlns:q="urn:example:1"><q:b>7</q:b></q:r>)"}) {
    const auto document = XmlDocument::parse(text);
    ASSERT_TRUE(document) << text;
    EXPECT_TRUE(document->root().is(space, "r"));
    EXPECT_EQ(document->root().child(space, "b").text(), "7");
    EXPECT_FALSE(document->root().child("urn:example:2", "b"));
  }
}

TEST(Xml, ReadsTextAcrossCdataAndPredefinedEntitiesAndLeavesBlanks) {
  const auto document = XmlDocument::parse("<a> x &amp; <![CDATA[<y>]]>&#65;<b>not mine</b></a>");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), " x & <y>A");
}

TEST(Xml, ListsRepeatedElementsInOrder) {
  const auto document = XmlDocument::parse("<a><i n='1'/><j/><i n='2'/></a>");
  ASSERT_TRUE(document);
  const auto items = document->root().children("", "i");
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].attribute("n"), "1");
  EXPECT_EQ(items[1].attribute("n"), "2");
  EXPECT_EQ(items[1].attribute("m"), std::nullopt);
}

TEST(Xml, KnowsNilOnlyInItsOwnNamespace) {
  const auto document = XmlDocument::parse(
      R"(<a xmlns:x="http://www.w3.org/2001/XMLSchema-instance"><b x:nil="1"/><c nil="true"/></a>)");
  ASSERT_TRUE(document);
  EXPECT_TRUE(document->root().child("", "b").is_nil());
  EXPECT_FALSE(document->root().child("", "c").is_nil());
}

TEST(Xml, ToleratesAByteOrderMark) { EXPECT_TRUE(XmlDocument::parse("\xEF\xBB\xBF<a/>")); }

TEST(Xml, RefusesDeclarationsInstructionsAndForeignEncodings) {
  for (const std::string_view text :
       {std::string_view(R"(<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>)"),
        std::string_view(R"(<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>)"),
        std::string_view(R"(<?style here?><a/>)"), std::string_view(R"(<a><?go now?></a>)"),
        std::string_view(R"(<?xml version="1.0" encoding="ISO-8859-1"?><a/>)"),
        std::string_view("<a>&unknown;</a>"), std::string_view("<a>\xE9</a>"),
        std::string_view("<a>\0</a>", 8)})
    EXPECT_FALSE(XmlDocument::parse(text)) << text;
}

TEST(Xml, RefusesWhatIsNotWellFormed) {
  for (const std::string_view text : {"", "a", "<a>", "<a></b>", "<a/><b/>", "<a b='1' b='2'/>", "<x:a/>"})
    EXPECT_FALSE(XmlDocument::parse(text)) << text;
}

TEST(Xml, HoldsItsBounds) {
  EXPECT_TRUE(XmlDocument::parse(nested(32)));
  EXPECT_FALSE(XmlDocument::parse(nested(33)));
  EXPECT_FALSE(XmlDocument::parse(nested(20'000)));
  EXPECT_FALSE(XmlDocument::parse("<a>12345</a>", {.bytes_max = 11}));
  EXPECT_TRUE(XmlDocument::parse("<a>12345</a>", {.bytes_max = 12}));
}

// libxml2 compares each attribute with all others, and a tree takes far more room than its octets.
TEST(Xml, CountsAttributesAndElementsBeforeTheParserDoes) {
  const auto with_attributes = [](int count) {
    std::string text = "<a";
    for (int i = 0; i < count; ++i) text += " a" + std::to_string(i) + "='='";
    return text + "/>";
  };
  EXPECT_TRUE(XmlDocument::parse(with_attributes(64)));
  EXPECT_FALSE(XmlDocument::parse(with_attributes(65)));
  EXPECT_FALSE(XmlDocument::parse(with_attributes(100'000)));
  EXPECT_TRUE(XmlDocument::parse("<a><!-- <b><b> --><![CDATA[<c><c>]]><b/></a>", {.elements_max = 2}));
  EXPECT_FALSE(XmlDocument::parse("<a><b/><b/></a>", {.elements_max = 2}));
}

TEST(Xml, RefusesAnEncodingInWhichTheSameOctetsSayMore) {
  EXPECT_FALSE(XmlDocument::parse("<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a+AD4-<a/>"));
  EXPECT_TRUE(XmlDocument::parse("<?xml version='1.0' encoding='utf-8'?><a/>"));
}

TEST(Xml, WritesTextThatReadsBackTheSame) {
  const std::string text = "a<b>&\"'\r\n\t\xC3\xA9";
  std::string wire = "<a>";
  append_xml_text(wire, text);
  const auto document = XmlDocument::parse(wire + "</a>");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), text);
}

TEST(Xml, TellsWhatXmlCannotCarry) {
  EXPECT_TRUE(fits_xml("Priya\t\xC3\xA9"));
  EXPECT_FALSE(fits_xml(std::string_view("\x01", 1)));
  EXPECT_FALSE(fits_xml("\xEF\xBF\xBF"));
  EXPECT_FALSE(fits_xml("\xC3"));
}

}  // namespace
}  // namespace casebridge::sdk
