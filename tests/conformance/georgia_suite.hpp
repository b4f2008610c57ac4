// GeorgiaSuite: a fresh landing folder of the simulated Georgia system for every test, and the real adapter
// at it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
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

// What the interface document makes of the scenario for one viewer of one case. `through` is the last day
// that the newest run knows, `from` that of the first run: bank entries of earlier days were never seen.
struct GeorgiaView {
  const Scenario& scenario;
  json one_case;
  std::string viewer;
  model::Date from, through;
};
Facts expected_georgia_facts(const GeorgiaView& view, model::Dataset dataset);

class GeorgiaSuite : public ::testing::Test {
 protected:
  GeorgiaSuite();
  static void TearDownTestSuite();

  // Start over with a changed scenario, and with a gateway that knows nothing.
  void use(const json& document);
  // Another scenario under the same gateway; its clock must be later.
  void change_state_to(json document);

  ports::StateAdapter& adapter() { return side_->adapter(); }
  GatewaySide& side() { return *side_; }
  const Simulator& simulator() const { return simulator_; }
  const Scenario& scenario() const { return scenario_; }
  Instant now() const { return *parse_instant(simulator_.now()); }
  void advance(std::chrono::seconds time);
  // To the same hour of the next day, so that one run is written.
  void night() { advance(std::chrono::hours{24}); }
  // To the next time at which New York's clocks show that hour.
  void to_hour(int hour);
  void add_fault(const std::string& kind, const json& params = json::object(), const json& times = 1);
  void clear_faults() { simulator_.post("/control/faults", {{"clear", true}}); }

  // The first account whose PIN is good; throws when there is none.
  json account() const;
  json case_of(const json& account) const;
  // The scenario with an account for the other parent of that case; its PIN is `other_pin`.
  json with_other_parent(const json& account) const;
  static constexpr const char* other_pin = "11112222";
  json other_account() const;
  // The scenario with a payment that comes through a bank in the next run, of that status.
  json with_bank_payment(const json& account, const std::string& status) const;

  static ports::CallContext context();
  ports::Answer<model::AuthStep> begin(const std::string& case_number, const std::string& pin);
  ports::Answer<model::AuthStep> begin(const json& account);
  ports::Answer<model::AuthStep> enrol(const json& account, const std::string& ssn4 = {});
  ports::Answer<model::AuthStep> answer(const model::AuthChallenge& challenge, const std::string& pin);
  SecretBytes link(const json& account);
  static std::string wrong_pin(const json& account, int number);

  Result<model::CaseContent> read(const SecretBytes& session, const json& one_case,
                                  const std::vector<model::Dataset>& datasets);
  model::DatasetAnswer read_one(const SecretBytes& session, const json& one_case, model::Dataset dataset);
  Facts read_facts(const SecretBytes& session, const json& one_case, model::Dataset dataset);
  Facts expected(const json& account, model::Dataset dataset) const;
  // Whether everything the session can read is what the scenario says of now.
  void expect_all_as_expected(const SecretBytes& session, const json& account);

  ports::Answer<model::Receipt> perform(const SecretBytes& session, const model::WriteOrder& order);
  static const model::Receipt& receipt_of(const ports::Answer<model::Receipt>& answer);
  model::Receipt receipt_now(const SecretBytes& session, const json& one_case, const std::string& key);

  // The landing folders as the operator's override names them.
  static std::string folders_at(const std::filesystem::path& place);
  std::filesystem::path drop() const { return simulator_.origin("ga-batch"); }
  // The octets of every request file the gateway has written, by name.
  std::map<std::string, std::string> request_files() const;
  // Lines of those files of that type, columns split at commas.
  std::vector<std::string> request_lines(const std::string& type) const;
  model::Date data_through() const;

 private:
  Simulator& simulator_;
  Scenario scenario_;
  std::unique_ptr<GatewaySide> side_;
  model::Date first_through_ = model::Date::utc(Instant{});
};

inline constexpr model::Dataset georgia_datasets[] = {
    model::Dataset::cases,    model::Dataset::orders,        model::Dataset::balances,
    model::Dataset::payments, model::Dataset::disbursements, model::Dataset::enforcement,
    model::Dataset::events,   model::Dataset::contacts};

}  // namespace casebridge::conformance
