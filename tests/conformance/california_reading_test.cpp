// Reading from the California portal: every dataset against the scenario, CA-01, CA-03 to CA-05, CA-13,
// CA-16, documents and safety.
#include <algorithm>

#include "plugins/california_connect/page_text.hpp"
#include "tests/conformance/california_suite.hpp"

namespace casebridge::conformance {
namespace {

using california_connect::Language;
using model::Dataset;

class CaliforniaReading : public CaliforniaSuite {
 protected:
  void expect_as_in_scenario(const SecretBytes& session, const json& account) {
    for (const json& one : scenario().cases_of(person_of(account)))
      for (const Dataset dataset : portal_datasets)
        EXPECT_EQ(read_facts(session, one, dataset), expected(one, person_of(account), dataset))
            << model::name_of(dataset);
  }
  // The amounts of all that a case read tells.
  std::vector<std::int64_t> amounts(const SecretBytes& session, const json& one_case) {
    std::vector<std::int64_t> found;
    const auto balances = read_one(session, one_case, Dataset::balances);
    const auto payments = read_one(session, one_case, Dataset::payments);
    for (const auto& line : list_of<model::BalanceLine>(balances)) found.push_back(line.amount.cents);
    for (const auto& one : list_of<model::Payment>(payments)) found.push_back(one.amount.cents);
    return found;
  }
  json with_balance(const json& account, const char* member, const json& value) const {
    json document = scenario().document();
    for (json& each : document["cases"])
      if (each.at("id") == first_case(account).at("id")) each["balances"].front()[member] = value;
    return document;
  }
};

TEST_P(CaliforniaReading, CA_01_both_markups_and_both_languages_tell_the_same_case) {
  const json one = account();
  for (const char* markup : {"A", "B"})
    for (const char* language : {"en", "es"}) {
      SCOPED_TRACE(std::string(markup) + " " + language);
      use_markup(markup);
      const SecretBytes session = sign_in(one, language);
      expect_as_in_scenario(session, one);
    }
}

TEST_P(CaliforniaReading, cases_of_a_parent_are_listed_by_their_numbers) {
  const json one = account();
  for (const char* markup : {"A", "B"}) {
    use_markup(markup);
    const SecretBytes session = sign_in(one);
    const auto listed = adapter().list_cases(context(), session);
    ASSERT_TRUE(listed);
    std::vector<std::string> keys, wanted;
    for (const auto& each : std::get<model::CaseList>(*listed).cases) keys.push_back(each.key);
    for (const json& each : scenario().cases_of(person_of(one))) wanted.push_back(text(each, "caseNumber"));
    EXPECT_EQ(keys, wanted) << markup;
  }
}

TEST_P(CaliforniaReading, datasets_that_the_portal_does_not_have_are_said_to_be_unsupported) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const Dataset dataset : {Dataset::disbursements, Dataset::enforcement, Dataset::messages})
    EXPECT_TRUE(
        std::holds_alternative<model::Unsupported>(read_one(session, first_case(one), dataset).answer));
}

TEST_P(CaliforniaReading, CA_03_tables_in_comments_never_tell_a_value) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const bool twice : {false, true}) {
    if (twice) add_fault("*", "comment_dup");
    EXPECT_EQ(read_facts(session, first_case(one), Dataset::balances),
              expected(first_case(one), person_of(one), Dataset::balances));
    for (const std::int64_t cents : amounts(session, first_case(one))) EXPECT_NE(cents, 999'999);
  }
}

TEST_P(CaliforniaReading, CA_04_every_spelling_of_an_amount_gives_its_cents) {
  const json one = account();
  for (const char* kind : {"nbsp_all", "entity_amount", "unclosed"}) {
    SCOPED_TRACE(kind);
    clear_faults();
    add_fault("*", kind);
    const SecretBytes session = sign_in(one);
    expect_as_in_scenario(session, one);
  }
  clear_faults();
  use(with_balance(one, "amountCents", -5000));
  const SecretBytes session = sign_in(one);
  const auto below = amounts(session, first_case(one));
  EXPECT_NE(std::find(below.begin(), below.end(), -5000), below.end());
  EXPECT_EQ(california_connect::parse_amount("$1,234.56")->cents, 123456);
  EXPECT_FALSE(california_connect::parse_amount("$ 1234.56"));
}

