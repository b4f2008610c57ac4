// Numbers of states: spellings of one number are equal, two numbers never are, whatever their form.
#include "core/model/identifier.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "core/base/text.hpp"

namespace casebridge::model {
namespace {

using Kind = IdentifierForm::Kind;
using Characters = IdentifierForm::Characters;

IdentifierForm digits_of(std::size_t length, std::string prefix = {}) {
  IdentifierForm form;
  form.characters = Characters::digits;
  form.length = length;
  form.prefix = std::move(prefix);
  return form;
}
const IdentifierForm unknown{};
const IdentifierForm texas = digits_of(10);
const IdentifierForm ohio = digits_of(10, "7");
IdentifierForm kansas() {
  IdentifierForm form = digits_of(10);
  form.foreign_prefixes = {"KPC"};
  return form;
}
IdentifierForm with_zeros() {
  IdentifierForm form;
  form.zeros_significant = true;
  return form;
}
IdentifierForm dockets() {
  IdentifierForm form;
  form.kind = Kind::order;
  return form;
}
std::vector<IdentifierForm> every_form() {
  return {unknown, texas, ohio, kansas(), with_zeros(), dockets(), digits_of(8), digits_of(15)};
}

std::string normal(std::string_view raw, const IdentifierForm& form) {
  const auto parsed = Identifier::parse(raw, form);
  return parsed ? parsed->normal() : "none";
}

TEST(Identifier, SpellingsOfOneNumberAreEqual) {
  for (const char* raw : {"0012345678", "12345678", "00000 12345678", " 0012-345-678 ", "000000012345678"})
    EXPECT_EQ(normal(raw, texas), "0012345678") << raw;
  EXPECT_EQ(normal("ab-12.3", unknown), "AB123");
}

TEST(Identifier, WhatWasWrittenIsKept) {
  const auto parsed = Identifier::parse(" 12-345 ", texas);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->raw(), "12-345");
  EXPECT_EQ(parsed->normal(), "0000012345");
}

TEST(Identifier, ZerosInsideAndAtTheEndAlwaysCount) {
  EXPECT_NE(normal("10", texas), normal("100", texas));
  EXPECT_NE(normal("7001234567", ohio), normal("7012345670", ohio));
  EXPECT_NE(normal("A010", unknown), normal("A10", unknown));
}

TEST(Identifier, LeadingZerosCountWhereTheStateSaysSo) {
  EXPECT_NE(normal("0123", with_zeros()), normal("123", with_zeros()));
  EXPECT_EQ(normal("0123", unknown), normal("123", unknown));
}

TEST(Identifier, OhiosSevenIsPartOfTheNumber) {
  EXPECT_NE(normal("7001234567", ohio), normal("001234567", ohio));
  EXPECT_TRUE(Identifier::parse("7001234567", ohio)->fits());
  EXPECT_FALSE(Identifier::parse("001234567", ohio)->fits());
  EXPECT_TRUE(Identifier::parse("000007001234567", ohio)->fits());
}

TEST(Identifier, AForeignPrefixIsDroppedBeforeDigitsOnly) {
  EXPECT_EQ(normal("KPC0078901234", kansas()), normal("78901234", kansas()));
  EXPECT_EQ(normal("kpc 78901234", kansas()), "0078901234");
  EXPECT_EQ(normal("KPCX12", kansas()), "KPCX12");
  EXPECT_EQ(normal("KPC", kansas()), "KPC");
  EXPECT_NE(normal("KPC12", texas), normal("12", texas));
}

TEST(Identifier, GroupsOfADocketStayApart) {
  EXPECT_NE(normal("D-1-FM-14-001234", dockets()), normal("D-11-FM-4-001234", dockets()));
  EXPECT_EQ(normal("d 1 fm 14 001234", dockets()), normal("D-1--FM.14/001234", dockets()));
}

TEST(Identifier, WhatNoStateCanMeanIsRefused) {
  for (const char* raw :
       {"", "  ", "-", "0", "00000", "12*34", "12\\34", "12\x01", "\xFF", "1234567890123456789012345678901"})
    EXPECT_FALSE(Identifier::parse(raw, texas)) << raw;
}

TEST(Identifier, LengthAlphabetAndPrefixAreToldNotEnforced) {
  EXPECT_TRUE(Identifier::parse("12345678", texas)->fits());
  EXPECT_FALSE(Identifier::parse("123456789012", texas)->fits());
  EXPECT_FALSE(Identifier::parse("12A4567890", texas)->fits());
  EXPECT_TRUE(Identifier::parse("anything at all", unknown)->fits());
  IdentifierForm short_ones;
  short_ones.length_max = 4;
  EXPECT_TRUE(Identifier::parse("1234", short_ones)->fits());
  EXPECT_FALSE(Identifier::parse("12345", short_ones)->fits());
}

TEST(Identifier, TheMaskShowsTheEndAndHidesTheLength) {
  EXPECT_EQ(Identifier::parse("0012345678", texas)->masked(), "••••5678");
  EXPECT_EQ(Identifier::parse("7001234567", ohio)->masked(), "••••4567");
  EXPECT_EQ(Identifier::parse("1234", unknown)->masked(), "••••34");
  EXPECT_EQ(Identifier::parse("7", unknown)->masked(), "••••");
  EXPECT_TRUE(text::is_utf8(Identifier::parse("ñandú", unknown)->masked()));
}

// Random spellings, made from a fixed seed: the same on every machine.
class Spellings {
 public:
  std::string number() {
    static constexpr std::string_view letters = "0001234567890ABCXYZ";
    std::string made;
    for (std::size_t left = 1 + random_() % 12; left > 0; --left)
      made.push_back(letters[random_() % (random_() % 4 == 0 ? letters.size() : 13)]);
    return made;
  }
  // Another way to write it that changes nothing a separator or a capital may not change.
  std::string spelled(const std::string& number, bool may_pad) {
    std::string made;
    if (may_pad && text::all_digits(number)) made.assign(random_() % 4, '0');
    for (const char c : number) {
      if (random_() % 4 == 0) made.push_back(" -./"[random_() % 4]);
      made += random_() % 2 == 0 ? text::lower_ascii(std::string(1, c)) : std::string(1, c);
    }
    return made;
  }

