// Amounts and dates of fixed width.
#include <gtest/gtest.h>

#include "plugins/ohio_csenet/amount.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::int64_t refused = -999'999;
constexpr std::int64_t blank = -888'888;

std::int64_t cents(const char* field, AmountSign sign) {
  const auto read = read_amount(field, sign);
  if (!read) return refused;
  return *read ? read->value().cents : blank;
}

struct Form {
  const char* field;
  std::int64_t leading_minus, overpunch;
};
class Forms : public ::testing::TestWithParam<Form> {};

TEST_P(Forms, AreReadInTheStyleThatIsSetAndInNoOther) {
  EXPECT_EQ(cents(GetParam().field, AmountSign::leading_minus), GetParam().leading_minus);
  EXPECT_EQ(cents(GetParam().field, AmountSign::overpunch), GetParam().overpunch);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Forms,
    ::testing::Values(Form{"000000005000", 5000, 5000}, Form{"000000000000", 0, 0},
                      Form{"            ", blank, blank}, Form{"-00000005000", -5000, refused},
                      Form{"00000000500}", refused, -5000}, Form{"00000000123M", refused, -1234},
                      Form{"00000000000J", refused, -1}, Form{"00000000001R", refused, -19},
                      Form{"99999999999R", refused, -999'999'999'999}, Form{"00000000500{", refused, refused},
                      Form{"00000000500A", refused, refused}, Form{"000000050.00", refused, refused},
                      Form{"      005000", refused, refused}, Form{"0000000-5000", refused, refused},
                      Form{"-0000000500}", refused, refused}, Form{"+00000005000", refused, refused},
                      Form{"00000005000", refused, refused}));

TEST(AmountSetting, HasTwoNames) {
  EXPECT_EQ(amount_sign_of("leading_minus"), AmountSign::leading_minus);
  EXPECT_EQ(amount_sign_of("overpunch"), AmountSign::overpunch);
  EXPECT_EQ(amount_sign_of("either"), std::nullopt);
}

TEST(WireDates, AreDaysOrNothing) {
  EXPECT_EQ(parse_wire_date("20240229")->value(), *model::Date::parse("2024-02-29"));
  for (const char* none : {"        ", "00000000", "00010101", "20991231"}) {
    ASSERT_TRUE(parse_wire_date(none)) << none;
    EXPECT_FALSE(*parse_wire_date(none)) << none;
  }
  for (const char* wrong : {"20230229", "20261301", "2026 316", "2026031", "202603160", "99999999"})
    EXPECT_FALSE(parse_wire_date(wrong)) << wrong;
  EXPECT_EQ(wire_date(*model::Date::parse("2026-03-06")), "20260306");
}

}  // namespace
}  // namespace casebridge::ohio_csenet
