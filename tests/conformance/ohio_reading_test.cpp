// Reading from Ohio: every dataset against the scenario; OH-05, OH-06, OH-11, OH-12, OH-14 to OH-18.
#include <algorithm>

#include "core/model/adapter_codec.hpp"
#include "tests/conformance/ohio_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

const std::vector<Dataset> everything(std::begin(model::all_datasets), std::end(model::all_datasets));

Facts sorted(Facts facts) {
  std::sort(facts.begin(), facts.end());
  return facts;
}

class OhioReading : public OhioSuite {
 protected:
  static std::string number(const json& credential) { return credential.at("caseNumber").get<std::string>(); }

  // An account whose case has the property.
  std::optional<json> find(const std::function<bool(const OhioView&)>& holds) {
    return scenario().credential([&](const json& credential) { return holds(view(credential)); });
  }
  // The account again, in a scenario where its case has been changed.
  json with_case(const json& credential, const std::function<void(json& one_case)>& change) {
    json document = scenario().document();
    for (json& one : document["cases"])
      if (one.at("caseNumber") == credential.at("caseNumber")) change(one);
    use(document);
    return credential;
  }
  std::vector<std::string> encoded(const Result<model::CaseContent>& content) {
    std::vector<std::string> records;
    if (!content) throw std::runtime_error("no content: " + std::string(content.error().row().name));
    for (const model::DatasetAnswer& answer : content->datasets) {
      const auto* told = std::get_if<model::DatasetContent>(&answer.answer);
      if (told == nullptr) continue;
      for (std::size_t i = 0; i < model::count_of(told->records); ++i)
        records.push_back(model::encode_record(told->records, i));
    }
    return records;
  }
};

TEST_P(OhioReading, every_dataset_of_every_case_is_what_the_scenario_says) {
  int signed_in = 0;
  (void)scenario().credential([&](const json& credential) {
    SCOPED_TRACE(credential.at("id").get<std::string>());
    if (++signed_in > 5) return true;
    const OhioSession in = sign_in(credential);
    const auto content = read(in.done.session, number(credential), everything);
    EXPECT_EQ(waits() > 0, is_asynchronous());
    if (!content) {
      ADD_FAILURE() << content.error().row().name;
      return false;
    }
    for (const model::DatasetAnswer& answer : content->datasets) {
      if (answer.dataset == Dataset::disbursements || answer.dataset == Dataset::documents ||
          answer.dataset == Dataset::messages) {
        EXPECT_TRUE(std::holds_alternative<model::Unsupported>(answer.answer));
        continue;
      }
      Facts told = facts_of(records_of(answer));
      // The payment unit is the same for everybody and in no scenario.
      std::erase_if(told, [](const std::string& fact) { return fact.starts_with("contact | sdu"); });
      EXPECT_EQ(sorted(told), sorted(expected_ohio_facts(view(credential), answer.dataset)))
          << model::name_of(answer.dataset);
    }
    return false;
  });
  EXPECT_GT(signed_in, 0);
}

TEST_P(OhioReading, profile_is_the_parents_own) {
  const auto account = find([](const OhioView& view) { return ohio_role(view) == "noncustodial_parent"; });
  if (!account) GTEST_SKIP() << "no account of an obligor";
  const OhioSession in = sign_in(*account);
  SecretBytes resume;
  auto answered = adapter().read_profile(context(), in.done.session);
  for (int i = 0; i < 5 && answered && std::holds_alternative<model::Pending>(*answered); ++i) {
    auto& pending = std::get<model::Pending>(*answered);
    resume = std::move(pending.resume);
    advance(pending.not_before - side().clock().now());
    auto call = context();
    call.resume = &resume;
    answered = adapter().read_profile(call, in.done.session);
  }
  ASSERT_TRUE(answered);
  const auto& profile = std::get<model::Profile>(*answered);
  const json person = scenario().person(in.person());
  EXPECT_EQ(profile.phone, person.at("phone").get<std::string>());
  ASSERT_TRUE(profile.mailing_address);
  EXPECT_EQ(profile.mailing_address->line1, ohio_text(person.at("address").at("line1"), 25));
  EXPECT_EQ(profile.mailing_address->zip, person.at("address").at("zip").get<std::string>());
  EXPECT_EQ(profile.email.reason(), Missing::unsupported);
}

TEST_P(OhioReading, OH_05_negative_total_is_delivered_as_it_is) {
  const auto any = find([](const OhioView& view) { return ohio_sum(view, "total_arrears").is_number(); });
  ASSERT_TRUE(any);
  const json account = with_case(*any, [](json& one) {
    one["views"] = json::object();
    for (json& line : one["balances"])
      if (line.at("bucket") == "total_arrears") line["amountCents"] = -1234;
  });
  const auto lines = read_one(sign_in(account), Dataset::balances);
  int totals = 0;
  for (const auto& line : list_of<model::BalanceLine>(lines)) {
    if (line.bucket.value != model::Bucket::total_arrears) continue;
    ++totals;
    EXPECT_EQ(line.amount.cents, -1234);
    EXPECT_TRUE(line.is_aggregate);
  }
  EXPECT_EQ(totals, 1);
}

