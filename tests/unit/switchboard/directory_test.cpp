// The directory as it is committed: all 54 jurisdictions, and what must hold for each fact about them.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "core/base/text.hpp"
#include "core/model/locator.hpp"
#include "core/model/time_zone.hpp"
#include "core/model/vocabulary.hpp"
#include "core/switchboard/jurisdiction_file.hpp"
#include "tests/support/places.hpp"

namespace casebridge::switchboard {
namespace {

namespace fs = std::filesystem;
using ports::Fact;
using ports::JurisdictionInfo;

// Code and name of every agency under Title IV-D of the Social Security Act, independent of the files.
constexpr std::pair<const char*, const char*> expected[] = {
    {"AL01", "Alabama"},        {"AK02", "Alaska"},         {"AZ04", "Arizona"},
    {"AR05", "Arkansas"},       {"CA06", "California"},     {"CO08", "Colorado"},
    {"CT09", "Connecticut"},    {"DE10", "Delaware"},       {"DC11", "District of Columbia"},
    {"FL12", "Florida"},        {"GA13", "Georgia"},        {"GU66", "Guam"},
    {"HI15", "Hawaii"},         {"ID16", "Idaho"},          {"IL17", "Illinois"},
    {"IN18", "Indiana"},        {"IA19", "Iowa"},           {"KS20", "Kansas"},
    {"KY21", "Kentucky"},       {"LA22", "Louisiana"},      {"ME23", "Maine"},
    {"MD24", "Maryland"},       {"MA25", "Massachusetts"},  {"MI26", "Michigan"},
    {"MN27", "Minnesota"},      {"MS28", "Mississippi"},    {"MO29", "Missouri"},
    {"MT30", "Montana"},        {"NE31", "Nebraska"},       {"NV32", "Nevada"},
    {"NH33", "New Hampshire"},  {"NJ34", "New Jersey"},     {"NM35", "New Mexico"},
    {"NY36", "New York"},       {"NC37", "North Carolina"}, {"ND38", "North Dakota"},
    {"OH39", "Ohio"},           {"OK40", "Oklahoma"},       {"OR41", "Oregon"},
    {"PA42", "Pennsylvania"},   {"PR72", "Puerto Rico"},    {"RI44", "Rhode Island"},
    {"SC45", "South Carolina"}, {"SD46", "South Dakota"},   {"TN47", "Tennessee"},
    {"TX48", "Texas"},          {"UT49", "Utah"},           {"VI78", "US Virgin Islands"},
    {"VT50", "Vermont"},        {"VA51", "Virginia"},       {"WA53", "Washington"},
    {"WV54", "West Virginia"},  {"WI55", "Wisconsin"},      {"WY56", "Wyoming"},
};

class Directory : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const auto& entry : fs::directory_iterator(tests::in_source("states"))) {
      if (!entry.is_directory()) continue;
      auto read = read_jurisdiction(entry.path().string());
      ASSERT_TRUE(read) << read.error().detail;
      all.push_back(std::move(*read));
    }
  }
  static void TearDownTestSuite() { all.clear(); }
  static const JurisdictionInfo& of(const std::string& usps) {
    for (const auto& one : all)
      if (one.usps == usps) return one;
    throw std::runtime_error("no such jurisdiction: " + usps);
  }
  // Each fact with a name for the message.
  static std::vector<std::pair<std::string, Fact>> facts_of(const JurisdictionInfo& info) {
    std::vector<std::pair<std::string, Fact>> facts{
        {"time_zone", info.time_zone},     {"agency", info.agency},
        {"department", info.department},   {"agency_url", info.agency_url},
        {"portal_name", info.portal_name}, {"portal_url", info.portal_url},
        {"payment_url", info.payment_url}, {"phone", info.phone},
        {"disclosure", info.disclosure}};
    std::erase_if(facts, [](const auto& named) { return named.second.value.empty(); });
    facts.emplace_back("languages", info.languages_grounds);
    if (info.sign_in) facts.emplace_back("sign_in", info.sign_in->grounds);
    for (const auto& one : info.contacts) facts.emplace_back("contact " + one.use, one.number);
    for (const auto& one : info.identifiers) facts.emplace_back("identifier", one.name);
    for (const auto& one : info.maintenance) facts.emplace_back("maintenance", one.grounds);
    return facts;
  }
  static inline std::vector<JurisdictionInfo> all;
};

TEST_F(Directory, HasTheFiftyFourJurisdictionsAndNoOther) {
  std::set<std::pair<std::string, std::string>> wanted, found;
  for (const auto& [code, name] : expected) wanted.emplace(code, name);
  for (const auto& one : all) found.emplace(one.usps + one.fips, one.name);
  EXPECT_EQ(wanted.size(), 54U);
  EXPECT_EQ(all.size(), 54U);
  EXPECT_EQ(found, wanted);
}

