// The directory of states through the API: found by name, led to the official page, provenance kept.
#include "tests/http/front_world.hpp"

namespace casebridge::tests {
namespace {

using nlohmann::json;

class DirectoryAnswers : public FrontWorld {
 protected:
  std::vector<std::string> ids_for(const std::string& q) {
    std::vector<std::string> ids;
    const Answer found = get("/v1/jurisdictions?q=" + q);
    for (const json& one : found.body.at("data")) ids.push_back(one.at("id"));
    return ids;
  }
};

TEST_F(DirectoryAnswers, TheWholeListComesByNameAndIsAskedForAgainByItsTag) {
  const Answer all = get("/v1/jurisdictions");
  std::vector<std::string> names;
  for (const json& one : all.body.at("data")) names.push_back(one.at("name"));
  EXPECT_EQ(names, (std::vector<std::string>{"California", "Ohio", "Texas"}));
  EXPECT_EQ(all.response.field("cache-control"), "public, max-age=300");
  const Answer same = get("/v1/jurisdictions", {.fields = {{"if-none-match", all.etag()}}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.text, "");
}

TEST_F(DirectoryAnswers, ASearchHasItsOwnTag) {
  const Answer found = get("/v1/jurisdictions?q=texas");
  EXPECT_NE(found.etag(), get("/v1/jurisdictions").etag());
  EXPECT_EQ(get("/v1/jurisdictions?q=texas", {.fields = {{"if-none-match", found.etag()}}}).status, 304);
}

TEST_F(DirectoryAnswers, NamesCodesAndAliasesLeadToTheState) {
  for (const char* q :
       {"texas", "TEXAS", "tx", "us-tx", "48", "48201", "lone%20star", "child%20support%20texas"})
    EXPECT_EQ(ids_for(q), std::vector<std::string>{"us-tx"}) << q;
  EXPECT_EQ(ids_for("customer%20connect"), std::vector<std::string>{"us-ca"});
  EXPECT_EQ(ids_for("nowhere"), std::vector<std::string>{});
  EXPECT_EQ(ids_for("").size(), 3U);
}

TEST_F(DirectoryAnswers, WhatCannotBeLinkedIsSaidAndStillLeadsToTheOfficialPage) {
  const json texas = get("/v1/jurisdictions/us-tx").body, california = get("/v1/jurisdictions/us-ca").body;
  EXPECT_EQ(texas.at("linkable"), true);
  EXPECT_EQ(texas.at("official_url").at("value"), "https://portal.example/TX");
  EXPECT_EQ(california.at("linkable"), false);
  EXPECT_EQ(california.at("systems").size(), 0U);
  // Its portal is not confirmed, so the agency's page is the door.
  EXPECT_EQ(california.at("official_url").at("value"), "https://agency.example/ca");
}

TEST_F(DirectoryAnswers, EveryContactCarriesItsProvenance) {
  const json california = get("/v1/jurisdictions/us-ca").body;
  EXPECT_EQ(california.at("phone").at("provenance"), "unverified");
  EXPECT_EQ(california.at("contacts").at(0).at("provenance"), "unverified");
  EXPECT_EQ(california.at("languages").at("provenance"), "unverified");
  EXPECT_EQ(get("/v1/jurisdictions/us-tx").body.at("phone").at("provenance"), "secondary");
}

TEST_F(DirectoryAnswers, HelpComesWithOneStateInTheLanguageOfTheRequest) {
  const json english = get("/v1/jurisdictions/us-tx").body;
  const json spanish = get("/v1/jurisdictions/us-tx", {.fields = {{"accept-language", "es-MX"}}}).body;
  EXPECT_EQ(english.at("guidance").at("markdown"), "# Connecting\n");
  EXPECT_EQ(spanish.at("guidance").at("language"), "es");
  EXPECT_EQ(spanish.at("guidance").at("markdown"), "# Conectar\n");
  const Answer all = get("/v1/jurisdictions");
  for (const json& one : all.body.at("data")) EXPECT_FALSE(one.contains("guidance"));
}

TEST_F(DirectoryAnswers, FormsInTheListSpeakTheLanguageOfTheRequest) {
  const Answer english = get("/v1/jurisdictions");
  const Answer spanish = get("/v1/jurisdictions", {.fields = {{"accept-language", "es"}}});
  EXPECT_NE(english.etag(), spanish.etag());
  EXPECT_EQ(get("/v1/jurisdictions?q=texas", {.fields = {{"accept-language", "es"}}}).body.at("data").at(0),
            spanish.body.at("data").at(2));
}

TEST_F(DirectoryAnswers, TheNoticeAboutTheSsnSaysItsLanguage) {
  ports::SystemInfo& ohio = systems_.info("oh-csenet");
  ohio.form.ssn_notice = "Why we ask";
  const auto form = [&](const char* language) {
    return get("/v1/jurisdictions/us-oh", {.fields = {{"accept-language", language}}})
        .body.at("systems")
        .at(0);
  };
  EXPECT_EQ(form("es").at("ssn_notice"), "Why we ask");
  EXPECT_EQ(form("es").at("ssn_notice_language"), "en");
  ohio.form.ssn_notice_es = "Por qué";
  EXPECT_EQ(form("es").at("ssn_notice"), "Por qué");
  EXPECT_EQ(form("es").at("ssn_notice_language"), "es");
  EXPECT_EQ(form("en").at("ssn_notice"), "Why we ask");
  EXPECT_FALSE(get("/v1/jurisdictions/us-tx").body.at("systems").at(0).contains("ssn_notice"));
}

TEST_F(DirectoryAnswers, AClosedStateSaysUntilWhenInTheLanguageOfTheRequest) {
  const auto texas = [&] {
    return get("/v1/status", {.fields = {{"accept-language", "es"}}}).body.at("data").at(0);
  };
  EXPECT_FALSE(texas().contains("user_message"));
  systems_.maintenance_until_ = clock_.now() + std::chrono::hours{1};
  systems_.info("tx-icop").maintenance = {{0, 120, 1440}};
  EXPECT_NE(texas().at("user_message").get<std::string>().find("cerrado"), std::string::npos);
  EXPECT_EQ(texas().at("maintenance"), json::parse(R"([{"day":"sunday","from":"02:00","to":"24:00"}])"));
}

TEST_F(DirectoryAnswers, AQuestionThatIsTooLongOrAnotherIsRefused) {
  EXPECT_EQ(get("/v1/jurisdictions?q=" + std::string(101, 'a')).body.at("field"), "q");
  EXPECT_EQ(get("/v1/jurisdictions?name=texas").code(), "unsupported_parameter");
}

}  // namespace
}  // namespace casebridge::tests
