// CaliforniaSuite: a fresh simulated California portal for every test, and the real adapter that talks to it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/conformance/answers.hpp"
#include "tests/conformance/facts.hpp"
#include "tests/conformance/gateway_side.hpp"
#include "tests/conformance/scenario.hpp"
#include "tests/support/simulator.hpp"

namespace casebridge::conformance {

using testing::Simulator;

// What the interface document makes of the scenario for one viewer of one case; `state` and `zone` are those
// of the portal.
struct CaliforniaView {
  const Scenario& scenario;
  json one_case;
  std::string viewer;
  Instant now;
  std::string state = "CA";
  std::string zone = "America/Los_Angeles";
};
Facts expected_on_portal(const CaliforniaView& view, model::Dataset dataset);

class CaliforniaSuite : public ::testing::TestWithParam<Simulator::Carrier> {
 protected:
  CaliforniaSuite();
  static void TearDownTestSuite();

  // Start over with a changed scenario, or with an option of the portal.
  void use(const json& document);
  void use_markup(const std::string& variant);

  ports::StateAdapter& adapter() { return side_->adapter(); }
  GatewaySide& side() { return *side_; }
  const Simulator& simulator() const { return simulator_; }
  const Scenario& scenario() const { return scenario_; }
  Instant now() const { return *parse_instant(simulator_.now()); }
  void advance(long seconds);
  void clear_faults() { simulator_.post("/control/faults", {{"clear", true}}); }
  void add_fault(const std::string& op, const std::string& kind, const json& params = json::object(),
                 int after = 0, const json& times = nullptr);
  std::vector<json> calls(const std::string& op) const { return simulator_.calls("ca-connect", op); }

  static ports::CallContext context(const std::string& locale = "en");
  ports::Answer<model::AuthStep> begin(const std::string& participant_id, const std::string& pin,
                                       const std::string& locale = "en");
  ports::Answer<model::AuthStep> begin(const json& account, const std::string& locale = "en") {
    return begin(text(account, "participantId"), text(account, "pin"), locale);
  }
  ports::Answer<model::AuthStep> answer(const model::AuthChallenge& challenge, const std::string& pin);

  // The first account whose PIN is good for more than its change; throws when there is none.
  json account() const;
  // Both parents of a case in which somebody is at risk, all PINs permanent.
  json with_permanent_pins() const;
  json account_of(const std::string& person) const;
  static std::string person_of(const json& account) { return text(account, "person"); }
  static std::string text(const json& account, const char* member) {
    return account.at(member).get<std::string>();
  }
  SecretBytes sign_in(const json& account, const std::string& locale = "en");
  json first_case(const json& account) const { return scenario_.cases_of(person_of(account)).front(); }

  Result<model::CaseContent> read(const SecretBytes& session, const json& one_case,
                                  const std::vector<model::Dataset>& datasets);
  model::DatasetAnswer read_one(const SecretBytes& session, const json& one_case, model::Dataset dataset);
  // Payments of one day have no order that is told, so they are put in one.
  Facts read_facts(const SecretBytes& session, const json& one_case, model::Dataset dataset);
  Facts expected(const json& one_case, const std::string& person, model::Dataset dataset) const {
    return expected_on_portal({scenario_, one_case, person, now()}, dataset);
  }
  // The scenario with payments added to the first case of the account.
  json with_more_payments(const json& account, int count) const;

 private:
  Simulator& simulator_;
  Scenario scenario_;
  std::unique_ptr<GatewaySide> side_;
};

inline constexpr model::Dataset portal_datasets[] = {
    model::Dataset::cases,  model::Dataset::orders,    model::Dataset::balances, model::Dataset::payments,
    model::Dataset::events, model::Dataset::documents, model::Dataset::contacts};

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& one);

}  // namespace casebridge::conformance
