// Reading from Texas: every dataset against the scenario, TX-04, TX-05, TX-13 to TX-15, TX-17 to TX-19.
#include <algorithm>
#include <numeric>

#include "core/model/adapter_codec.hpp"
#include "tests/conformance/texas_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

class TexasReading : public TexasSuite {
 protected:
  // An account that needs no second step, if there is one, and a case of its owner with the property.
  struct Found {
    json credential;
    json one_case;
  };
  std::optional<Found> find(
      const std::function<bool(const json& one_case, const std::string& person)>& holds) {
    std::optional<Found> found;
    (void)scenario().credential([&](const json& credential) {
      const auto person = credential.at("person").get<std::string>();
      for (const json& one : scenario().cases_of(person))
        if (!found && holds(one, person)) found = Found{credential, one};
      return found.has_value();
    });
    return found;
  }
  std::optional<Found> with_list(const std::string& name) {
    return find([&](const json& one, const std::string&) { return !scenario().list(one, name).empty(); });
  }
};

TEST_P(TexasReading, every_dataset_of_every_case_is_what_the_scenario_says) {
  int signed_in = 0;
  (void)scenario().credential([&](const json& credential) {
    if (++signed_in > 5) return true;
    SCOPED_TRACE(credential.at("id").get<std::string>());
    const SignedIn in = sign_in(credential);
    const auto cases = scenario().cases_of(in.person());
    const auto listed = adapter().list_cases(context(), in.done.session);
    if (!listed) ADD_FAILURE() << listed.error().row().name;
    std::vector<std::string> keys, expected_keys;
    for (const auto& one : std::get<model::CaseList>(*listed).cases) keys.push_back(one.key);
    for (const json& one : cases) expected_keys.push_back(one.at("caseNumber").get<std::string>());
    EXPECT_EQ(keys, expected_keys);
    const json& first = cases.front();
    const std::vector<Dataset> all(std::begin(model::all_datasets), std::end(model::all_datasets));
    const auto content = read(in.done.session, first, all);
    if (!content) ADD_FAILURE() << content.error().row().name;
    for (const model::DatasetAnswer& answer : content->datasets)
      EXPECT_EQ(facts_of(records_of(answer)), expected_facts(view(first, in.person()), answer.dataset))
          << model::name_of(answer.dataset);
    return false;
  });
  EXPECT_GT(signed_in, 0);
}

TEST_P(TexasReading, profile_is_the_parents_own) {
  const SignedIn in = sign_in();
  const auto answered = adapter().read_profile(context(), in.done.session);
  ASSERT_TRUE(answered);
  const auto& profile = std::get<model::Profile>(*answered);
  const json person = scenario().person(in.person());
  EXPECT_EQ(profile.mailing_address.known(), !person.at("address").is_null());
  if (profile.mailing_address) {
    EXPECT_EQ(profile.mailing_address->line1, person.at("address").at("line1"));
    EXPECT_EQ(profile.mailing_address->city, person.at("address").at("city"));
  }
  EXPECT_EQ(profile.email.known(), !person.at("email").is_null());
}

TEST_P(TexasReading, TX_04_error_inside_an_http_200_is_an_error_and_its_data_are_not_used) {
  const auto found = with_list("balances");
  if (!found) GTEST_SKIP() << "no case with balances";
  const SignedIn in = sign_in(found->credential);
  add_fault("balances", "ok_with_error");
  const auto content = read(in.done.session, found->one_case, {Dataset::balances, Dataset::orders});
  ASSERT_TRUE(content);
  EXPECT_EQ(trouble_of(content->datasets[0]).code, TroubleCode::source_unavailable);
  EXPECT_NO_THROW(records_of(content->datasets[1]));
  const auto logged = calls("balances");
  ASSERT_EQ(logged.size(), 1U);
  EXPECT_EQ(logged[0].at("status"), 200);
}

TEST_P(TexasReading, TX_05_amounts_are_the_same_cents_in_every_spelling) {
  const auto found = with_list("balances");
  if (!found) GTEST_SKIP() << "no case with balances";
  const SignedIn in = sign_in(found->credential);
  const Facts expected = expected_facts(view(found->one_case, in.person()), Dataset::balances);
  for (const char* style : {"string", "number", "mixed"}) {
    simulator().post("/control/faults", {{"clear", true}});
    add_fault("balances", "amount_style", {{"style", style}});
    EXPECT_EQ(facts_of(records_of(read_one(in.done.session, found->one_case, Dataset::balances))), expected)
        << style;
  }
}

