// The table of fields, and the requests that are written by it. Gaps and overlaps do not even compile.
#include <gtest/gtest.h>

#include "plugins/ohio_csenet/request.hpp"
#include "tests/unit/ohio_csenet/lines.hpp"

namespace casebridge::ohio_csenet {
namespace {

TEST(Layout, FieldsStandWhereTheRecordLayoutPutsThem) {
  EXPECT_EQ(std::size(layout_fields), 272U);
  static_assert(order_field("Order-Arrears-Total-Amount").first == 86);
  static_assert(order_field("Order-Arrears-Total-Amount").form == '$');
  static_assert(case_field("Nondisclosure-Finding").last == size_of(BlockKind::case_data));
  static_assert(information_field("Information-Text-Line-5").size() == 80);
  EXPECT_EQ(header_field("Case-ID").offset(), 45U);
}

TEST(Request, IsTheHeaderOfTheExampleOctetByOctet) {
  const auto day = *model::Date::parse("2026-03-16");
  const auto octets = [&](Question question, const char* serial) {
    return request_octets({question, serial, "7001234567", "9900000", day}, CodePage::ascii);
  };
  EXPECT_EQ(octets(Question::case_information, "000000001001"), example("req_frinf"));
  EXPECT_EQ(octets(Question::status, "000000001003"), example("req_grupd"));
  EXPECT_EQ(octets(Question::interest, "000000001004"), example("req_grint"));
}

TEST(CaseNumber, IsTenDigitsThatBeginWithSeven) {
  EXPECT_EQ(case_key_of("7001234567"), "7001234567");
  EXPECT_EQ(case_key_of("  000007001234567 "), "7001234567");
  for (const char* wrong : {"", "0", "3001234567", "700123456", "70012345678", "7001-234567", "7OO1234567"})
    EXPECT_EQ(case_key_of(wrong), "") << wrong;
}

}  // namespace
}  // namespace casebridge::ohio_csenet
