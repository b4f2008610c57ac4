// Messages: complete in every language, and filled without surprises.
#include "core/base/messages.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <fstream>

namespace casebridge {
namespace {

using ::testing::HasSubstr;

class MessagesTest : public ::testing::Test {
 protected:
  void SetUp() override { directory_ = casebridge::testing::new_temporary_folder("messages"); }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  void write(const std::string& name, const std::string& text) { std::ofstream(directory_ / name) << text; }
  std::string complaint() { return Messages::load(directory_, {"en", "es"}).error().detail; }
  std::filesystem::path directory_;
};

TEST_F(MessagesTest, TheShippedOnesAreCompleteInBothLanguages) {
  const auto messages = Messages::load(casebridge::tests::in_source("config/messages"), {"en", "es"});
  ASSERT_TRUE(messages);
  EXPECT_NE(messages->text("en", "mail.code.subject"), messages->text("es", "mail.code.subject"));
}

TEST_F(MessagesTest, EveryTroubleHasWordsForPeople) {
  const auto messages = Messages::load(casebridge::tests::in_source("config/messages"), {"en", "es"});
  ASSERT_TRUE(messages);
  for (const TroubleRow& row : trouble_table()) {
    EXPECT_TRUE(messages->require({std::string(row.message_id)})) << row.name;
    EXPECT_NE(messages->text("en", row.message_id), messages->text("es", row.message_id)) << row.name;
  }
}

TEST_F(MessagesTest, WhatIsMissingInOneLanguageIsNamed) {
  write("en.json", R"({"a": "A", "b": "B"})");
  write("es.json", R"({"a": "A"})");
  EXPECT_EQ(complaint(), "es.json: b is missing");
  write("es.json", R"({"a": "A", "b": "B", "c": "C"})");
  EXPECT_EQ(complaint(), "es.json: c is not in en.json");
}

TEST_F(MessagesTest, BrokenFilesAreRefused) {
  EXPECT_THAT(complaint(), HasSubstr("en.json: cannot be read"));
  write("en.json", "{");
  EXPECT_THAT(complaint(), HasSubstr("is not a JSON object"));
  write("en.json", R"({"a": 1})");
  EXPECT_THAT(complaint(), HasSubstr("a is not a text"));
}

TEST_F(MessagesTest, KeysThatAreNeededAreRequired) {
  write("en.json", R"({"a": "A"})");
  write("es.json", R"({"a": "Á"})");
  const auto messages = Messages::load(directory_, {"en", "es"});
  ASSERT_TRUE(messages);
  EXPECT_TRUE(messages->require({"a"}));
  EXPECT_EQ(messages->require({"a", "z"}).error().detail, "en.json: z is missing");
  EXPECT_EQ(messages->text("fr", "a"), "A");
  EXPECT_EQ(messages->text("es", "a"), "Á");
  EXPECT_EQ(messages->text("es", "z"), "z");
}

TEST_F(MessagesTest, ValuesAreFilledInOnce) {
  write("en.json", R"({"a": "{x} and {y}, {x}; {z} {open"})");
  const auto messages = Messages::load(directory_, {"en"});
  ASSERT_TRUE(messages);
  EXPECT_EQ(messages->filled("en", "a", {{"x", "{y}"}, {"y", "2"}}), "{y} and 2, {y}; {z} {open");
}

}  // namespace
}  // namespace casebridge
