// Locator codes of states, tribes and countries, and what is none.
#include "core/model/locator.hpp"

#include <gtest/gtest.h>

#include <set>

namespace casebridge::model {
namespace {

using Kind = Locator::Kind;

TEST(Locator, FiveAndSevenCharactersNameTheSameOffice) {
  const auto shorter = Locator::parse("48201"), longer = Locator::parse("4820100");
  ASSERT_TRUE(shorter && longer);
  EXPECT_EQ(*shorter, *longer);
  EXPECT_EQ(shorter->text(), "4820100");
  EXPECT_EQ(*Locator::parse("48201  "), *shorter);
}

TEST(Locator, AnOfficeWithinACountyIsAnother) {
  EXPECT_FALSE(*Locator::parse("4820101") == *Locator::parse("4820100"));
}

TEST(Locator, AStateIsToldByItsFirstTwoDigits) {
  const auto harris = Locator::parse("4820100"), ohio = Locator::parse("3900000");
  EXPECT_EQ(harris->kind(), Kind::state);
  EXPECT_EQ(harris->usps(), "TX");
  EXPECT_EQ(harris->county(), "201");
  EXPECT_FALSE(harris->is_whole_state());
  EXPECT_EQ(ohio->usps(), "OH");
  EXPECT_TRUE(ohio->is_whole_state());
}

TEST(Locator, TribesAndCountriesBelongToNoState) {
  const auto tribe = Locator::parse("90a45"), country = Locator::parse("80DEU00");
  EXPECT_EQ(tribe->kind(), Kind::tribe);
  EXPECT_EQ(tribe->text(), "90A4500");
  EXPECT_EQ(tribe->usps(), "");
  EXPECT_EQ(country->kind(), Kind::country);
  EXPECT_EQ(country->usps(), "");
}

TEST(Locator, OfTheFormButOfNobodyIsOther) {
  EXPECT_EQ(Locator::parse("9900000")->kind(), Kind::other);
  EXPECT_EQ(Locator::parse("03000")->kind(), Kind::other);  // never assigned
  EXPECT_EQ(Locator::parse("48A01")->kind(), Kind::other);  // counties of states are digits
  EXPECT_EQ(Locator::parse("48A01")->usps(), "");
}

TEST(Locator, OtherLengthsAndCharactersAreRefused) {
  for (const char* raw : {"", "48", "482", "482010", "48201000", "48-201", "4820*", "48 01",
                          "\xC3\xB1"
                          "001"})
    EXPECT_FALSE(Locator::parse(raw)) << raw;
}

TEST(Locator, ParsingItsOwnTextChangesNothing) {
  for (const char* raw : {"48201", "3900000", "90123", "80DEU", "9900000"}) {
    const auto once = Locator::parse(raw);
    ASSERT_TRUE(once) << raw;
    const auto again = Locator::parse(once->text());
    ASSERT_TRUE(again) << raw;
    EXPECT_EQ(*again, *once);
    EXPECT_EQ(again->kind(), once->kind());
  }
}

TEST(Locator, EachCodeOfAStateIsOfOneState) {
  std::set<std::string_view> codes;
  for (int code = 0; code < 100; ++code) {
    const std::string two{static_cast<char>('0' + code / 10), static_cast<char>('0' + code % 10)};
    const std::string_view usps = usps_of_fips(two);
    EXPECT_TRUE(usps.empty() || codes.insert(usps).second) << two;
  }
  EXPECT_EQ(codes.size(), 56U);  // 54 agencies, American Samoa and the Northern Mariana Islands
}

TEST(Locator, KindsHaveNames) {
  EXPECT_EQ(name_of(Kind::state), "state");
  EXPECT_EQ(name_of(Kind::tribe), "tribe");
  EXPECT_EQ(name_of(Kind::country), "country");
  EXPECT_EQ(name_of(Kind::other), "other");
}

}  // namespace
}  // namespace casebridge::model
