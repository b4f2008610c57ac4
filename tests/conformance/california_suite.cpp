// Starting over, signing in, and reading.
#include "tests/conformance/california_suite.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>

namespace casebridge::conformance {
namespace {

using Simulators = std::map<Simulator::Carrier, std::unique_ptr<Simulator>>;

Simulators& simulators() {
  static Simulators running;
  return running;
}

Simulator& simulator_for(Simulator::Carrier carrier) {
  auto& one = simulators()[carrier];
  if (!one) one = std::make_unique<Simulator>(scenario_path(), carrier);
  return *one;
}

// The clock stands still and nothing goes wrong unless a test wants it.
json quiet_file() {
  json document = json::parse(std::ifstream(scenario_path()));
  document["clock"]["mode"] = "frozen";
  document["faults"] = json::array();
  document["systems"]["ca-connect"]["latency"] = "none";
  document["systems"]["ca-connect"]["options"]["markup"] = "A";
  return document;
}

Scenario portal_scenario(json document) {
  return Scenario(std::move(document), "ca-connect", "participant_pin");
}

}  // namespace

CaliforniaSuite::CaliforniaSuite()
    : simulator_(simulator_for(GetParam())), scenario_(portal_scenario(quiet_file())) {
  use(scenario_.document());
}

void CaliforniaSuite::TearDownTestSuite() { simulators().clear(); }

void CaliforniaSuite::use(const json& document) {
  simulator_.load(document);
  scenario_ = portal_scenario(document);
  Reach reach{"ca-connect", simulator_.origin("ca-connect"), simulator_.ca_file(), ""};
  reach.settings_json = json{{"idle_s", scenario_.option("idleSeconds", 600)}}.dump();
  reach.keeps_values = true;
  side_ = std::make_unique<GatewaySide>(reach, now());
}

void CaliforniaSuite::use_markup(const std::string& variant) {
  json document = scenario_.document();
  document["systems"]["ca-connect"]["options"]["markup"] = variant;
  use(document);
}

void CaliforniaSuite::advance(long seconds) {
  simulator_.advance(seconds);
  side_->clock().advance(std::chrono::seconds{seconds});
}

void CaliforniaSuite::add_fault(const std::string& op, const std::string& kind, const json& params, int after,
                                const json& times) {
  simulator_.add_fault({{"id", op + "-" + kind},
                        {"system", "ca-connect"},
                        {"op", op},
                        {"kind", kind},
                        {"params", params},
                        {"after", after},
                        {"times", times}});
}

ports::CallContext CaliforniaSuite::context(const std::string& locale) {
  ports::CallContext made{Deadline(std::chrono::seconds{30}), "req-conformance"};
  made.locale = locale;
  made.interactive = true;
  return made;
}

ports::Answer<model::AuthStep> CaliforniaSuite::begin(const std::string& participant_id,
                                                      const std::string& pin, const std::string& locale) {
  model::AuthBegin typed;
  typed.credential_kind = "participant_pin";
  typed.fields.emplace("participant_id", SecretBytes::copy_of(participant_id));
  typed.fields.emplace("pin", SecretBytes::copy_of(pin));
  return adapter().auth_begin(context(locale), typed);
}

ports::Answer<model::AuthStep> CaliforniaSuite::answer(const model::AuthChallenge& challenge,
                                                       const std::string& pin) {
  model::AuthAnswer given;
  given.fields.emplace(challenge.challenge.fields.at(0).name, SecretBytes::copy_of(pin));
  return adapter().auth_continue(context(), challenge.resume, given);
}

json CaliforniaSuite::account() const {
  const auto found = scenario_.credential([](const json& one) { return !one.value("pinTemporary", false); });
  if (!found) throw std::runtime_error("the scenario has no usable account of ca-connect");
  return *found;
}

json CaliforniaSuite::account_of(const std::string& person) const {
  const auto found = scenario_.credential([&](const json& one) { return one.at("person") == person; });
  if (!found) throw std::runtime_error("this person has no account of ca-connect");
  return *found;
}

json CaliforniaSuite::with_permanent_pins() const {
  json document = scenario_.document();
  for (json& one : document["credentials"])
    if (one.at("system") == "ca-connect") one["pinTemporary"] = false;
  return document;
}

SecretBytes CaliforniaSuite::sign_in(const json& account, const std::string& locale) {
  auto done = begin(account, locale);
  (void)step_of(done);
  return std::move(std::get<model::AuthDone>(std::get<model::AuthStep>(done.value())).session);
}

Result<model::CaseContent> CaliforniaSuite::read(const SecretBytes& session, const json& one_case,
                                                 const std::vector<model::Dataset>& datasets) {
  auto answered =
      adapter().read_case(context(), session, {one_case.at("caseNumber").get<std::string>(), datasets});
  if (!answered) return std::move(answered).error();
  return std::get<model::CaseContent>(std::move(*answered));
}

model::DatasetAnswer CaliforniaSuite::read_one(const SecretBytes& session, const json& one_case,
                                               model::Dataset dataset) {
  auto content = read(session, one_case, {dataset});
  if (!content) return {dataset, content.error()};
  return std::move(content->datasets.at(0));
}

Facts CaliforniaSuite::read_facts(const SecretBytes& session, const json& one_case, model::Dataset dataset) {
  Facts facts = facts_of(records_of(read_one(session, one_case, dataset)));
  if (dataset == model::Dataset::payments) std::stable_sort(facts.begin(), facts.end(), std::greater<>());
  return facts;
}

json CaliforniaSuite::with_more_payments(const json& account, int count) const {
  json document = scenario_.document();
  const json seen = first_case(account);
  for (json& each : document["cases"]) {
    if (each.at("id") != seen.at("id")) continue;
    json& list = each["views"].contains("ca-connect") && each["views"]["ca-connect"].contains("payments")
                     ? each["views"]["ca-connect"]["payments"]
                     : each["payments"];
    for (int i = 0; i < count; ++i)
      list.push_back(
          {{"id", "CA-MORE" + std::to_string(i)},
           {"amountCents", 1000 + i / 2},
           {"collectionDate", "2025-0" + std::to_string(1 + i % 8) + "-1" + std::to_string(i % 10)},
           {"postedDate", nullptr},
           {"source", "direct"},
           {"status", "applied"},
           {"allocations", json::array()},
           {"adjusts", nullptr},
           {"ref", nullptr}});
  }
  return document;
}

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& one) {
  return one.param == Simulator::Carrier::tls ? "tls" : "plain";
}

}  // namespace casebridge::conformance