TEST_P(TexasReading, answer_that_left_the_document_gives_no_amount_at_all) {
  const auto found = with_list("balances");
  if (!found) GTEST_SKIP() << "no case with balances";
  const SignedIn in = sign_in(found->credential);
  for (const char* kind :
       {"drift", "truncate_clean", "malformed", "wrong_content_type", "empty_body", "oversize"}) {
    simulator().post("/control/faults", {{"clear", true}});
    add_fault("balances", kind);
    EXPECT_EQ(trouble_of(read_one(in.done.session, found->one_case, Dataset::balances)).code,
              TroubleCode::source_changed)
        << kind;
  }
}

TEST_P(TexasReading, TX_13_unknown_codes_are_kept_and_no_record_is_lost) {
  const auto found = find([&](const json& one, const std::string& person) {
    return !expected_payments(view(one, person)).empty();
  });
  if (!found) GTEST_SKIP() << "no case with payments";
  const SignedIn in = sign_in(found->credential);
  add_fault("payments", "unknown_code");
  const auto answer = read_one(in.done.session, found->one_case, Dataset::payments);
  const auto& payments = list_of<model::Payment>(answer);
  EXPECT_EQ(payments.size(), expected_payments(view(found->one_case, in.person())).size());
  EXPECT_EQ(payments.at(0).source.value, model::SourceClass::unknown);
  EXPECT_EQ(payments.at(0).source.raw, "ZZZ");
}

TEST_P(TexasReading, TX_14_totals_are_marked_and_never_added_to_components) {
  const auto found = find([&](const json& one, const std::string&) {
    const json lines = scenario().list(one, "balances");
    return std::any_of(lines.begin(), lines.end(),
                       [](const json& line) { return line.at("aggregate") == true; });
  });
  if (!found) GTEST_SKIP() << "no case with a total";
  const SignedIn in = sign_in(found->credential);
  const auto answer = read_one(in.done.session, found->one_case, Dataset::balances);
  std::int64_t components = 0, expected = 0;
  int totals = 0;
  for (const auto& line : list_of<model::BalanceLine>(answer)) {
    const bool total =
        line.bucket.value == model::Bucket::total_owed || line.bucket.value == model::Bucket::total_arrears;
    EXPECT_EQ(line.is_aggregate, total);
    totals += line.is_aggregate ? 1 : 0;
    components += line.is_aggregate ? 0 : line.amount.cents;
  }
  for (const json& line : expected_balances(view(found->one_case, in.person())))
    if (line.at("aggregate") == false) expected += line.at("amountCents").get<std::int64_t>();
  EXPECT_GT(totals, 0);
  EXPECT_EQ(components, expected);
}

TEST_P(TexasReading, TX_15_dates_without_a_value_are_absent_in_every_form) {
  const auto found = with_list("orders");
  if (!found) GTEST_SKIP() << "no case with orders";
  const SignedIn in = sign_in(found->credential);
  for (const char* kind : {"null_fields", "drop_fields"}) {
    simulator().post("/control/faults", {{"clear", true}});
    add_fault("orders", kind);
    add_fault("case", kind);
    const auto orders = read_one(in.done.session, found->one_case, Dataset::orders);
    for (const auto& order : list_of<model::Order>(orders)) {
      EXPECT_FALSE(order.ends.known()) << kind;
      EXPECT_EQ(order.ends.reason(), Missing::absent) << kind;
      EXPECT_EQ(order.cancelled.reason(), Missing::absent) << kind;
      for (const auto& owed : order.obligations)
        EXPECT_EQ(owed.arrears_amount.reason(), Missing::not_provided);
    }
    const auto cases = read_one(in.done.session, found->one_case, Dataset::cases);
    const auto& one = list_of<model::Case>(cases).at(0);
    EXPECT_EQ(one.closed.reason(), Missing::absent) << kind;
    for (const auto& part : one.participants) EXPECT_EQ(part.birth_date.reason(), Missing::absent) << kind;
  }
}

