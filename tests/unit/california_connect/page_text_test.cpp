// How amounts, days, hours and words are spelled.
#include "plugins/california_connect/page_text.hpp"

#include <gtest/gtest.h>

#include "plugins/california_connect/codes.hpp"
#include "plugins/california_connect/labels.hpp"
#include "plugins/california_connect/new_pin.hpp"

namespace casebridge::california_connect {
namespace {

TEST(CaliforniaText, AmountsHaveASignOfDollarsCommasAndTwoDecimals) {
  EXPECT_EQ(parse_amount("$ 1,234.56")->cents, 123456);
  EXPECT_EQ(parse_amount("$1,234.56")->cents, 123456);
  EXPECT_EQ(parse_amount("($ 50.00)")->cents, -5000);
  EXPECT_EQ(parse_amount("$ 0.00")->cents, 0);
  for (const char* text : {"$ 1234.56", "1,234.56", "$  1.00", "$ 1,23.00", "$ 1.0", "($ 50.00", "$ 50.00)",
                           "$", "$ .50", "$ -5.00", "$ 12,34,567.00", "$ 1.00 ", "", "--", "()", "($)"})
    EXPECT_FALSE(parse_amount(text)) << text;
}

TEST(CaliforniaText, DaysFollowTheLanguageOfThePage) {
  EXPECT_EQ((*parse_date("05/04/2026", Language::english))->text(), "2026-05-04");
  EXPECT_EQ((*parse_date("05/04/2026", Language::spanish))->text(), "2026-04-05");
  EXPECT_EQ(*parse_date("--", Language::english), Known<model::Date>(Missing::absent));
  for (const char* text : {"14/03/2026", "3/14/2026", "03-14-2026", "02/30/2026", "03/14/26", ""})
    EXPECT_FALSE(parse_date(text, Language::english)) << text;
}

TEST(CaliforniaText, HoursHaveHalvesOfTheDayInEnglishAndNoneInSpanish) {
  EXPECT_EQ(parse_local_time("04/02/2026 10:00 AM PT", Language::english, "PT"), "2026-04-02T10:00");
  EXPECT_EQ(parse_local_time("04/02/2026 12:05 AM PT", Language::english, "PT"), "2026-04-02T00:05");
  EXPECT_EQ(parse_local_time("04/02/2026 12:30 PM PT", Language::english, "PT"), "2026-04-02T12:30");
  EXPECT_EQ(parse_local_time("02/04/2026 22:00 PT", Language::spanish, "PT"), "2026-04-02T22:00");
  for (const char* text : {"04/02/2026 10:00 PT", "04/02/2026 13:00 PM PT", "04/02/2026 10:00 AM MT",
                           "04/02/2026 10:60 AM PT", "04/02/2026", "04/02/2026 PT"})
    EXPECT_FALSE(parse_local_time(text, Language::english, "PT")) << text;
}

TEST(CaliforniaText, WordsAreComparedWithoutCaseAccentsAndColon) {
  EXPECT_EQ(folded(" N\xC3\xBAmero de CASO: "), "numero de caso");
  EXPECT_EQ(folded("Nu\xCC\x81mero de caso"), "numero de caso");
  EXPECT_TRUE(means("Numero de caso", Label::case_number, Language::spanish));
  EXPECT_FALSE(means("Numero de caso", Label::case_number, Language::english));
  EXPECT_TRUE(means("Su funci\xC3\xB3n", Label::your_role, Language::spanish));
}

TEST(CaliforniaText, UnknownCodesKeepTheirSpelling) {
  EXPECT_EQ(source_of("Intercepci\xC3\xB3n", Language::spanish).value, model::SourceClass::involuntary_other);
  const auto strange = source_of("Bitcoin", Language::english);
  EXPECT_EQ(strange.value, model::SourceClass::unknown);
  EXPECT_EQ(strange.raw, "Bitcoin");
  EXPECT_TRUE(is_other_source("Otro", Language::spanish));
  EXPECT_EQ(assistance_of("--", Language::english), model::Coded<model::Assistance>());
}

TEST(CaliforniaText, NumbersHaveTheirForms) {
  EXPECT_TRUE(is_case_number("2000012345678"));
  EXPECT_FALSE(is_case_number("200001234567"));
  EXPECT_TRUE(is_confirmation("CC-20260316-000001"));
  EXPECT_FALSE(is_confirmation("CC-20260316-00001"));
  EXPECT_FALSE(is_confirmation("CC-20260316-00000x"));
  EXPECT_EQ(with_country("866-555-0100"), "+18665550100");
  EXPECT_EQ(with_country("5-1-1"), "5-1-1");
}

TEST(CaliforniaPin, MustBeNewAndNotAGuess) {
  EXPECT_TRUE(is_usable_pin("604913", "112233"));
  for (const char* pin : {"112233", "777777", "123456", "654321", "60491", "6049133", "60491x", ""})
    EXPECT_FALSE(is_usable_pin(pin, "112233")) << pin;
}

}  // namespace
}  // namespace casebridge::california_connect
