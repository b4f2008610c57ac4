// One debt, two accounts: SM-10 and SM-11, with both real adapters and the rules of the federation.
#include <algorithm>
#include <set>

#include "core/federation/ledger_of_record.hpp"
#include "core/federation/pairing.hpp"
#include "tests/conformance/smart_suite.hpp"

namespace casebridge::conformance {
namespace {

using federation::CaseFacts;
using model::Dataset;

// A parent who has an account in both systems, and a case that both show.
struct Both {
  json smart, icop, one_case;
};

class SmartTwoAccounts : public SmartSuite {
 protected:
  std::optional<Both> both() const {
    std::optional<Both> found;
    (void)scenario().credential([&](const json& smart) {
      const Scenario other(scenario().document(), "tx-icop");
      const auto icop =
          other.credential([&](const json& one) { return one.at("person") == smart.at("person"); });
      if (!icop) return false;
      for (const json& one : scenario().cases_of(person_of(smart))) {
        const json& systems = one.at("systems");
        if (std::find(systems.begin(), systems.end(), "tx-icop") == systems.end()) continue;
        found = Both{smart, *icop, one};
        return true;
      }
      return false;
    });
    return found;
  }

  SecretBytes sign_in_to_icop(ports::StateAdapter& icop, const json& account) {
    model::AuthBegin begin;
    begin.credential_kind = "username_password";
    for (const auto& [ours, theirs] : {std::pair("user_name", "username"), std::pair("password", "password")})
      begin.fields.emplace(ours, SecretBytes::copy_of(account.at(theirs).get<std::string>()));
    auto answered = icop.auth_begin(context(), begin);
    if (const auto* asked = std::get_if<model::AuthChallenge>(&step_of(answered))) {
      model::AuthAnswer given;
      const bool mail = asked->challenge.kind == "otp";
      const std::string text =
          mail
              ? simulator().outbox("tx-icop", person_of(account), "code").back().at("code").get<std::string>()
              : account.at("securityQuestion").at("answer").get<std::string>();
      given.fields.emplace(asked->challenge.fields.at(0).name, SecretBytes::copy_of(text));
      auto second = icop.auth_continue(context(), asked->resume, given);
      answered = std::move(second);
    }
    (void)step_of(answered);
    return std::get<model::AuthDone>(std::get<model::AuthStep>(std::move(*answered))).session.clone();
  }

  static CaseFacts facts_from(ports::StateAdapter& from, const SecretBytes& session, const json& one_case,
                              const char* record_id) {
    const std::string number = one_case.at("caseNumber").get<std::string>();
    auto read =
        from.read_case(context(), session,
                       {number, {Dataset::cases, Dataset::orders, Dataset::balances, Dataset::payments}});
    if (!read) throw std::runtime_error("a case was not read: " + std::string(read.error().row().name));
    const auto& answers = std::get<model::CaseContent>(*read).datasets;
    CaseFacts facts;
    facts.record_id = record_id;
    facts.usps = "TX";
    facts.number_form.length = 10;
    facts.content = list_of<model::Case>(answers.at(0)).at(0);
    facts.orders = list_of<model::Order>(answers.at(1));
    facts.balances = list_of<model::BalanceLine>(answers.at(2));
    facts.payments = list_of<model::Payment>(answers.at(3));
    for (const model::BalanceLine& line : facts.balances)
      if (line.as_of && (!facts.ledger_date || *line.as_of < *facts.ledger_date))
        facts.ledger_date = line.as_of;
    return facts;
  }

  std::vector<CaseFacts> read_both(const Both& found) {
    GatewaySide icop({"tx-icop", simulator().origin("tx-icop"), simulator().ca_file(), ""}, now());
    const SecretBytes there = sign_in_to_icop(icop.adapter(), found.icop);
    const SecretBytes here = sign_in(found.smart);
    std::vector<CaseFacts> facts;
    facts.push_back(facts_from(icop.adapter(), there, found.one_case, "cas_icop"));
    facts.push_back(facts_from(adapter(), here, found.one_case, "cas_smart"));
    return facts;
  }

  // What a system shows as all arrears, and of which day.
  std::pair<std::int64_t, std::string> arrears_in(const Both& found, const std::string& system) const {
    std::pair<std::int64_t, std::string> sum{0, ""};
    for (const json& row : Scenario(scenario().document(), system).list(found.one_case, "balances")) {
      if (row.at("bucket") != "total_arrears" || row.value("concurrent", json()) == "secondary") continue;
      sum.first += row.at("amountCents").get<std::int64_t>();
      sum.second = std::max(sum.second, row.at("asOf").get<std::string>());
    }
    return sum;
  }
  std::set<std::string> payments_in(const Both& found, const std::string& system) const {
    std::set<std::string> ids;
    for (const json& row : Scenario(scenario().document(), system).list(found.one_case, "payments"))
      ids.insert(row.at("id").get<std::string>());
    return ids;
  }
};

TEST_P(SmartTwoAccounts, SM_10_case_in_both_systems_is_one_with_the_newer_figure_and_the_other_as_a_view) {
  const auto found = both();
  if (!found) GTEST_SKIP() << "no case that both systems show";
  const auto cases = read_both(*found);
  auto pairs = federation::find_pairs(cases);
  ASSERT_EQ(pairs.size(), 1U);
  pairs[0].state = federation::settled_state(cases, pairs[0]);
  EXPECT_EQ(pairs[0].kind, federation::PairKind::same_case);
  EXPECT_EQ(pairs[0].state, federation::PairState::confirmed);
  const auto today = *model::Date::in_zone(now(), "America/Chicago");
  const auto told = federation::reconcile(cases, pairs[0], today);
  const auto icop = arrears_in(*found, "tx-icop"), smart = arrears_in(*found, "tx-smart");
  // Of equal dates the case account's figure is official.
  const auto& official = smart.second > icop.second ? smart : icop;
  const auto& other = smart.second > icop.second ? icop : smart;
  ASSERT_FALSE(told.debts.empty());
  EXPECT_EQ(told.debts[0].official.amount, model::Money{official.first});
  ASSERT_EQ(told.debts[0].others.size(), 1U);
  EXPECT_EQ(told.debts[0].others[0].figure.amount, model::Money{other.first});
  // One debt: the two figures are never added.
  EXPECT_EQ(told.combined_arrears, Known<model::Money>(model::Money{official.first}));
}

TEST_P(SmartTwoAccounts, SM_11_payment_in_both_systems_has_one_id) {
  const auto found = both();
  if (!found) GTEST_SKIP() << "no case that both systems show";
  const auto cases = read_both(*found);
  std::set<std::string> ids;
  for (const CaseFacts& facts : cases) {
    std::set<std::string> own;
    for (const model::Payment& payment : facts.payments) own.insert(payment.key);
    EXPECT_EQ(own.size(), facts.payments.size());
    ids.merge(own);
  }
  std::set<std::string> expected = payments_in(*found, "tx-icop");
  expected.merge(payments_in(*found, "tx-smart"));
  EXPECT_EQ(ids, expected);
}

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& carrier) {
  return carrier.param == Simulator::Carrier::tls ? "tls" : "plain";
}
INSTANTIATE_TEST_SUITE_P(Smart, SmartTwoAccounts,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
