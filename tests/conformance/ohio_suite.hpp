// OhioSuite: a fresh simulated Ohio for every test, and the real adapter that talks to it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/conformance/answers.hpp"
#include "tests/conformance/gateway_side.hpp"
#include "tests/conformance/ohio_facts.hpp"
#include "tests/conformance/scenario.hpp"
#include "tests/support/simulator.hpp"

namespace casebridge::conformance {

using testing::Simulator;

// How this Ohio writes and answers.
struct OhioManner {
  const char* name;
  Simulator::Carrier carrier;
  const char* code_page;
  const char* amount_sign;
  const char* mode;
};
inline constexpr OhioManner ohio_manners[] = {
    {"ascii", Simulator::Carrier::tls, "ascii", "leading_minus", "sync"},
    {"cp037", Simulator::Carrier::plain, "cp037", "overpunch", "sync"},
    {"jobs", Simulator::Carrier::tls, "ascii", "leading_minus", "async"}};

struct OhioSession {
  json credential;
  model::AuthDone done;
  std::string person() const { return credential.at("person").get<std::string>(); }
};

class OhioSuite : public ::testing::TestWithParam<OhioManner> {
 protected:
  OhioSuite();
  static void TearDownTestSuite();

  // Start over with a changed scenario, another manner, or other settings of the adapter.
  void use(const json& document);
  void use_manner(const OhioManner& manner);
  void use_settings(const json& more);
  // Offer kv/1 from now on.
  void keep_values();

  ports::StateAdapter& adapter() { return side_->adapter(); }
  GatewaySide& side() { return *side_; }
  const Simulator& simulator() const { return simulator_; }
  const Scenario& scenario() const { return scenario_; }
  bool is_asynchronous() const { return std::string(manner_.mode) == "async"; }
  // Where answers with transactions come from: a fault is put there.
  std::string answering_op() const { return is_asynchronous() ? "job" : "csenet"; }
  Instant now() const { return *parse_instant(simulator_.now()); }
  void advance(std::chrono::seconds time);
  void add_fault(const std::string& op, const std::string& kind, const json& params = json::object(),
                 int after = 0, const json& times = nullptr);
  void clear_faults() { simulator_.post("/control/faults", {{"clear", true}}); }
  std::vector<json> calls(const std::string& op) const { return simulator_.calls("oh-csenet", op); }

  static ports::CallContext context(std::chrono::milliseconds patience = std::chrono::seconds{30});
  ports::Answer<model::AuthStep> begin(const std::string& case_number, const std::string& ssn4,
                                       const std::string& pin);
  ports::Answer<model::AuthStep> begin(const json& credential);
  // A PIN that is not the account's.
  static std::string wrong_pin(const json& credential);
  json any_account() const;
  // Throws when it does not succeed.
  OhioSession sign_in(const json& credential);

  json case_of(const json& credential) const;
  OhioView view(const json& credential) const {
    return {scenario_, case_of(credential), credential.at("person").get<std::string>()};
  }
  // Waits, by turning both clocks, as long as the state works. How often it was made to wait goes to waits().
  Result<model::CaseContent> read(const SecretBytes& session, const std::string& case_key,
                                  const std::vector<model::Dataset>& datasets);
  model::DatasetAnswer read_one(const OhioSession& in, model::Dataset dataset);
  int waits() const { return waits_; }

 private:
  void open_side(const json& more);

  OhioManner manner_;
  Simulator& simulator_;
  Scenario scenario_;
  std::unique_ptr<GatewaySide> side_;
  bool keeps_values_ = false;
  int waits_ = 0;
};

std::string manner_name(const ::testing::TestParamInfo<OhioManner>& manner);
void PrintTo(const OhioManner& manner, std::ostream* out);  // found by GoogleTest

}  // namespace casebridge::conformance
