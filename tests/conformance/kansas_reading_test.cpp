// Reading from Kansas: every dataset against the scenario, KS-05 to KS-09, KS-11 to KS-14 and KS-17.
#include <numeric>

#include "core/federation/projection.hpp"
#include "tests/conformance/kansas_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

const std::vector<Dataset> every_dataset(std::begin(model::all_datasets), std::end(model::all_datasets));

class KansasReading : public KansasSuite {
 protected:
  const model::BalanceLine* line(const std::vector<model::BalanceLine>& lines, model::Bucket bucket) const {
    for (const auto& one : lines)
      if (one.bucket.value == bucket) return &one;
    return nullptr;
  }
  std::vector<model::Payment> payments(const json& credential, const json& one_case) {
    return list_of<model::Payment>(read_one(credential, one_case, Dataset::payments));
  }
};

TEST_P(KansasReading, every_dataset_of_every_case_is_what_the_scenario_says) {
  int seen = 0;
  (void)scenario().credential([&](const json& one) {
    SCOPED_TRACE(text(one, "id"));
    std::vector<std::string> keys, expected_keys;
    const auto listed = adapter().list_cases(context(one), sign_in(one));
    if (!listed) ADD_FAILURE() << listed.error().row().name;
    for (const auto& each : std::get<model::CaseList>(*listed).cases) keys.push_back(each.key);
    for (const json& each : quick_cases(scenario(), text(one, "person"))) {
      if (is_kept_back(each)) continue;
      expected_keys.push_back(text(each, "caseNumber"));
      const auto content = read(one, text(each, "caseNumber"), every_dataset);
      if (!content) ADD_FAILURE() << content.error().row().name;
      for (const auto& answer : content->datasets) {
        const bool told = std::find(std::begin(quick_datasets), std::end(quick_datasets), answer.dataset) !=
                          std::end(quick_datasets);
        EXPECT_EQ(std::holds_alternative<model::Unsupported>(answer.answer), !told);
        if (!told) continue;
        EXPECT_EQ(sorted(facts_of(records_of(answer))), sorted(expected(one, each, answer.dataset)))
            << model::name_of(answer.dataset);
      }
      ++seen;
    }
    EXPECT_EQ(sorted(keys), sorted(expected_keys));
    return false;
  });
  EXPECT_GT(seen, 0);
}

TEST_P(KansasReading, four_requests_answer_every_dataset_of_a_case) {
  const json one = account();
  ASSERT_TRUE(read(one, text(first_case(one), "caseNumber"), every_dataset));
  for (const char* op : {"GetFinancial", "GetCaseActivities", "GetCaseParticipants", "GetContactInformation"})
    EXPECT_EQ(calls(op).size(), 1U) << op;
}

TEST_P(KansasReading, KS_05_prohibited_case_is_answered_like_one_that_is_not_there) {
  const json one = account();
  const json seen = first_case(one);
  const json nowhere{{"caseNumber", "0999999999"}};
  use(with_risk(seen));
  for (const Dataset dataset : quick_datasets) {
    if (dataset == Dataset::cases) continue;
    const auto prohibited_answer = read_one(one, seen, dataset);
    const auto missing_answer = read_one(one, nowhere, dataset);
    const Trouble& prohibited = trouble_of(prohibited_answer);
    const Trouble& missing = trouble_of(missing_answer);
    EXPECT_EQ(prohibited.code, TroubleCode::source_not_found);
    EXPECT_EQ(missing.code, prohibited.code);
    EXPECT_EQ(missing.detail, prohibited.detail);
    EXPECT_EQ(missing.field, prohibited.field);
    EXPECT_EQ(missing.retry_at, prohibited.retry_at);
    EXPECT_EQ(missing.remedy_action, prohibited.remedy_action);
  }
  // With the case itself the level is told to the gateway, and to nobody else.
  const auto record_answer = read_one(one, seen, Dataset::cases);
  const auto& hidden = list_of<model::Case>(record_answer).at(0);
  EXPECT_EQ(hidden.safety, model::SafetyLevel::case_blocked);
  EXPECT_FALSE(federation::project(hidden, federation::viewer_of(hidden, model::SafetyLevel::none)));
  EXPECT_TRUE(list_of<model::Case>(read_one(one, nowhere, Dataset::cases)).empty());
  // One request each, whichever it was: neither takes longer.
  const auto sizes = [&] { return calls().size(); };
  const std::size_t before = sizes();
  (void)read(one, text(seen, "caseNumber"), every_dataset);
  const std::size_t between = sizes();
  (void)read(one, text(nowhere, "caseNumber"), every_dataset);
  EXPECT_EQ(between - before, 1U);
  EXPECT_EQ(sizes() - between, 1U);
}

