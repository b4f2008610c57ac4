// How strict Kansas' answers are read, and what its troubles mean: KS-10, KS-16, KS-18 and KS-19.
#include "tests/conformance/kansas_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

class KansasStrict : public KansasSuite {
 protected:
  // How the reading of one dataset ends while a fault is on.
  TroubleCode ending(const char* op, const char* kind, Dataset dataset, const json& params = json::object()) {
    clear_faults();
    add_fault(op, kind, params);
    const json one = account();
    return trouble_of(read_one(one, first_case(one), dataset)).code;
  }
};

TEST_P(KansasStrict, KS_10_wrong_sum_spoils_every_figure_of_the_answer) {
  for (const Dataset dataset :
       {Dataset::balances, Dataset::orders, Dataset::payments, Dataset::disbursements})
    EXPECT_EQ(ending("GetFinancial", "sum_mismatch", dataset), TroubleCode::source_changed);
  // The case itself is told by other answers.
  const json one = account();
  const auto told = read_one(one, first_case(one), Dataset::cases);
  EXPECT_EQ(list_of<model::Case>(told).at(0).number, text(first_case(one), "caseNumber"));
}

TEST_P(KansasStrict, KS_16_system_code_makes_data_unusable) {
  for (const char* kind : {"status_901", "status_902", "provider_down"}) {
    EXPECT_EQ(ending("*", kind, Dataset::payments), TroubleCode::source_unavailable) << kind;
    EXPECT_EQ(ending("*", kind, Dataset::cases), TroubleCode::source_unavailable) << kind;
  }
}

TEST_P(KansasStrict, KS_19_what_xml_must_not_have_is_refused_whole) {
  for (const char* kind : {"dtd", "deep_xml", "niem5", "drift", "truncate_clean", "malformed",
                           "wrong_content_type", "empty_body", "oversize"})
    EXPECT_EQ(ending("GetFinancial", kind, Dataset::balances), TroubleCode::source_changed) << kind;
}

TEST_P(KansasStrict, lost_read_is_made_again_once_with_another_assertion) {
  const json one = account();
  const json seen = first_case(one);
  for (const char* kind : {"reset", "truncate", "lost_answer"}) {
    clear_faults();
    const std::size_t before = calls("GetFinancial").size();
    add_fault("GetFinancial", kind, json::object(), 0, 1);
    // A second use of the same token would have been refused.
    EXPECT_EQ(read_facts(one, seen, Dataset::payments), expected(one, seen, Dataset::payments)) << kind;
    EXPECT_EQ(calls("GetFinancial").size() - before, 2U) << kind;
  }
  const std::size_t before = calls("GetFinancial").size();
  EXPECT_EQ(ending("GetFinancial", "reset", Dataset::payments), TroubleCode::source_unavailable);
  EXPECT_EQ(calls("GetFinancial").size() - before, 2U);
}

TEST_P(KansasStrict, proxy_error_is_no_answer_and_its_wait_is_heeded) {
  const json one = account();
  add_fault("GetFinancial", "http_status", {{"status", 503}, {"retryAfter", 40}});
  const auto told = read_one(one, first_case(one), Dataset::balances);
  EXPECT_EQ(trouble_of(told).code, TroubleCode::source_unavailable);
  EXPECT_EQ(trouble_of(told).retry_at, now() + std::chrono::seconds{40});
  EXPECT_EQ(calls("GetFinancial").size(), 1U);
}

TEST_P(KansasStrict, maintenance_says_when_it_ends_and_stops_the_reading) {
  const json one = account();
  add_fault("*", "maintenance", {{"untilSeconds", 1800}});
  const auto content =
      read(one, text(first_case(one), "caseNumber"), {Dataset::cases, Dataset::payments, Dataset::contacts});
  ASSERT_TRUE(content);
  for (const auto& answer : content->datasets) {
    EXPECT_EQ(trouble_of(answer).code, TroubleCode::source_maintenance);
    EXPECT_EQ(trouble_of(answer).retry_at, now() + std::chrono::seconds{1800});
  }
  EXPECT_EQ(calls().size(), 1U);
}

TEST_P(KansasStrict, state_that_does_not_answer_in_time_is_not_asked_again) {
  const json one = account();
  Reach reach{"ks-quick", simulator().origin("ks-quick"), simulator().ca_file(), R"({"deadline_ms": 300})"};
  reach.entry_json =
      trusting_entry(key(), simulator(), scenario().option("trustedAssertionIssuers", json::array()));
  GatewaySide impatient(reach, now());
  add_fault("GetFinancial", "hang", json::object(), 0, 1);
  const SecretBytes session = SecretBytes::copy_of(text(one, "personNumber"));
  const auto answered = impatient.adapter().read_case(
      context(one), session, {text(first_case(one), "caseNumber"), {Dataset::payments}});
  ASSERT_TRUE(answered);
  EXPECT_EQ(trouble_of(std::get<model::CaseContent>(*answered).datasets.at(0)).code,
            TroubleCode::source_timeout);
  EXPECT_EQ(calls("GetFinancial").size(), 1U);
}

TEST_P(KansasStrict, KS_18_nothing_of_the_parent_is_in_logs_or_errors) {
  const json one = account();
  const json seen = first_case(one);
  (void)step_of(begin(one));
  (void)read_facts(one, seen, Dataset::cases);
  add_fault("GetFinancial", "drift");
  const auto told = read_one(one, seen, Dataset::balances);
  clear_faults();
  add_fault("*", "jwks_rotated");
  const auto refused = begin(one);
  ASSERT_FALSE(refused);
  const std::string log = side().log_text();
  ASSERT_FALSE(log.empty());
  const json person = scenario().person(text(one, "person"));
  std::vector<std::string> secrets{"eyJ", text(one, "subject"), text(one, "personNumber"),
                                   text(seen, "caseNumber")};
  for (const char* member : {"dob", "ssn"})
    if (person.contains(member) && person.at(member).is_string()) secrets.push_back(text(person, member));
  for (const std::string& text_that : {log, trouble_of(told).detail, refused.error().detail})
    for (const std::string& secret : secrets) EXPECT_EQ(text_that.find(secret), std::string::npos) << secret;
}

INSTANTIATE_TEST_SUITE_P(Kansas, KansasStrict,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain),
                         kansas_carrier_name);

}  // namespace
}  // namespace casebridge::conformance
