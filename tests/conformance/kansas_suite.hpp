// KansasSuite: a fresh simulated Kansas for every test, and the real adapter that talks to it for a parent
// for whom the gateway vouches.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/conformance/answers.hpp"
#include "tests/conformance/assertion_key.hpp"
#include "tests/conformance/facts.hpp"
#include "tests/conformance/gateway_side.hpp"
#include "tests/conformance/scenario.hpp"
#include "tests/support/simulator.hpp"

namespace casebridge::conformance {

using testing::Simulator;

// What the interface document makes of the scenario for one viewer of one case; `state` and `zone` are those
// of the agency that runs the platform.
struct QuickView {
  const Scenario& scenario;
  json one_case;
  json credential;
  Instant now;
  std::string state = "KS";
  std::string zone = "America/Chicago";
};
Facts expected_by_query(const QuickView& view, model::Dataset dataset);
// Whether somebody in the case is at risk: then nobody is told anything of it.
bool is_kept_back(const json& one_case);
// The cases in which the person is a parent, in the order of the file.
std::vector<json> quick_cases(const Scenario& scenario, const std::string& person);

// The override by which an operator lets the adapter speak to a state of this platform.
std::string trusting_entry(const AssertionKey& key, const Simulator& simulator, const json& issuers);

// In the order in which facts are compared: where the document says nothing about it, order means nothing.
Facts sorted(Facts facts);

inline constexpr model::Dataset quick_datasets[] = {
    model::Dataset::cases,    model::Dataset::orders,        model::Dataset::balances,
    model::Dataset::payments, model::Dataset::disbursements, model::Dataset::enforcement,
    model::Dataset::contacts};

class KansasSuite : public ::testing::TestWithParam<Simulator::Carrier> {
 protected:
  KansasSuite();
  static void TearDownTestSuite();

  // Start over with a changed scenario.
  void use(json document);
  // The same gateway with other members in its override.
  void reopen(const json& members);

  ports::StateAdapter& adapter() { return side_->adapter(); }
  GatewaySide& side() { return *side_; }
  const Simulator& simulator() const { return simulator_; }
  const Scenario& scenario() const { return scenario_; }
  static const AssertionKey& key();
  bool over_tls() const { return GetParam() == Simulator::Carrier::tls; }
  Instant now() const { return *parse_instant(simulator_.now()); }
  void clear_faults() { simulator_.post("/control/faults", {{"clear", true}}); }
  void add_fault(const std::string& op, const std::string& kind, const json& params = json::object(),
                 int after = 0, const json& times = nullptr);
  std::vector<json> calls(const std::string& op = {}) const { return simulator_.calls("ks-quick", op); }

  // As if the parent of this credential had signed in to the gateway ten minutes ago.
  ports::CallContext context(const json& credential) const;
  ports::Answer<model::AuthStep> begin(const json& credential) {
    return begin(credential, text(credential, "personNumber"));
  }
  ports::Answer<model::AuthStep> begin(const json& credential, const std::string& person_number);
  SecretBytes sign_in(const json& credential);

  // The first parent with a case that is told; throws when there is none.
  json account() const;
  json first_case(const json& credential) const;
  static std::string text(const json& holder, const char* member) {
    return holder.at(member).get<std::string>();
  }
  // The scenario with somebody at risk in this case.
  json with_risk(const json& one_case, const std::string& whom = {}) const;
  // The scenario after `change` was made to this case.
  template <class Change>
  json changed(const json& one_case, Change change) const {
    json document = scenario_.document();
    for (json& each : document["cases"])
      if (each.at("id") == one_case.at("id")) change(each);
    return document;
  }

  Result<model::CaseContent> read(const json& credential, const std::string& case_number,
                                  const std::vector<model::Dataset>& datasets);
  model::DatasetAnswer read_one(const json& credential, const json& one_case, model::Dataset dataset);
  Facts read_facts(const json& credential, const json& one_case, model::Dataset dataset) {
    return facts_of(records_of(read_one(credential, one_case, dataset)));
  }
  Facts expected(const json& credential, const json& one_case, model::Dataset dataset) const {
    return expected_by_query({scenario_, one_case, credential, now()}, dataset);
  }

 private:
  Simulator& simulator_;
  Scenario scenario_;
  std::unique_ptr<GatewaySide> side_;
};

std::string kansas_carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& one);

}  // namespace casebridge::conformance