TEST_P(OhioReading, OH_06_blank_amount_is_not_provided_and_zeros_are_zero) {
  const auto account = find([](const OhioView& view) { return ohio_sum(view, "total_arrears").is_number(); });
  ASSERT_TRUE(account);
  const json zero = with_case(*account, [](json& one) {
    one["views"] = json::object();
    for (json& line : one["balances"])
      if (line.at("bucket") == "total_arrears") line["amountCents"] = 0;
  });
  const OhioSession in = sign_in(zero);
  const auto told = read_one(in, Dataset::balances);
  const auto& lines = list_of<model::BalanceLine>(told);
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                          [](const model::BalanceLine& line) {
                            return line.bucket.value == model::Bucket::total_arrears &&
                                   line.amount.cents == 0;
                          }),
            1);
  add_fault(answering_op(), "blank_amounts");
  const auto blank = read_one(in, Dataset::balances);
  for (const auto& line : list_of<model::BalanceLine>(blank))
    EXPECT_EQ(line.bucket.value, model::Bucket::interest);
}

TEST_P(OhioReading, OH_11_case_of_somebody_else_is_not_found) {
  const OhioSession in = sign_in(any_account());
  const std::string other = number(in.credential) == "7999999999" ? "7999999998" : "7999999999";
  const auto refused = read(in.done.session, other, {Dataset::cases, Dataset::orders});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_not_found);
  // A number that cannot be one is not asked for.
  const std::size_t before = calls("csenet").size();
  const auto impossible = read(in.done.session, "12345", {Dataset::cases});
  ASSERT_FALSE(impossible);
  EXPECT_EQ(impossible.error().code, TroubleCode::source_not_found);
  EXPECT_EQ(calls("csenet").size(), before);
}

TEST_P(OhioReading, OH_12_case_with_nothing_to_give_is_an_empty_result) {
  const json account = with_case(any_account(), [](json& one) { one["caseType"] = "locate_only"; });
  const auto content = read(sign_in(account).done.session, number(account), everything);
  ASSERT_TRUE(content);
  for (const model::DatasetAnswer& answer : content->datasets) {
    if (std::holds_alternative<model::Unsupported>(answer.answer)) continue;
    Facts told = facts_of(records_of(answer));
    EXPECT_EQ(sorted(told), sorted(expected_ohio_facts(view(account), answer.dataset)));
    if (answer.dataset == Dataset::orders || answer.dataset == Dataset::balances ||
        answer.dataset == Dataset::contacts) {
      EXPECT_TRUE(told.empty());
    }
  }
}

json an_offset(const char* date) {
  return {{"id", "OFFSET-1"},
          {"amountCents", 41200},
          {"collectionDate", date},
          {"postedDate", date},
          {"source", "federal_tax_offset"},
          {"status", "applied"},
          {"allocations", json::array()},
          {"adjusts", nullptr},
          {"ref", nullptr}};
}

TEST_P(OhioReading, OH_14_offset_that_another_state_keeps_is_a_memo) {
  const json account = with_case(any_account(), [](json& one) {
    one["views"] = json::object();
    for (json& payment : one["payments"])
      if (payment.at("source") == "federal_tax_offset") payment["status"] = "pending";
    one["payments"].push_back(an_offset("2026-03-10"));
    one["intergov"] = {{{"otherState", "TX"},
                        {"otherLocator", "4800000"},
                        {"otherCaseId", "0012345678"},
                        {"role", "responding"},
                        {"since", "2025-02-10"}}};
  });
  const auto told = read_one(sign_in(account), Dataset::payments);
  std::int64_t counted = 0, expected = 0;
  int memos = 0;
  for (const auto& payment : list_of<model::Payment>(told)) {
    if (!payment.is_memo) counted += payment.amount.cents;
    if (!payment.is_memo) continue;
    ++memos;
    EXPECT_EQ(payment.amount.cents, 41200);
    EXPECT_EQ(payment.source.value, model::SourceClass::involuntary_other);
    EXPECT_TRUE(payment.source.raw.empty());
  }
  for (const json& payment : ohio_collections(view(account)))
    expected += payment.at("amountCents").get<std::int64_t>();
  EXPECT_EQ(memos, 1);
  EXPECT_EQ(counted, expected);
}

TEST_P(OhioReading, OH_14_offset_that_comes_here_is_counted_once) {
  const json account = with_case(any_account(), [](json& one) {
    one["views"] = json::object();
    for (json& payment : one["payments"])
      if (payment.at("source") == "federal_tax_offset") payment["status"] = "pending";
    one["payments"].push_back(an_offset("2026-03-10"));
    one["intergov"] = json::array();
  });
  const auto told = read_one(sign_in(account), Dataset::payments);
  const auto& payments = list_of<model::Payment>(told);
  EXPECT_EQ(std::count_if(payments.begin(), payments.end(),
                          [](const model::Payment& payment) { return payment.amount.cents == 41200; }),
            1);
  for (const auto& payment : payments) EXPECT_FALSE(payment.is_memo);
}

