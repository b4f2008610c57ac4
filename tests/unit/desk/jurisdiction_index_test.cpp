// What parents would type, over the committed directory: each must lead to the right door first.
#include "core/desk/jurisdiction_index.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

#include "core/desk/search_words.hpp"
#include "core/switchboard/jurisdiction_file.hpp"
#include "tests/support/places.hpp"

namespace casebridge::desk {
namespace {

namespace fs = std::filesystem;

// clang-format off
constexpr std::pair<const char*, const char*> expected[] = {
    // Names of sites and accounts, however they are written.
    {"iCOP", "TX"}, {"icop", "TX"}, {"i-COP", "TX"}, {"iTexas", "TX"}, {"itexas smart", "TX"},
    {"i Texas", "TX"}, {"Smart e-Pay", "TX"}, {"smart epay", "TX"}, {"SMARTEPAY", "TX"},
    {"Smart e‑Pay login", "TX"}, {"child support interactive", "TX"}, {"Texas OAG child support", "TX"},
    {"oag texas", "TX"}, {"Customer Connect", "CA"}, {"customer-connect", "CA"},
    {"custmer connect", "CA"}, {"CustomerConnect", "CA"}, {"DCS Customer Connect", "SD"},
    {"customer connect south dakota", "SD"}, {"MiCase", "MI"}, {"milogin child support", "MI"},
    {"friend of the court", "MI"}, {"MCSO", "MN"}, {"AZCARES", "AZ"}, {"ATLAS number", "AZ"},
    {"myalaska", "AK"}, {"KIDSLINE", "IN"}, {"kids line", "IN"}, {"echild north carolina", "NC"},
    {"family support registry", "CO"}, {"NJKiDS", "NJ"}, {"nj kids", "NJ"}, {"PACSES", "PA"},
    {"keystone id", "PA"}, {"SecureAccess Washington", "WA"}, {"dcs online", "WA"}, {"CAFE", "LA"},
    {"KIDS key", "WI"}, {"EZPay4Kids", "VT"}, {"asume", "PR"}, {"ASUME en linea", "PR"},
    {"POSSE ID", "WY"}, {"FGN", "OK"}, {"one dhs", "TN"}, {"Kansas Payment Center", "KS"},
    // Names of places, in both languages, with and without accents and what people add to them.
    {"texas", "TX"}, {" TEXAS ", "TX"}, {"Tejas", "TX"}, {"New York", "NY"}, {"nueva york", "NY"},
    {"newyork", "NY"}, {"NYC", "NY"}, {"Carolina del Norte", "NC"}, {"carolina del sur", "SC"},
    {"Dakota del Norte", "ND"}, {"nuevo méxico", "NM"}, {"nuevo mexico", "NM"}, {"Nueva Jersey", "NJ"},
    {"luisiana", "LA"}, {"Pensilvania", "PA"}, {"Misisipi", "MS"}, {"misuri", "MO"}, {"Hawái", "HI"},
    {"Hawai'i", "HI"}, {"oregon", "OR"}, {"Oregón", "OR"}, {"Virginia Occidental", "WV"},
    {"Distrito de Columbia", "DC"}, {"Washington, D.C.", "DC"}, {"D.C.", "DC"}, {"Islas Vírgenes", "VI"},
    {"virgin islands", "VI"}, {"Guåhan", "GU"}, {"puerto rico", "PR"},
    {"manutención de niños en Texas", "TX"}, {"child support ohio", "OH"},
    {"how to pay child support in Georgia", "GA"}, {"texas child support phone number", "TX"},
    {"estado de nueva york manutencion de menores", "NY"},
    // Neighbours in name.
    {"virginia", "VA"}, {"west virginia", "WV"}, {"kansas", "KS"}, {"arkansas", "AR"},
    {"washington", "WA"}, {"washington state", "WA"}, {"north carolina", "NC"}, {"dakota", "ND"},
    // Codes.
    {"tx", "TX"}, {"OH", "OH"}, {"in", "IN"}, {"or", "OR"}, {"de", "DE"}, {"me", "ME"}, {"la", "LA"},
    {"us-ca", "CA"}, {"48", "TX"}, {"06", "CA"}, {"48201", "TX"}, {"3900000", "OH"},
    {"tx child support", "TX"},
    // One wrong letter.
    {"califronia", "CA"}, {"Massachusets", "MA"}, {"missisippi", "MS"}, {"tenessee", "TN"},
    {"conneticut", "CT"}, {"illinios", "IL"}, {"pensylvania", "PA"}, {"texs", "TX"}, {"flordia", "FL"},
    {"north carolna", "NC"}, {"lousiana", "LA"}, {"michagan", "MI"},
    // Beginnings.
    {"calif", "CA"}, {"minn", "MN"}, {"tenn", "TN"}, {"wash", "WA"}, {"penn", "PA"},
};
// clang-format on
static_assert(std::size(expected) >= 60);

class Search : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const auto& entry : fs::directory_iterator(tests::in_source("states"))) {
      if (!entry.is_directory()) continue;
      auto read = switchboard::read_jurisdiction(entry.path().string());
      ASSERT_TRUE(read) << read.error().detail;
      all.push_back(std::move(*read));
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    std::vector<const ports::JurisdictionInfo*> infos;
    for (const auto& one : all) infos.push_back(&one);
    index = std::make_unique<JurisdictionIndex>(infos);
  }
  static void TearDownTestSuite() {
    index.reset();
    all.clear();
  }
  static std::vector<std::string> found(std::string_view q) {
    std::vector<std::string> codes;
    for (const std::size_t place : index->find(q)) codes.push_back(all[place].usps);
    return codes;
  }
  static std::string first(std::string_view q) {
    const auto codes = found(q);
    return codes.empty() ? "nothing" : codes[0];
  }
  static inline std::vector<ports::JurisdictionInfo> all;
  static inline std::unique_ptr<JurisdictionIndex> index;
};