TEST_P(KansasReading, KS_05_case_with_anybody_at_risk_is_neither_listed_nor_told) {
  const json one = account();
  const json seen = first_case(one);
  for (const json& part : seen.at("participants")) {
    use(with_risk(seen, text(part, "person")));
    const auto listed = adapter().list_cases(context(one), sign_in(one));
    ASSERT_TRUE(listed);
    for (const auto& each : std::get<model::CaseList>(*listed).cases)
      EXPECT_NE(each.key, text(seen, "caseNumber"));
    const auto content = read(one, text(seen, "caseNumber"), every_dataset);
    ASSERT_TRUE(content);
    EXPECT_EQ(list_of<model::Case>(content->datasets[0]).at(0).safety, model::SafetyLevel::case_blocked);
  }
}

TEST_P(KansasReading, KS_06_after_a_prohibition_nothing_of_an_earlier_answer_is_left) {
  const json one = account();
  const json seen = first_case(one);
  add_fault("*", "fvi_late");
  const auto content = read(one, text(seen, "caseNumber"), every_dataset);
  ASSERT_TRUE(content);
  EXPECT_EQ(calls().size(), 2U);  // the first was answered
  for (const auto& answer : content->datasets) {
    if (answer.dataset != Dataset::cases) {
      EXPECT_EQ(trouble_of(answer).code, TroubleCode::source_not_found);
      continue;
    }
    const auto& hidden = list_of<model::Case>(answer).at(0);
    EXPECT_EQ(hidden.safety, model::SafetyLevel::case_blocked);
    EXPECT_TRUE(hidden.participants.empty());
    EXPECT_TRUE(hidden.intergov.empty());
    EXPECT_EQ(hidden.viewer_role.value, model::Role::unknown);
    EXPECT_FALSE(hidden.opened);
  }
}

TEST_P(KansasReading, KS_07_days_that_mean_none_are_absent) {
  const json one = account();
  const json seen = first_case(one);
  const auto plain = [&](Dataset dataset) { return read_facts(one, seen, dataset); };
  std::vector<Facts> right;
  for (const Dataset dataset : quick_datasets) right.push_back(plain(dataset));
  add_fault("*", "sentinel_mix");
  std::size_t at = 0;
  for (const Dataset dataset : quick_datasets) EXPECT_EQ(plain(dataset), right[at++]);
  const auto cases = read_one(one, seen, Dataset::cases);
  const auto& record = list_of<model::Case>(cases).at(0);
  EXPECT_EQ(record.closed.known(), !seen.at("closed").is_null());
  for (const auto& person : record.participants) EXPECT_EQ(person.birth_date.known(), person.is_self);
}

TEST_P(KansasReading, KS_08_secondary_obligation_is_told_and_never_added) {
  json owner = account();
  json seen = first_case(owner);
  for (const json& credential : scenario().document().at("credentials"))
    for (const json& each : quick_cases(scenario(), text(credential, "person")))
      for (const json& order : each.at("orders"))
        for (const json& owed : order.at("obligations"))
          if (credential.at("system") == "ks-quick" && credential.at("state") == "active" &&
              owed.value("concurrent", "none") == "secondary" && !is_kept_back(each)) {
            owner = credential;
            seen = each;
          }
  std::int64_t total = 0;
  for (const json& balance : scenario().list(seen, "balances"))
    if (balance.at("bucket") == "total_arrears" && balance.value("concurrent", "none") != "secondary")
      total += balance.at("amountCents").get<std::int64_t>();
  const auto balances = read_one(owner, seen, Dataset::balances);
  const auto* arrears = line(list_of<model::BalanceLine>(balances), model::Bucket::total_arrears);
  ASSERT_NE(arrears, nullptr);
  EXPECT_EQ(arrears->amount.cents, total);
  EXPECT_TRUE(arrears->is_aggregate);
  std::map<std::string, int> told, said;
  const auto orders = read_one(owner, seen, Dataset::orders);
  for (const auto& order : list_of<model::Order>(orders))
    for (const auto& owed : order.obligations) ++told[std::string(model::name_of(owed.concurrent.value))];
  for (const json& order : seen.at("orders"))
    for (const json& owed : order.at("obligations")) ++said[owed.value("concurrent", "none")];
  EXPECT_EQ(told, said);
}