TEST_P(OhioReading, OH_15_reference_names_the_other_state_and_our_role) {
  const json account = with_case(any_account(), [](json& one) {
    one["intergov"] = {{{"otherState", "TX"},
                        {"otherLocator", "4800000"},
                        {"otherCaseId", "0012345678"},
                        {"role", "responding"},
                        {"since", "2025-02-10"}}};
  });
  if (ohio_guards(view(account))) GTEST_SKIP() << "this case hides its references";
  const auto told = read_one(sign_in(account), Dataset::cases);
  const auto& references = list_of<model::Case>(told).at(0).intergov;
  ASSERT_EQ(references.size(), 1U);
  EXPECT_EQ(references[0].other_state, "TX");
  EXPECT_EQ(references[0].other_locator, std::string("4800000"));
  EXPECT_EQ(references[0].other_case, std::string("0012345678"));
  EXPECT_EQ(references[0].my_role.value, model::IntergovRole::responding);
  EXPECT_EQ(references[0].since, model::Date::parse("2025-02-10"));
}

TEST_P(OhioReading, OH_16_nondisclosure_leaves_no_contact_place_or_other_party) {
  const auto found = find([](const OhioView& view) {
    return ohio_role(view) == "noncustodial_parent" && !view.one_case.at("contacts").empty();
  });
  if (!found) GTEST_SKIP() << "no account of an obligor with a caseworker";
  const auto open = read(sign_in(*found).done.session, number(*found), everything);
  ASSERT_TRUE(open);
  EXPECT_EQ(list_of<model::Case>(open->datasets[0]).at(0).safety, model::SafetyLevel::none);
  const json account = with_case(*found, [](json& one) {
    for (json& part : one["participants"])
      if (part.at("role") == "custodial_party") part["familyViolence"] = "P";
  });
  const auto guarded = read(sign_in(account).done.session, number(account), everything);
  ASSERT_TRUE(guarded);
  const model::Case& told = list_of<model::Case>(guarded->datasets[0]).at(0);
  EXPECT_EQ(told.safety, model::SafetyLevel::payments_only);
  EXPECT_TRUE(told.intergov.empty());
  EXPECT_FALSE(told.locator);
  const model::Case& before = list_of<model::Case>(open->datasets[0]).at(0);
  ASSERT_EQ(told.participants.size(), before.participants.size());
  for (const model::Participant& person : told.participants) {
    if (person.is_self) continue;
    EXPECT_FALSE(person.birth_date);
    if (person.role.value == model::Role::child) continue;
    EXPECT_TRUE(person.name.last.empty() && person.name.first.empty());
  }
  // Same datasets, each with content: nothing tells the two apart but what is missing.
  for (std::size_t i = 0; i < everything.size(); ++i)
    EXPECT_EQ(open->datasets[i].answer.index(), guarded->datasets[i].answer.index());
  std::string all;
  for (const std::string& record : encoded(guarded)) all += record;
  const json one = case_of(account);
  EXPECT_EQ(all.find(one.at("contacts").front().at("phone").get<std::string>()), std::string::npos);
  for (const json& part : one.at("participants")) {
    if (part.at("role") != "custodial_party") continue;
    const json other = scenario().person(part.at("person").get<std::string>());
    EXPECT_EQ(all.find(ohio_text(other.at("name").at("first"), 16)), std::string::npos);
  }
}

TEST_P(OhioReading, OH_17_every_manner_of_writing_gives_the_same_case) {
  const json account = any_account();
  std::optional<std::vector<std::string>> first;
  for (const OhioManner& manner : ohio_manners) {
    // The carrier is that of the running simulator.
    use_manner({manner.name, GetParam().carrier, manner.code_page, manner.amount_sign, manner.mode});
    const auto records = encoded(read(sign_in(account).done.session, number(account), everything));
    EXPECT_FALSE(records.empty());
    if (!first) first = records;
    EXPECT_EQ(records, *first) << manner.name;
  }
}

TEST_P(OhioReading, OH_18_unknown_source_keeps_the_payment_and_the_code) {
  const auto account = find([](const OhioView& view) {
    const auto sent = ohio_collections(view);
    return std::any_of(sent.begin(), sent.end(),
                       [](const json& payment) { return payment.at("amountCents") > 0; });
  });
  ASSERT_TRUE(account);
  const std::size_t expected = ohio_collections(view(*account)).size();
  const OhioSession in = sign_in(*account);
  add_fault(answering_op(), "unknown_source");
  const auto told = read_one(in, Dataset::payments);
  const auto& payments = list_of<model::Payment>(told);
  EXPECT_EQ(payments.size(), expected + ohio_memos(view(*account)).size());
  EXPECT_GE(std::count_if(payments.begin(), payments.end(),
                          [](const model::Payment& payment) {
                            return payment.source == model::Coded<model::SourceClass>::unrecognised("Z");
                          }),
            1);
}

INSTANTIATE_TEST_SUITE_P(Ohio, OhioReading, ::testing::ValuesIn(ohio_manners), manner_name);

}  // namespace
}  // namespace casebridge::conformance
