// SmartSuite: a fresh simulated Texas payment account for every test, and the real adapter that talks to it.
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

class SmartSuite : public ::testing::TestWithParam<Simulator::Carrier> {
 protected:
  SmartSuite();
  static void TearDownTestSuite();

  // Start over with a changed scenario.
  void use(const json& document);

  ports::StateAdapter& adapter() { return side_->adapter(); }
  GatewaySide& side() { return *side_; }
  const Simulator& simulator() const { return simulator_; }
  const Scenario& scenario() const { return scenario_; }
  Instant now() const { return *parse_instant(simulator_.now()); }
  void advance(long seconds);
  void clear_faults() { simulator_.post("/control/faults", {{"clear", true}}); }
  void add_fault(const std::string& op, const std::string& kind, const json& params = json::object(),
                 int after = 0, const json& times = nullptr);
  std::vector<json> calls(const std::string& op) const { return simulator_.calls("tx-smart", op); }

  static ports::CallContext context(std::chrono::milliseconds patience = std::chrono::seconds{30});
  ports::Answer<model::AuthStep> begin(const std::string& user, const std::string& password,
                                       const std::string& channel = {});
  ports::Answer<model::AuthStep> begin(const json& account) {
    return begin(account.at("username").get<std::string>(), account.at("password").get<std::string>());
  }
  ports::Answer<model::AuthStep> answer(const model::AuthChallenge& challenge, const std::string& code);
  ports::Answer<model::AuthStep> resend(const model::AuthChallenge& challenge,
                                        const std::string& channel = {});
  std::string latest_code(const std::string& person) const;
  // The challenge of a login that must succeed.
  static const model::AuthChallenge& asked(const ports::Answer<model::AuthStep>& step) {
    return std::get<model::AuthChallenge>(step_of(step));
  }

  // The first usable account; throws when the scenario has none.
  json account() const;
  static std::string person_of(const json& account) { return account.at("person").get<std::string>(); }
  // A whole sign-in, with the code; the session of the state.
  SecretBytes sign_in(const json& account);

  Result<model::CaseContent> read(const SecretBytes& session, const json& one_case,
                                  const std::vector<model::Dataset>& datasets);
  model::DatasetAnswer read_one(const SecretBytes& session, const json& one_case, model::Dataset dataset);

  // What the interface document makes of the scenario for one viewer of one case.
  Facts expected(const json& one_case, const std::string& person, model::Dataset dataset) const;

 private:
  Simulator& simulator_;
  Scenario scenario_;
  std::unique_ptr<GatewaySide> side_;
};

}  // namespace casebridge::conformance
