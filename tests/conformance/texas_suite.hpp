// TexasSuite: a fresh simulated Texas for every test, and the real adapter that talks to it.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/conformance/answers.hpp"
#include "tests/conformance/gateway_side.hpp"
#include "tests/conformance/scenario.hpp"
#include "tests/conformance/texas_facts.hpp"
#include "tests/support/simulator.hpp"

namespace casebridge::conformance {

using testing::Simulator;

struct SignedIn {
  json credential;
  model::AuthDone done;
  std::string person() const { return credential.at("person").get<std::string>(); }
};

// Each test runs over TLS and over plain HTTP.
class TexasSuite : public ::testing::TestWithParam<Simulator::Carrier> {
 protected:
  TexasSuite();
  static void TearDownTestSuite();

  // Start over with a changed scenario, or with other settings of the adapter.
  void use(const json& document);
  void use_settings(const json& more);

  ports::StateAdapter& adapter() { return side_->adapter(); }
  GatewaySide& side() { return *side_; }
  const Simulator& simulator() const { return simulator_; }
  const Scenario& scenario() const { return scenario_; }
  Instant now() const { return *parse_instant(simulator_.now()); }
  void advance(long seconds);
  void add_fault(const std::string& op, const std::string& kind, const json& params = json::object(),
                 int after = 0, const json& times = nullptr);
  std::vector<json> calls(const std::string& op) const { return simulator_.calls("tx-icop", op); }

  static ports::CallContext context(std::chrono::milliseconds patience = std::chrono::seconds{30});
  static model::AuthBegin typed(const std::string& user, const std::string& password);
  ports::Answer<model::AuthStep> begin(const std::string& user, const std::string& password);
  ports::Answer<model::AuthStep> begin(const json& credential);
  ports::Answer<model::AuthStep> answer(const model::AuthChallenge& challenge, const std::string& text);
  ports::Answer<model::AuthStep> resend(const model::AuthChallenge& challenge);
  std::string latest_code(const std::string& person) const;
  // With the second step that the account asks for, if any. Throws when it does not succeed.
  SignedIn sign_in(const json& credential);
  // The first usable account; preferably one without a second step. Throws when the scenario has none.
  SignedIn sign_in();

  TexasView view(const json& one_case, const std::string& person) const {
    return {scenario_, one_case, person, now()};
  }
  Result<model::CaseContent> read(const SecretBytes& session, const json& one_case,
                                  const std::vector<model::Dataset>& datasets);
  model::DatasetAnswer read_one(const SecretBytes& session, const json& one_case, model::Dataset dataset);

 private:
  void open_side(const json& more);

  Simulator& simulator_;
  Scenario scenario_;
  std::unique_ptr<GatewaySide> side_;
};

}  // namespace casebridge::conformance
