// Lines against the layout: length, counters, and the form of every field.
#include <gtest/gtest.h>

#include "tests/unit/ohio_csenet/lines.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::size_t case_at = 121, ncp_at = case_at + 351, locate_at = ncp_at + 181;
constexpr std::size_t participants_at = locate_at + 1421, orders_at = participants_at + 2 * 341;

class Changed : public ::testing::Test {
 protected:
  std::string line_ = example_lines("ans_fsinf").front();
  std::string breach() const { return breach_of(line_ + "\n"); }
};

TEST_F(Changed, ExampleIsGoodAsItStands) {
  EXPECT_EQ(breach(), "");
  const auto lines = parsed(example("ans_fsinf"));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].is("CSI", "P", "FSINF"));
  EXPECT_EQ(lines[0].serial(), "900000000001");
  EXPECT_EQ(lines[0].all(BlockKind::participant).size(), 2U);
  EXPECT_EQ(lines[0].all(BlockKind::collection).size(), 9U);
  EXPECT_EQ(lines[1].all(BlockKind::collection).size(), 4U);
  EXPECT_TRUE(lines[0].information(5).starts_with("CONT 01/02"));
}

TEST_F(Changed, LengthMustBeTheOneThatTheCountersGive) {
  EXPECT_EQ(breach_of(line_ + " \n"), "line 1: line length");
  EXPECT_EQ(breach_of(line_.substr(1) + "\n").substr(0, 7), "line 1:");
  EXPECT_EQ(breach_of(line_.substr(0, line_.size() - 1) + "\n"), "line 1: line length");
  EXPECT_EQ(breach_of(example("bad_short")), "line 1: line length");
  line_[94] = '8';
  EXPECT_EQ(breach(), "line 1: line length");
}

TEST_F(Changed, CountersAreDigitsAndSomeAreOneAtMost) {
  for (const auto& [field, value] :
       {std::pair(header_field("Case-Data-Ind."), "2"), std::pair(header_field("Order-Data-Ind."), "A"),
        std::pair(header_field("Information-Ind."), " ")}) {
    line_ = example_lines("ans_fsinf").front();
    put(line_, 0, field, value);
    EXPECT_EQ(breach(), "line 1: header/" + std::string(field.name));
  }
}

// An amount whose last place is both digit and sign, and the letter behind it, may have changed places.
TEST_F(Changed, CodesBehindAmountsAreNoDigits) {
  const std::size_t collections_at = orders_at + 254 * static_cast<std::size_t>(line_[93] - '0');
  put(line_, collections_at, collection_field("Payment-Source"), "Z");
  EXPECT_EQ(breach(), "");
  put(line_, collections_at, collection_field("Payment-Source"), "0");
  EXPECT_EQ(breach(), "line 1: collection/Payment-Source");
}

TEST_F(Changed, EveryFieldHasItsForm) {
  const std::tuple<std::size_t, Field, const char*> wrong[] = {
      {0, header_field("CSENet-Version-Number"), "004"},
      {0, header_field("Transaction-Date"), "20261316"},
      {0, header_field("Transaction-Date"), "        "},
      {0, header_field("Time-Received"), "12 000"},
      {case_at, case_field("Contact-Zip-1"), "4321A"},
      {case_at, case_field("Contact-City"), "Columbus"},
      {ncp_at, ncp_field("Maiden-Name"), "A_B"},
      {locate_at, locate_field("Wage2-Amount"), "12.00       "},
      {participants_at, participant_field("Name-Last"), "WHITFIELD;"},
      {orders_at, order_field("Order-Freq.-Amount"), "00000000500}"},
      {orders_at, order_field("Medical-Ordered"), "0"},
      {orders_at, order_field("Order-End-Date"), "20310532"}};
  for (const auto& [at, field, value] : wrong) {
    line_ = example_lines("ans_fsinf").front();
    put(line_, at, field, value);
    EXPECT_NE(breach(), "") << field.name;
    EXPECT_EQ(breach().find(value), std::string::npos);
  }
  line_ = example_lines("ans_fsinf").front();
  put(line_, case_at, case_field("Internet-Address"), "a_b+c@example.org");
  EXPECT_EQ(breach(), "");
}

TEST_F(Changed, OneCarriageReturnAndAMissingLastEndPass) {
  EXPECT_EQ(breach_of(line_), "");
  EXPECT_EQ(breach_of(line_ + "\r\n"), "");
  EXPECT_NE(breach_of(line_ + "\r\r\n"), "");
  EXPECT_NE(breach_of(line_ + "\n\n"), "");
  EXPECT_EQ(breach_of(""), "");
}

TEST_F(Changed, NumbersOfPersonsAreGoneAndOnlyTheirPresenceStays) {
  const auto lines = parsed(example("ans_fsinf"));
  const Block& ncp = *lines[0].first(BlockKind::ncp_id);
  EXPECT_TRUE(ncp.had_ssn());
  EXPECT_EQ(ncp.text(ncp_field("SSN")), "");
  EXPECT_FALSE(lines[0].first(BlockKind::participant)->had_ssn());
  EXPECT_EQ(ncp.octets().find("900114471"), std::string_view::npos);
  std::string body = example("ans_fsinf");
  (void)read_transactions(body, {});
  EXPECT_TRUE(body.empty());
}

TEST(AnswerText, BodyHasABound) {
  std::string body;
  while (body.size() < 128 * 1024) body += example("ans_gspud");
  EXPECT_EQ(breach_of(body), "body length");
}

TEST(AnswerText, ReplyIsOneLine) {
  for (const std::string body : {"NO 2\n", "NO 2\r\n", "NO 2"}) {
    std::string copy = body;
    EXPECT_EQ(*read_reply(copy, CodePage::ascii), "NO 2");
  }
  for (const std::string body : {"", "NO 2\nNO 1\n", "NO\x01 2\n"}) {
    std::string copy = body;
    EXPECT_FALSE(read_reply(copy, CodePage::ascii));
  }
}

}  // namespace
}  // namespace casebridge::ohio_csenet