TEST_P(KansasReading, KS_09_empty_amount_is_not_provided_and_zero_is_zero) {
  const json one = account();
  const json seen = first_case(one);
  const auto balances = read_one(one, seen, Dataset::balances);
  const auto* fee = line(list_of<model::BalanceLine>(balances), model::Bucket::fee);
  ASSERT_NE(fee, nullptr);
  add_fault("GetFinancial", "empty_amounts");
  EXPECT_EQ(read_facts(one, seen, Dataset::balances), Facts{});
  const auto orders = read_one(one, seen, Dataset::orders);
  for (const auto& order : list_of<model::Order>(orders)) EXPECT_TRUE(order.obligations.empty());
  // Payments have their amounts still.
  EXPECT_EQ(read_facts(one, seen, Dataset::payments), expected(one, seen, Dataset::payments));
}

TEST_P(KansasReading, KS_11_last_payment_is_a_figure_and_no_entry) {
  const json one = account();
  const json seen = first_case(one);
  EXPECT_EQ(payments(one, seen).size(), expected(one, seen, Dataset::payments).size());
  const auto balances = read_one(one, seen, Dataset::balances);
  const auto* last = line(list_of<model::BalanceLine>(balances), model::Bucket::last_payment);
  const std::string today = model::Date::in_zone(now(), "America/Chicago")->text();
  std::string newest;
  std::int64_t sum = 0;
  for (const json& payment : scenario().list(seen, "payments")) {
    if (payment.at("amountCents").get<std::int64_t>() <= 0 || payment.at("status") == "pending" ||
        payment.at("status") == "received" || payment.at("status") == "held" ||
        text(payment, "collectionDate") > today)
      continue;
    if (text(payment, "collectionDate") > newest) {
      newest = text(payment, "collectionDate");
      sum = 0;
    }
    if (text(payment, "collectionDate") == newest) sum += payment.at("amountCents").get<std::int64_t>();
  }
  if (newest.empty()) GTEST_SKIP() << "no payment in the scenario";
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->amount.cents, sum);
  EXPECT_TRUE(last->is_aggregate);
}

TEST_P(KansasReading, KS_12_intercepts_cross_the_border_as_one_class) {
  const json one = account();
  const json seen = first_case(one);
  const auto today = model::Date::utc(now());
  use(changed(seen, [&](json& each) {
    each["views"].erase("ks-quick");
    const json kinds{"federal_tax_offset", "state_tax_offset", "unemployment", "federal_admin_offset"};
    json list = json::array();
    for (std::size_t i = 0; i < kinds.size(); ++i)
      list.push_back({{"id", "INT-" + std::to_string(i)},
                      {"amountCents", 1000},
                      {"collectionDate", today.plus_days(-30 - static_cast<int>(i / 2)).text()},
                      {"postedDate", nullptr},
                      {"source", kinds[i]},
                      {"status", "applied"},
                      {"allocations", json::array()},
                      {"adjusts", nullptr},
                      {"ref", nullptr}});
    each["payments"] = list;
  }));
  const auto told = payments(one, seen);
  ASSERT_EQ(told.size(), 4U);
  std::set<std::string> keys;
  for (const auto& payment : told) {
    EXPECT_EQ(payment.source.value, model::SourceClass::involuntary_other);
    EXPECT_TRUE(payment.source.raw.empty());
    keys.insert(payment.key);
    for (const char* code : {"UBI", "FTO", "STO", "FAO"})
      EXPECT_EQ(payment.key.find(code), std::string::npos);
  }
  EXPECT_EQ(keys.size(), 4U);
}

