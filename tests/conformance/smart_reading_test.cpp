// Reading from the Texas payment account: every dataset against the scenario, SM-05 to SM-09, SM-12, SM-15 to
// SM-18.
#include <numeric>

#include "tests/conformance/smart_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

constexpr Dataset read_datasets[] = {Dataset::cases,    Dataset::orders,      Dataset::balances,
                                     Dataset::payments, Dataset::enforcement, Dataset::documents};

class SmartReading : public SmartSuite {
 protected:
  json first_case(const json& account) const { return scenario().cases_of(person_of(account)).front(); }
  Facts read_facts(const SecretBytes& session, const json& one_case, Dataset dataset) {
    return facts_of(records_of(read_one(session, one_case, dataset)));
  }
};

TEST_P(SmartReading, every_dataset_of_every_case_is_what_the_scenario_says) {
  int seen = 0;
  (void)scenario().credential([&](const json& one) {
    SCOPED_TRACE(one.at("id").get<std::string>());
    const SecretBytes session = sign_in(one);
    const auto listed = adapter().list_cases(context(), session);
    if (!listed) ADD_FAILURE() << listed.error().row().name;
    std::vector<std::string> keys, expected_keys;
    for (const auto& each : std::get<model::CaseList>(*listed).cases) keys.push_back(each.key);
    for (const json& each : scenario().cases_of(person_of(one)))
      expected_keys.push_back(each.at("caseNumber").get<std::string>());
    EXPECT_EQ(keys, expected_keys);
    for (const Dataset dataset : read_datasets)
      EXPECT_EQ(read_facts(session, first_case(one), dataset),
                expected(first_case(one), person_of(one), dataset))
          << model::name_of(dataset);
    ++seen;
    return false;
  });
  EXPECT_GT(seen, 0);
}

TEST_P(SmartReading, datasets_that_the_service_does_not_have_are_said_to_be_unsupported) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const Dataset dataset :
       {Dataset::disbursements, Dataset::events, Dataset::messages, Dataset::contacts})
    EXPECT_TRUE(
        std::holds_alternative<model::Unsupported>(read_one(session, first_case(one), dataset).answer));
}

TEST_P(SmartReading, SM_05_prefixes_decide_nothing) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  const Facts right = expected(first_case(one), person_of(one), Dataset::payments);
  for (const char* kind : {"other_prefix", "bom"}) {
    clear_faults();
    add_fault("*", kind);
    EXPECT_EQ(read_facts(session, first_case(one), Dataset::payments), right) << kind;
  }
}

TEST_P(SmartReading, SM_06_what_xml_must_not_have_is_refused_whole) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"dtd", "deep_xml", "latin1_declared", "other_namespace", "truncate_clean",
                           "malformed", "wrong_content_type", "empty_body", "oversize"}) {
    clear_faults();
    add_fault("GetBalance", kind);
    EXPECT_EQ(trouble_of(read_one(session, first_case(one), Dataset::balances)).code,
              TroubleCode::source_changed)
        << kind;
  }
}

TEST_P(SmartReading, SM_07_fault_is_known_by_its_content) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  add_fault("GetBalance", "fault_200");
  const auto read = read_one(session, first_case(one), Dataset::balances);
  EXPECT_EQ(trouble_of(read).code, TroubleCode::source_unavailable);
  EXPECT_EQ(calls("GetBalance").front().at("status"), 200);
  clear_faults();
  add_fault("GetBalance", "no_detail");
  EXPECT_EQ(trouble_of(read_one(session, first_case(one), Dataset::balances)).code,
            TroubleCode::source_unavailable);
}

TEST_P(SmartReading, SM_08_amount_that_is_not_told_is_no_line) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"nil_amounts", "empty_amounts"}) {
    clear_faults();
    add_fault("GetBalance", kind);
    EXPECT_EQ(read_facts(session, first_case(one), Dataset::balances), Facts{}) << kind;
  }
}

TEST_P(SmartReading, SM_09_amount_with_a_comma_spoils_the_whole_balance) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  add_fault("GetBalance", "comma_amounts");
  EXPECT_EQ(trouble_of(read_one(session, first_case(one), Dataset::balances)).code,
            TroubleCode::source_changed);
}

TEST_P(SmartReading, renamed_or_repeated_members_give_no_payment) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"drift", "repeat_element"}) {
    clear_faults();
    add_fault("GetPayments", kind);
    EXPECT_EQ(trouble_of(read_one(session, first_case(one), Dataset::payments)).code,
              TroubleCode::source_changed)
        << kind;
  }
}

TEST_P(SmartReading, page_that_comes_twice_adds_nothing) {
  json document = scenario().document();
  const json one = account();
  const json seen = first_case(one);
  for (json& each : document["cases"])
    if (each.at("caseNumber") == seen.at("caseNumber")) {
      json& list = each["views"].contains("tx-smart") && each["views"]["tx-smart"].contains("payments")
                       ? each["views"]["tx-smart"]["payments"]
                       : each["payments"];
      for (int i = 0; i < 25; ++i)
        list.push_back({{"id", "TX-MORE" + std::to_string(i)},
                        {"amountCents", 1000 + i},
                        {"collectionDate", "2025-12-" + std::to_string(10 + i % 20)},
                        {"postedDate", nullptr},
                        {"source", "direct"},
                        {"status", "received"},
                        {"allocations", json::array()},
                        {"adjusts", nullptr},
                        {"ref", nullptr}});
    }
  use(document);
  const SecretBytes session = sign_in(one);
  Facts right = expected(first_case(one), person_of(one), Dataset::payments);
  std::sort(right.begin(), right.end());
  add_fault("GetPayments", "duplicate_page", json::object(), 0, 1);
  Facts read = read_facts(session, first_case(one), Dataset::payments);
  std::sort(read.begin(), read.end());
  EXPECT_EQ(read, right);
}