TEST_P(CaliforniaReading, CA_05_language_of_the_page_decides_about_day_and_month) {
  EXPECT_EQ((*california_connect::parse_date("05/04/2026", Language::english))->text(), "2026-05-04");
  EXPECT_EQ((*california_connect::parse_date("05/04/2026", Language::spanish))->text(), "2026-04-05");
  const json one = account();
  use(with_balance(one, "asOf", "2026-03-04"));
  for (const char* language : {"en", "es"}) {
    const SecretBytes session = sign_in(one, language);
    for (const bool flipped : {false, true}) {
      clear_faults();
      if (flipped) add_fault("summary", "lang_flip");
      EXPECT_EQ(read_facts(session, first_case(one), Dataset::balances),
                expected(first_case(one), person_of(one), Dataset::balances))
          << language << flipped;
    }
    clear_faults();
  }
}

TEST_P(CaliforniaReading, CA_13_script_in_a_name_is_text_and_stays_what_it_is) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  add_fault("summary", "script_inject");
  const auto read = read_one(session, first_case(one), Dataset::cases);
  const auto& people = list_of<model::Case>(read).front().participants;
  ASSERT_FALSE(people.empty());
  EXPECT_NE(people.front().name.first.find("<script>alert(1)</script><img onerror=x>"), std::string::npos);
}

TEST_P(CaliforniaReading, CA_16_other_states_case_is_told_to_the_protected_parent_and_not_to_the_other) {
  json document = with_permanent_pins();
  use(document);
  const json one = account();
  const json shown = first_case(one);
  const json& others = shown.at("intergov");
  if (others.empty()) GTEST_SKIP() << "no other state in the scenario";
  const SecretBytes session = sign_in(one);
  const auto read = read_one(session, shown, Dataset::cases);
  const auto& told = list_of<model::Case>(read).front().intergov;
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told.front().other_state, text(others.front(), "otherState"));
  EXPECT_EQ(*told.front().other_case, text(others.front(), "otherCaseId"));
  for (const json& part : shown.at("participants")) {
    const std::string person = part.at("person").get<std::string>();
    if (person == person_of(one) || part.at("role") == "child") continue;
    const json other = account_of(person);
    const SecretBytes theirs = sign_in(other);
    expect_as_in_scenario(theirs, other);
  }
}

TEST_P(CaliforniaReading, protected_case_keeps_its_figures_and_hides_the_rest) {
  json document = with_permanent_pins();
  const json one = account();
  for (json& each : document["cases"])
    if (each.at("id") == first_case(one).at("id"))
      for (json& part : each["participants"])
        if (part.at("person") != person_of(one)) part["familyViolence"] = "P";
  use(document);
  for (const char* markup : {"A", "B"}) {
    use_markup(markup);
    const SecretBytes session = sign_in(one);
    expect_as_in_scenario(session, one);
    EXPECT_FALSE(read_facts(session, first_case(one), Dataset::balances).empty());
    EXPECT_TRUE(read_facts(session, first_case(one), Dataset::documents).empty());
  }
}

TEST_P(CaliforniaReading, empty_lists_are_empty_and_no_breach) {
  json document = scenario().document();
  const json one = account();
  for (json& each : document["cases"])
    if (each.at("id") == first_case(one).at("id"))
      for (const char* list : {"payments", "balances", "events", "documents", "contacts"})
        each[list] = json::array();
  use(document);
  for (const char* markup : {"A", "B"}) {
    use_markup(markup);
    const SecretBytes session = sign_in(one);
    for (const Dataset dataset :
         {Dataset::payments, Dataset::balances, Dataset::events, Dataset::documents, Dataset::contacts})
      EXPECT_EQ(read_facts(session, first_case(one), dataset), Facts{}) << model::name_of(dataset);
  }
}

TEST_P(CaliforniaReading, document_is_whole_or_refused) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  const json documents = scenario().list(first_case(one), "documents");
  if (documents.empty()) GTEST_SKIP() << "no document in the scenario";
  const std::string number = text(first_case(one), "caseNumber"), key = text(documents.front(), "id");
  const auto whole = adapter().read_document(context(), session, number, key);
  ASSERT_TRUE(whole);
  EXPECT_TRUE(std::get<model::DocumentContent>(*whole).bytes.starts_with("%PDF-"));
  for (const char* kind : {"pdf_is_html", "truncate_clean", "empty_body"}) {
    clear_faults();
    add_fault("document_content", kind);
    const auto broken = adapter().read_document(context(), session, number, key);
    ASSERT_FALSE(broken) << kind;
    EXPECT_EQ(broken.error().code, TroubleCode::source_changed) << kind;
  }
  clear_faults();
  const auto missing = adapter().read_document(context(), session, number, "ST-000000");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, TroubleCode::source_not_found);
}

INSTANTIATE_TEST_SUITE_P(California, CaliforniaReading,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