TEST_F(Search, WhatAParentWouldTypeLeadsToTheRightDoor) {
  for (const auto& [typed, code] : expected) EXPECT_EQ(first(typed), code) << '"' << typed << '"';
}

TEST_F(Search, NamesThatTwoStatesShareFindBoth) {
  EXPECT_EQ(found("customer connect"), (std::vector<std::string>{"CA", "SD"}));
  EXPECT_EQ(found("eServices"), (std::vector<std::string>{"FL", "IL"}));
  EXPECT_EQ(found("mychildsupport"), (std::vector<std::string>{"ID", "VA", "MI"}));
  EXPECT_EQ(found("eChild Support"), (std::vector<std::string>{"NH", "NC", "MD"}));
  EXPECT_EQ(found("carolina"), (std::vector<std::string>{"NC", "SC"}));
  EXPECT_EQ(found("virginia"), (std::vector<std::string>{"VA", "WV"}));
}

TEST_F(Search, NothingAskedOrOnlyWhatAllShareIsTheWholeList) {
  EXPECT_EQ(found("").size(), 54U);
  EXPECT_EQ(found("   ").size(), 54U);
  EXPECT_EQ(found("child support login").size(), 54U);
}

TEST_F(Search, WhatNamesNoPlaceFindsNothing) {
  for (const char* typed : {"zzz", "qqqqq", "!!!", "?", "9900000", "90123", "\xC3"})
    EXPECT_EQ(found(typed), std::vector<std::string>{}) << typed;
}

TEST_F(Search, EveryJurisdictionIsFoundFirstByItsNamesAndCodes) {
  for (const auto& one : all) {
    for (const std::string& typed : {one.name, one.name_es, one.usps, one.id, one.fips, one.fips + "000"})
      EXPECT_EQ(first(typed), one.usps) << typed;
    for (const std::string& alias : one.aliases) {
      const auto codes = found(alias);
      EXPECT_NE(std::find(codes.begin(), codes.end(), one.usps), codes.end()) << alias;
    }
  }
}

TEST_F(Search, AnyOneLetterLeftOutOfALongNameIsForgiven) {
  for (const auto& one : all) {
    constexpr std::size_t long_enough = 7;  // shorter ones may become the beginning of another
    for (std::size_t i = 1; one.name.size() >= long_enough && i < one.name.size(); ++i) {
      std::string typed = one.name;
      typed.erase(i, 1);
      const auto codes = found(typed);
      EXPECT_NE(std::find(codes.begin(), codes.end(), one.usps), codes.end()) << typed;
    }
  }
}

TEST(SearchWords, CapitalsAccentsAndPunctuationAreFolded) {
  EXPECT_EQ(search_words("  Ciudad de MÉXICO, e-Pay!"),
            (std::vector<std::string>{"ciudad", "de", "mexico", "e", "pay"}));
  EXPECT_EQ(joined(search_words("Mother’s $TARS")), "motherstars");
  EXPECT_EQ(search_words("ＴＥＸＡＳ"), std::vector<std::string>{"texas"});
  EXPECT_TRUE(search_words("\xFF").empty());
}

TEST(SearchWords, OneEditIsOneEdit) {
  EXPECT_TRUE(within_one_edit("texas", "texas"));
  EXPECT_TRUE(within_one_edit("texas", "txas"));
  EXPECT_TRUE(within_one_edit("txas", "texas"));
  EXPECT_TRUE(within_one_edit("texas", "tezas"));
  EXPECT_TRUE(within_one_edit("texas", "txeas"));
  EXPECT_TRUE(within_one_edit("texas", "texass"));
  EXPECT_FALSE(within_one_edit("texas", "txsa"));
  EXPECT_FALSE(within_one_edit("texas", "sexat"));
  EXPECT_FALSE(within_one_edit("", "ab"));
}

}  // namespace
}  // namespace casebridge::desk