TEST_P(KansasReading, KS_13_both_spellings_of_former_assistance_are_understood) {
  const json one = account();
  const json seen = first_case(one);
  use(changed(seen, [](json& each) { each["caseType"] = "former_assistance"; }));
  for (const char* kind : {"", "correct_spelling"}) {
    if (*kind != '\0') add_fault("GetFinancial", kind);
    const auto told = read_one(one, seen, Dataset::cases);
    EXPECT_EQ(list_of<model::Case>(told).at(0).assistance.value, model::Assistance::former_assistance)
        << kind;
  }
}

TEST_P(KansasReading, KS_14_ninety_payments_with_more_are_a_limited_history) {
  const json one = account();
  const json seen = first_case(one);
  EXPECT_FALSE(std::get<model::DatasetContent>(read_one(one, seen, Dataset::payments).answer).history_from);
  EXPECT_EQ(side().log_text().find("history_cut"), std::string::npos);
  add_fault("GetFinancial", "ninety");
  const auto told = read_one(one, seen, Dataset::payments);
  const auto listed = list_of<model::Payment>(told);
  EXPECT_EQ(listed.size(), 90U);
  model::Date oldest = *listed.front().collected;
  for (const model::Payment& payment : listed) oldest = std::min(oldest, *payment.collected);
  EXPECT_EQ(std::get<model::DatasetContent>(told.answer).history_from, oldest);
  EXPECT_NE(side().log_text().find("history_cut"), std::string::npos);
}

TEST_P(KansasReading, list_longer_than_it_may_be_is_kept_whole) {
  const json one = account();
  add_fault("GetFinancial", "ninety_one");
  EXPECT_EQ(payments(one, first_case(one)).size(), 91U);
}

TEST_P(KansasReading, payment_of_before_the_time_that_was_asked_for_is_dropped) {
  const json one = account();
  const json seen = first_case(one);
  add_fault("GetFinancial", "old_payments");
  EXPECT_EQ(read_facts(one, seen, Dataset::payments), expected(one, seen, Dataset::payments));
  EXPECT_NE(side().log_text().find("record_dropped"), std::string::npos);
}

TEST_P(KansasReading, code_that_nobody_knows_is_kept_and_drops_no_record) {
  const json one = account();
  const json seen = first_case(one);
  if (expected(one, seen, Dataset::payments).empty()) GTEST_SKIP() << "no payment in the scenario";
  add_fault("GetFinancial", "unknown_source");
  const auto told = payments(one, seen);
  ASSERT_EQ(told.size(), expected(one, seen, Dataset::payments).size());
  EXPECT_TRUE(std::any_of(told.begin(), told.end(), [](const model::Payment& payment) {
    return payment.source.value == model::SourceClass::unknown && payment.source.raw == std::string(3, 'X');
  }));
}

TEST_P(KansasReading, other_prefixes_change_nothing) {
  const json one = account();
  const json seen = first_case(one);
  add_fault("*", "other_prefix");
  for (const Dataset dataset : quick_datasets)
    EXPECT_EQ(sorted(read_facts(one, seen, dataset)), sorted(expected(one, seen, dataset)));
}

TEST_P(KansasReading, KS_17_reference_to_another_state_is_told_with_its_role) {
  const json one = account();
  const json seen = first_case(one);
  use(changed(seen, [](json& each) {
    each["intergov"] = {{{"otherState", "CA"},
                         {"otherLocator", "0600000"},
                         {"otherCaseId", "2000012345678"},
                         {"role", "responding"},
                         {"since", "2021-05-01"}}};
  }));
  const auto told = read_one(one, seen, Dataset::cases);
  const auto& references = list_of<model::Case>(told).at(0).intergov;
  ASSERT_EQ(references.size(), 1U);
  EXPECT_EQ(references[0].other_state, "CA");
  EXPECT_EQ(*references[0].other_locator, "0600000");
  EXPECT_EQ(*references[0].other_case, "2000012345678");
  EXPECT_EQ(references[0].my_role.value, model::IntergovRole::responding);
  EXPECT_EQ(references[0].since->text(), "2021-05-01");
}

INSTANTIATE_TEST_SUITE_P(Kansas, KansasReading,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain),
                         kansas_carrier_name);

}  // namespace
}  // namespace casebridge::conformance
