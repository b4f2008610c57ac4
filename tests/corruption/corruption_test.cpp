// Corrupted messages of every state: the same facts or a typed error, and never an amount nobody sent.
//
// Of each message 2,000 structural corruptions: an octet deleted, inserted, swapped with its neighbour, or
// made one that its place cannot have. What only respells one amount (a digit lost, added or moved, a point,
// a comma or a sign beside digits) is another number in the same form: no reader can notice where the
// document says it once. Those are drawn beside the 2,000, and every digit of every amount is changed to
// every other one; where the document has control figures all of these must be refused.
#include <gtest/gtest.h>

#include "tests/formats/corruption.hpp"

namespace casebridge::formats {
namespace {

constexpr int corruptions = 2'000;
constexpr std::uint32_t seed = 20260316;

std::vector<Message> messages_with_amounts() {
  std::vector<Message> found;
  for (Format& format : all_formats())
    for (Message& message : format.messages)
      if (!digits_of_amounts(message).empty()) found.push_back(std::move(message));
  return found;
}

class CorruptedMessage : public ::testing::TestWithParam<Message> {};

TEST_P(CorruptedMessage, NeverTellsAnAmountThatTheStateDidNotSend) {
  const Structural told = corrupt(GetParam(), corruptions, seed);
  EXPECT_EQ(told.structural.all(), corruptions);
  EXPECT_EQ(told.structural.wrong, 0);
  EXPECT_GT(told.structural.refused, corruptions / 4) << "most of these break the form of the message";
  RecordProperty("refused", told.structural.refused);
  RecordProperty("same", told.structural.same);
}

TEST_P(CorruptedMessage, IsRefusedOrReadAsItStandsWhenADigitOfAnAmountChanged) {
  const Tally told = change_every_digit(GetParam());
  EXPECT_GT(told.all(), 0);
  // Where the document has control figures, nothing goes unnoticed.
  const bool controlled = !GetParam().digits_of_amounts.empty();
  EXPECT_EQ(controlled ? told.refused : told.refused + told.wrong, told.all());
  RecordProperty("unnoticed", told.wrong);
}

std::string name_of_message(const ::testing::TestParamInfo<Message>& one) {
  return one.param.name.substr(0, one.param.name.find('.'));
}
INSTANTIATE_TEST_SUITE_P(OfEachState, CorruptedMessage, ::testing::ValuesIn(messages_with_amounts()),
                         name_of_message);

}  // namespace
}  // namespace casebridge::formats
