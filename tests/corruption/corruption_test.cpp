// Corrupted messages of every state: the same facts or a typed error, and never an amount nobody sent.
//
// Of each message 2,000 structural corruptions: an octet deleted, inserted, swapped with its neighbour, or
// made one that its place cannot have. What only respells one amount (a digit lost, added or moved, a point,
// a comma or a sign beside digits) is another number in the same form: no reader can notice where the
// document says it once. Those are drawn beside the 2,000, and every digit of every amount is changed to
// every other one; where the document has a figure that guards the amount all of these must be refused.
#include <gtest/gtest.h>

#include "tests/formats/corruption.hpp"

namespace casebridge::formats {
namespace {

constexpr int corruptions = 2'000;
constexpr std::uint32_t seed = 20260316;

struct Sample {
  Message message;
  std::vector<std::size_t> unguarded;
};

std::vector<Sample> samples_with_amounts() {
  std::vector<Sample> found;
  for (Format& format : all_formats())
    for (Message& message : format.messages) {
      auto unguarded = unguarded_digits(message);
      if (!message.guarded_digits.empty() || !unguarded.empty())
        found.push_back({std::move(message), std::move(unguarded)});
    }
  return found;
}

class CorruptedMessage : public ::testing::TestWithParam<Sample> {};

TEST_P(CorruptedMessage, NeverTellsAnAmountThatTheStateDidNotSend) {
  const Structural told = corrupt(GetParam().message, GetParam().unguarded, corruptions, seed);
  EXPECT_EQ(told.structural.all(), corruptions);
  EXPECT_EQ(told.structural.wrong, 0);
  EXPECT_GT(told.structural.refused, corruptions / 4) << "most of these break the form of the message";
  RecordProperty("refused", told.structural.refused);
  RecordProperty("same", told.structural.same);
}

TEST_P(CorruptedMessage, IsRefusedOrReadAsItStandsWhenADigitOfAnAmountChanged) {
  const Digits told = change_every_digit(GetParam().message, GetParam().unguarded);
  EXPECT_GT(told.guarded.all() + told.unguarded.all(), 0);
  EXPECT_EQ(told.unguarded.refused + told.unguarded.wrong, told.unguarded.all());
  // Where the document has a control figure, nothing goes unnoticed.
  EXPECT_EQ(told.guarded.refused, told.guarded.all());
  RecordProperty("unnoticed", told.unguarded.wrong);
}

// A file of Georgia's under the manifest of the run it came with: its sum guards every octet.
TEST(StaleManifest, LetsNoOctetOfAFileChange) {
  int files = 0;
  for (const Message& message : georgia().messages) {
    const bool is_summed = message.name.find("anew") == std::string::npos && !message.name.ends_with(".json");
    if (!is_summed) continue;
    ++files;
    ASSERT_FALSE(message.read(message.octets).refusal);
    for (std::size_t at = 0; at < message.octets.size(); ++at) {
      std::string changed = message.octets;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      EXPECT_TRUE(message.read(std::move(changed)).refusal) << message.name << " " << at;
    }
  }
  EXPECT_EQ(files, 4);
}

std::string name_of_message(const ::testing::TestParamInfo<Sample>& one) {
  return one.param.message.name.substr(0, one.param.message.name.find('.'));
}
INSTANTIATE_TEST_SUITE_P(OfEachState, CorruptedMessage, ::testing::ValuesIn(samples_with_amounts()),
                         name_of_message);

}  // namespace
}  // namespace casebridge::formats