 private:
  std::mt19937 random_{20260301};
};

TEST(IdentifierProperty, NormalisingTwiceIsNormalisingOnce) {
  Spellings spellings;
  for (int i = 0; i < 5000; ++i) {
    const std::string raw = spellings.spelled(spellings.number(), true);
    for (const IdentifierForm& form : every_form())
      EXPECT_EQ(normal_identifier(normal_identifier(raw, form), form), normal_identifier(raw, form)) << raw;
  }
}

TEST(IdentifierProperty, EverySpellingOfANumberHasOneNormalForm) {
  Spellings spellings;
  for (int i = 0; i < 5000; ++i) {
    const std::string number = spellings.number();
    for (const IdentifierForm& form : {unknown, texas, ohio, kansas(), digits_of(15)})
      EXPECT_EQ(normal_identifier(spellings.spelled(number, true), form), normal_identifier(number, form))
          << number;
    EXPECT_EQ(normal_identifier(spellings.spelled(number, false), with_zeros()), number);
  }
}

// Two numbers are one only when nothing but padding zeros differs, and not even then where zeros count.
TEST(IdentifierProperty, TwoNumbersNeverBecomeOne) {
  Spellings spellings;
  const auto value_of = [](const std::string& number) {
    if (!text::all_digits(number)) return number;
    const std::size_t first = number.find_first_not_of('0');
    return first == std::string::npos ? std::string("0") : number.substr(first);
  };
  for (const IdentifierForm& form : {unknown, texas, ohio, digits_of(8), digits_of(15)}) {
    std::map<std::string, std::string> seen;  // normal form -> what it stands for
    for (int i = 0; i < 5000; ++i) {
      const std::string number = spellings.number();
      const auto [at, fresh] = seen.emplace(normal_identifier(number, form), value_of(number));
      EXPECT_EQ(at->second, value_of(number)) << number;
    }
  }
  std::map<std::string, std::string> literal;
  for (int i = 0; i < 5000; ++i) {
    const std::string number = spellings.number();
    const auto [at, fresh] = literal.emplace(normal_identifier(number, with_zeros()), number);
    EXPECT_EQ(at->second, number);
  }
}

TEST(IdentifierForm, NamesOfKindsAndAlphabetsComeBack) {
  for (const char* name : {"case", "participant", "order", "payment"})
    EXPECT_EQ(name_of(*identifier_kind_of(name)), name);
  for (const char* name : {"any", "digits", "alphanumeric"}) EXPECT_EQ(name_of(*characters_of(name)), name);
  EXPECT_FALSE(identifier_kind_of("person"));
  EXPECT_FALSE(characters_of("letters"));
}

}  // namespace
}  // namespace casebridge::model