TEST_P(SmartReading, SM_12_reversal_and_its_payment_stay_two_entries) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  const auto read = read_one(session, first_case(one), Dataset::payments);
  const auto& payments = list_of<model::Payment>(read);
  int pairs = 0;
  for (const auto& reversal : payments)
    for (const auto& payment : payments)
      if (reversal.adjusts && payment.key == *reversal.adjusts) {
        EXPECT_EQ(payment.amount.cents + reversal.amount.cents, 0);
        ++pairs;
      }
  if (pairs == 0) GTEST_SKIP() << "no reversal in the scenario";
}

TEST_P(SmartReading, SM_15_closed_for_posting_and_a_proxy_page_are_no_credential_errors) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  add_fault("*", "posting_window", {{"untilSeconds", 1800}});
  const auto closed = adapter().list_cases(context(), session);
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, TroubleCode::source_maintenance);
  EXPECT_EQ(closed.error().retry_at, now() + std::chrono::seconds{1800});
  clear_faults();
  add_fault("GetCases", "html_502");
  const std::size_t before = calls("GetCases").size();
  const auto away = adapter().list_cases(context(), session);
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().code, TroubleCode::source_unavailable);
  EXPECT_EQ(calls("GetCases").size() - before, 2U);
}

TEST_P(SmartReading, rate_limit_ends_the_datasets_that_follow) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  add_fault("GetBalance", "rate_limit", {{"retryAfter", 20}});
  const auto content = read(session, first_case(one), {Dataset::balances, Dataset::payments});
  ASSERT_TRUE(content);
  for (const model::DatasetAnswer& each : content->datasets) {
    EXPECT_EQ(trouble_of(each).code, TroubleCode::source_rate_limited);
    EXPECT_EQ(trouble_of(each).retry_at, now() + std::chrono::seconds{20});
  }
  EXPECT_TRUE(calls("GetPayments").empty());
}

TEST_P(SmartReading, SM_16_document_is_whole_or_refused) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  const json documents = scenario().list(first_case(one), "documents");
  if (documents.empty()) GTEST_SKIP() << "no document in the scenario";
  const std::string number = first_case(one).at("caseNumber").get<std::string>();
  const std::string key = documents.front().at("id").get<std::string>();
  const auto whole = adapter().read_document(context(), session, number, key);
  ASSERT_TRUE(whole);
  EXPECT_TRUE(std::get<model::DocumentContent>(*whole).bytes.starts_with("%PDF-"));
  add_fault("GetDocument", "base64_broken");
  const auto broken = adapter().read_document(context(), session, number, key);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, TroubleCode::source_changed);
}

TEST_P(SmartReading, case_of_somebody_else_is_not_there) {
  const SecretBytes session = sign_in(account());
  const auto refused = read(session, {{"caseNumber", "0999999999"}}, {Dataset::balances});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_not_found);
}

TEST_P(SmartReading, SM_17_nothing_secret_is_in_logs_or_errors) {
  const json one = account();
  ASSERT_FALSE(begin(one.at("username").get<std::string>(), "Not-The-Word-99"));
  const SecretBytes session = sign_in(one);
  add_fault("GetBalance", "drift");
  (void)read_one(session, first_case(one), Dataset::balances);
  (void)read_one(session, first_case(one), Dataset::payments);
  const std::string log = side().log_text();
  ASSERT_FALSE(log.empty());
  for (const std::string& secret :
       {one.at("username").get<std::string>(), one.at("password").get<std::string>(),
        std::string("Not-The-Word-99"), latest_code(person_of(one)), std::string(session.reveal())})
    EXPECT_EQ(log.find(secret), std::string::npos);
}

TEST_P(SmartReading, SM_18_intercepts_cross_the_border_as_one_class) {
  json document = scenario().document();
  const json one = account();
  const json seen = first_case(one);
  for (json& each : document["cases"])
    if (each.at("caseNumber") == seen.at("caseNumber")) {
      each["views"].erase("tx-smart");
      int next = 0;
      const char* const kinds[] = {"federal_tax_offset", "state_tax_offset", "federal_admin_offset",
                                   "unemployment",       "workers_comp",     "lottery",
                                   "garnishment"};
      for (json& payment : each["payments"]) payment["source"] = kinds[next++ % 7];
    }
  use(document);
  const SecretBytes session = sign_in(one);
  const auto read = read_one(session, first_case(one), Dataset::payments);
  ASSERT_FALSE(list_of<model::Payment>(read).empty());
  for (const auto& payment : list_of<model::Payment>(read)) {
    EXPECT_EQ(payment.source.value, model::SourceClass::involuntary_other);
    EXPECT_TRUE(payment.source.raw.empty());
  }
}

TEST_P(SmartReading, protected_case_shows_neither_county_nor_detail_nor_documents) {
  json document = scenario().document();
  const json one = account();
  const json seen = first_case(one);
  for (json& each : document["cases"])
    if (each.at("caseNumber") == seen.at("caseNumber"))
      for (json& part : each["participants"])
        if (part.at("person") != person_of(one)) part["familyViolence"] = "P";
  use(document);
  const SecretBytes session = sign_in(one);
  for (const Dataset dataset : read_datasets)
    EXPECT_EQ(read_facts(session, first_case(one), dataset),
              expected(first_case(one), person_of(one), dataset))
        << model::name_of(dataset);
}

INSTANTIATE_TEST_SUITE_P(Smart, SmartReading,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain),
                         [](const auto& one) {
                           return one.param == Simulator::Carrier::tls ? "tls" : "plain";
                         });

}  // namespace
}  // namespace casebridge::conformance