TEST_F(Directory, TheLocatorOfEachWholeStateLeadsToIt) {
  std::set<std::string> locators;
  for (const auto& one : all) {
    const auto locator = model::Locator::parse(one.fips + "000");
    ASSERT_TRUE(locator) << one.id;
    EXPECT_EQ(locator->kind(), model::Locator::Kind::state) << one.id;
    EXPECT_EQ(locator->usps(), one.usps);
    locators.insert(locator->text());
  }
  EXPECT_EQ(locators.size(), 54U);
}

TEST_F(Directory, EveryFactSaysHowFarItMayBeReliedOn) {
  const std::set<std::string> words{"verified", "secondary", "unverified"};
  for (const auto& one : all) {
    for (const auto& [name, fact] : facts_of(one)) {
      EXPECT_EQ(words.count(fact.provenance), 1U) << one.id << ' ' << name;
      EXPECT_EQ(fact.source.empty(), fact.provenance == "unverified") << one.id << ' ' << name;
      const bool citation = fact.source.starts_with("42 U.S.C. ");
      EXPECT_TRUE(fact.source.empty() || citation || fact.source.starts_with("http"))
          << one.id << ' ' << name;
    }
  }
}

TEST_F(Directory, EveryJurisdictionLeadsToAnOfficialAddressOverHttps) {
  for (const auto& one : all) {
    EXPECT_TRUE(one.official_url().value.starts_with("https://")) << one.id;
    EXPECT_FALSE(one.agency_url.value.empty()) << one.id;
    EXPECT_FALSE(one.phone.value.empty()) << one.id;
  }
}

TEST_F(Directory, AnUnconfirmedPortalIsNeverTheOfficialDoor) {
  EXPECT_EQ(of("CA").official_url().value, "https://childsupport.ca.gov/customer-connect/");
  EXPECT_EQ(of("AK").portal_url.provenance, "unverified");
  EXPECT_EQ(of("AK").official_url().value, "https://childsupport.alaska.gov/");
  EXPECT_EQ(of("TX").official_url().value, "https://www.texasattorneygeneral.gov/child-support");
}

TEST_F(Directory, TimeZonesExist) {
  for (const auto& one : all) EXPECT_NE(model::find_time_zone(one.time_zone.value), nullptr) << one.id;
  EXPECT_EQ(of("GU").time_zone.value, "Pacific/Guam");
  EXPECT_EQ(of("AZ").time_zone.value, "America/Phoenix");
}

TEST_F(Directory, HelpIsThereInEnglishAndSpanish) {
  std::set<std::string> english, spanish;
  for (const auto& one : all) {
    EXPECT_GT(one.guidance_en.size(), 300U) << one.id;
    EXPECT_GT(one.guidance_es.size(), 300U) << one.id;
    EXPECT_TRUE(one.guidance_en.starts_with("# ")) << one.id;
    EXPECT_NE(one.guidance_en.find(one.phone.value), std::string::npos) << one.id;
    EXPECT_NE(one.guidance_es.find(one.phone.value), std::string::npos) << one.id;
    english.insert(one.guidance_en);
    spanish.insert(one.guidance_es);
  }
  EXPECT_EQ(english.size(), 54U);
  EXPECT_EQ(spanish.size(), 54U);
}

// In both languages the help says so wherever the number was not read on an official page.
TEST_F(Directory, HelpNeverShowsAnUnconfirmedPhoneAsCertain) {
  int unconfirmed = 0;
  for (const auto& one : all) {
    if (one.phone.provenance == "verified") continue;
    ++unconfirmed;
    EXPECT_NE(one.guidance_en.find(one.phone.value + " (not confirmed"), std::string::npos) << one.id;
    EXPECT_NE(one.guidance_es.find(one.phone.value + " (sin confirmar"), std::string::npos) << one.id;
  }
  EXPECT_GT(unconfirmed, 5);
}

TEST_F(Directory, DisclosureIsALevelTheProjectionKnows) {
  for (const auto& one : all) {
    EXPECT_NE(one.disclosure.value, "none") << one.id;
    EXPECT_TRUE(model::parse_name<model::SafetyLevel>(one.disclosure.value)) << one.id;
  }
  EXPECT_EQ(of("KS").disclosure.value, "case_blocked");
  EXPECT_EQ(of("NC").disclosure.value, "payments_only");
}

TEST_F(Directory, IdentifiersSayWhatIsKnownOfThem) {
  const auto& sets = of("OH").identifiers.at(0);
  EXPECT_EQ(sets.form.prefix, "7");
  EXPECT_EQ(sets.form.length, 10U);
  const auto& kansas = of("KS").identifiers.at(0);
  EXPECT_EQ(kansas.form.foreign_prefixes, std::vector<std::string>{"KPC"});
}

}  // namespace
}  // namespace casebridge::switchboard