TEST_P(TexasReading, TX_17_involuntary_sources_cross_the_border_as_one_class) {
  const auto found = find([&](const json& one, const std::string& person) {
    return !expected_payments(view(one, person)).empty();
  });
  if (!found) GTEST_SKIP() << "no case with payments";
  const char* const sources[] = {"federal_tax_offset", "state_tax_offset", "federal_admin_offset",
                                 "unemployment",       "workers_comp",     "lottery",
                                 "garnishment"};
  for (const char* source : sources) {
    json document = scenario().document();
    for (json& one : document["cases"]) {
      if (one.at("caseNumber") != found->one_case.at("caseNumber")) continue;
      for (json& payment : one["payments"]) payment["source"] = source;
      if (one["views"].contains("tx-icop") && one["views"]["tx-icop"].contains("payments"))
        for (json& payment : one["views"]["tx-icop"]["payments"]) payment["source"] = source;
    }
    use(document);
    const SignedIn in = sign_in(found->credential);
    const auto answer = read_one(in.done.session, found->one_case, Dataset::payments);
    const auto& payments = list_of<model::Payment>(answer);
    ASSERT_FALSE(payments.empty());
    for (std::size_t i = 0; i < payments.size(); ++i) {
      EXPECT_EQ(payments[i].source.value, model::SourceClass::involuntary_other) << source;
      const std::string record = model::encode_record(records_of(answer), i);
      for (const char* word :
           {"TAX", "ADMOFF", "UNEMP", "WCOMP", "LOTT", "GARN", "raw", "offset", "unemployment"})
        EXPECT_EQ(record.find(word), std::string::npos) << word;
    }
  }
}

TEST_P(TexasReading, TX_18_document_must_be_a_whole_pdf) {
  const auto found = find([&](const json& one, const std::string& person) {
    return !expected_facts(view(one, person), Dataset::documents).empty();
  });
  if (!found) GTEST_SKIP() << "no case with a document";
  const SignedIn in = sign_in(found->credential);
  const auto number = found->one_case.at("caseNumber").get<std::string>();
  const auto key = scenario().list(found->one_case, "documents").at(0).at("id").get<std::string>();
  const auto whole = adapter().read_document(context(), in.done.session, number, key);
  ASSERT_TRUE(whole);
  const auto& content = std::get<model::DocumentContent>(*whole);
  EXPECT_EQ(content.media_type, "application/pdf");
  EXPECT_TRUE(content.bytes.starts_with("%PDF-"));
  for (const char* kind : {"pdf_truncated", "pdf_is_html", "truncate_clean", "empty_body"}) {
    simulator().post("/control/faults", {{"clear", true}});
    add_fault("document_content", kind);
    const auto broken = adapter().read_document(context(), in.done.session, number, key);
    ASSERT_FALSE(broken) << kind;
    EXPECT_EQ(broken.error().code, TroubleCode::source_changed) << kind;
  }
}

TEST_P(TexasReading, TX_19_other_states_are_references_with_the_role_of_texas) {
  const auto found = find([](const json& one, const std::string&) { return !one.at("intergov").empty(); });
  if (!found) GTEST_SKIP() << "no case with another state";
  const SignedIn in = sign_in(found->credential);
  const auto answer = read_one(in.done.session, found->one_case, Dataset::cases);
  const auto& refs = list_of<model::Case>(answer).at(0).intergov;
  const json& expected = found->one_case.at("intergov");
  ASSERT_EQ(refs.size(), expected.size());
  for (std::size_t i = 0; i < refs.size(); ++i) {
    EXPECT_EQ(refs[i].other_state, expected[i].at("otherState"));
    EXPECT_EQ(*refs[i].other_case, expected[i].at("otherCaseId"));
    EXPECT_EQ(model::name_of(refs[i].my_role.value), expected[i].at("role"));
  }
}

TEST_P(TexasReading, case_of_somebody_else_is_not_found) {
  const SignedIn in = sign_in();
  const auto refused =
      read(in.done.session, {{"caseNumber", "0000000001"}}, {Dataset::cases, Dataset::orders});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_not_found);
  EXPECT_TRUE(calls("orders").empty());
}

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& carrier) {
  return carrier.param == Simulator::Carrier::tls ? "tls" : "plain";
}
INSTANTIATE_TEST_SUITE_P(Texas, TexasReading,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
