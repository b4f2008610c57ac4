// Settings: typed YAML reading whose complaints name file, line and key.
#include "core/base/settings_file.hpp"

#include <gtest/gtest.h>

namespace casebridge {
namespace {

Settings parsed(std::string_view yaml) { return Settings::parse(yaml, "a.yaml").value(); }

TEST(SettingsFile, ReadsTypedValues) {
  const auto settings = parsed("name: x\ncount: 7\non: true\nlist: [a, b]\nsub:\n  k: v\n");
  EXPECT_EQ(settings.text("name").value(), "x");
  EXPECT_EQ(settings.integer("count", 0, 10).value(), 7);
  EXPECT_TRUE(settings.boolean_or("on", false).value());
  EXPECT_EQ(settings.texts("list").value().size(), 2u);
  EXPECT_EQ(settings.section("sub").value().text("k").value(), "v");
}

TEST(SettingsFile, ComplaintNamesFileLineAndDottedKeyButNotTheValue) {
  const auto settings = parsed("a: 1\nsub:\n  port: hunter2\n");
  const auto refused = settings.section("sub").value().integer("port", 1, 65535);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "a.yaml:3: sub.port: expected a whole number from 1 to 65535");
}

TEST(SettingsFile, RefusesUnknownKeys) {
  const auto refused = parsed("a: 1\nb: 2\n").only({"a"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "a.yaml:2: b: unknown setting");
}

TEST(SettingsFile, MissingKeyIsNamed) {
  const auto refused = parsed("a: 1\n").text("b");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "b");
}

TEST(SettingsFile, BrokenYamlNamesTheLineOnly) {
  const auto refused = Settings::parse("a: 1\nb: [secret\n", "a.yaml");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail.find("secret"), std::string::npos);
  EXPECT_EQ(refused.error().detail.rfind("a.yaml:", 0), 0u);
}

TEST(SettingsFile, TopLevelListIsRefused) { EXPECT_FALSE(Settings::parse("- a\n", "a.yaml")); }

TEST(SettingsFile, FileThatIsMissingIsATrouble) { EXPECT_FALSE(Settings::load("/nonexistent/a.yaml")); }

TEST(SettingsFile, JsonKeepsIntegersBooleansAndQuotedText) {
  EXPECT_EQ(parsed("a: 1\nb: true\nc: \"1\"\nd: [x, {e: ~}]\nf: 007\n").json(),
            R"({"a":1,"b":true,"c":"1","d":["x",{"e":null}],"f":"007"})");
}

TEST(SettingsFile, ListOfSectionsKnowsItsIndexInComplaints) {
  const auto listen = parsed("listen:\n  - port: 1\n  - port: x\n").list("listen").value();
  ASSERT_EQ(listen.size(), 2u);
  EXPECT_EQ(listen[1].integer("port", 1, 2).error().field, "listen[1].port");
}

}  // namespace
}  // namespace casebridge
