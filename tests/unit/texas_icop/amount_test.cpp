// The grammar of amounts: which spellings are which cents, and which spoil the answer.
#include <gtest/gtest.h>

#include "tests/unit/texas_icop/answer_text.hpp"

namespace casebridge::texas_icop {
namespace {

std::optional<model::Money> amount_of(const std::string& token) {
  AnswerText answer(R"({"amount": )" + token + "}");
  const model::Money money = answer.root().amount("amount");
  if (!answer.reading.followed()) return std::nullopt;
  return money;
}

TEST(Amounts, AreExactCentsInEverySpelling) {
  const std::pair<const char*, std::int64_t> cases[] = {{R"("3,800.00")", 380000},
                                                        {"3800", 380000},
                                                        {"3800.0", 380000},
                                                        {R"("3800")", 380000},
                                                        {R"("3800.5")", 380050},
                                                        {"0.07", 7},
                                                        {R"("0.07")", 7},
                                                        {"-50", -5000},
                                                        {R"("-1,234.56")", -123456},
                                                        {R"("1,234,567.89")", 123456789},
                                                        {"0", 0},
                                                        {R"("12")", 1200},
                                                        {"90071992547409.93", 9007199254740993}};
  for (const auto& [token, cents] : cases) {
    const auto money = amount_of(token);
    ASSERT_TRUE(money) << token;
    EXPECT_EQ(money->cents, cents) << token;
  }
}

TEST(Amounts, OfAnyOtherFormAreABreach) {
  constexpr const char* tokens[] = {R"("3,80.00")",
                                    R"("12.345")",
                                    "12.345",
                                    "1e3",
                                    R"("1e3")",
                                    R"("$12.00")",
                                    R"("")",
                                    R"(" 12")",
                                    R"("12 ")",
                                    R"("+12")",
                                    R"("12.")",
                                    R"(".50")",
                                    R"("1234,567")",
                                    R"(",123")",
                                    R"("1,2345")",
                                    R"("--1")",
                                    R"-("(50.00)")-",
                                    R"("99,999,999,999,999,999,999.00")",
                                    "true",
                                    "[]",
                                    "{}",
                                    "null"};
  for (const char* token : tokens) EXPECT_FALSE(amount_of(token)) << token;
}

TEST(Amounts, NamesTheMemberAndNotTheContent) {
  AnswerText answer(R"({"rows": [{"amount": 1}, {"amount": "12.345"}]})");
  for (const WireObject& row : answer.root().list("rows")) (void)row.amount("amount");
  EXPECT_EQ(answer.reading.where(), "/rows/1/amount");
}

}  // namespace
}  // namespace casebridge::texas_icop
