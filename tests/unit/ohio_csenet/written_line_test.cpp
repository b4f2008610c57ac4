// What people write, in the layout's letters and fields.
#include <gtest/gtest.h>

#include "plugins/ohio_csenet/letters.hpp"
#include "plugins/ohio_csenet/written_transaction.hpp"

namespace casebridge::ohio_csenet {
namespace {

TEST(PlainLetters, LeaveOutAccentsAndBlankWhatTheLayoutHasNoPlaceFor) {
  EXPECT_EQ(plain_letters("Ñandú Øre straße"), "NANDU ORE STRASE");
  EXPECT_EQ(plain_letters("a@b.c (1/2) #3 & 4: it's"), "A@B.C (1/2) #3 & 4: IT'S");
  EXPECT_EQ(plain_letters("50% \"now\"\n—!"), "50   NOW    ");
  EXPECT_EQ(plain_letters("Łódź Čapek"), "LODZ CAPEK");
}

TEST(Wrapped, BreaksBetweenWords) {
  EXPECT_EQ(wrapped("ONE TWO  THREE", 8, 2), (std::vector<std::string>{"ONE TWO", "THREE"}));
  EXPECT_EQ(wrapped("", 8, 2), std::vector<std::string>{});
  EXPECT_EQ(wrapped("   ", 8, 2), std::vector<std::string>{});
}

TEST(Wrapped, BreaksWordsWhereItMustAndRefusesWhatIsTooLong) {
  EXPECT_EQ(wrapped("ABCDE FGHI", 5, 2), (std::vector<std::string>{"ABCDE", "FGHI"}));
  EXPECT_EQ(wrapped("ABC DEF GHI", 6, 2), (std::vector<std::string>{"ABC DE", "F GHI"}));
  EXPECT_EQ(wrapped("ABCDEFGHIJKL", 6, 2), (std::vector<std::string>{"ABCDEF", "GHIJKL"}));
  EXPECT_FALSE(wrapped("ABCDEFGHIJKLM", 6, 2));
}

TEST(WrittenTransaction, AnnouncesItsBlocksAndReadsBackAsWritten) {
  WrittenBlock person(BlockKind::participant);
  person.put(participant_field("Relationship"), "C").put(participant_field("Participant-City"), "COLUMBUS");
  WrittenBlock text(BlockKind::information);
  text.put(information_field("Information-Text-Line-1"), "REASON INCOME");
  const HeaderFacts header{.serial = "000000001006",
                           .case_number = "7001234567",
                           .gateway_locator = "9900000",
                           .date = *model::Date::of(2026, 3, 16)};
  const std::string line = written_text(header, {"EST", "R", "SRADJ", {person, person, text}});
  EXPECT_EQ(line.size(), 121U + 2 * 341 + 416);
  EXPECT_TRUE(line.starts_with("99000003900000003000000001006    REST20260316"));
  const auto read = Transaction::parse(line, AmountSign::leading_minus);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->is("EST", "R", "SRADJ"));
  EXPECT_EQ(read->serial(), "000000001006");
  ASSERT_EQ(read->all(BlockKind::participant).size(), 2U);
  EXPECT_EQ(read->all(BlockKind::participant)[1].text(participant_field("Participant-City")), "COLUMBUS");
  EXPECT_TRUE(read->information(1).starts_with("REASON INCOME"));
}

TEST(WrittenBlock, PutsAValueInPlaceOfTheOneThatWasThere) {
  WrittenBlock person(BlockKind::participant);
  const Field city = participant_field("Participant-City");
  person.put(city, "COLUMBUS").put(city, "OHIO");
  EXPECT_EQ(person.octets().substr(city.offset(), city.size()), "OHIO              ");
}

}  // namespace
}  // namespace casebridge::ohio_csenet
