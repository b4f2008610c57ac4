// Starting over, vouching for a parent, and reading.
#include "tests/conformance/kansas_suite.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <stdexcept>

namespace casebridge::conformance {
namespace {

using Simulators = std::map<Simulator::Carrier, std::unique_ptr<Simulator>>;

constexpr const char* our_issuer = "https://gateway.example";
constexpr std::chrono::seconds since_sign_in{600};

Simulators& kansas_simulators() {
  static Simulators running;
  return running;
}

Simulator& kansas_simulator(Simulator::Carrier carrier) {
  auto& one = kansas_simulators()[carrier];
  if (!one) one = std::make_unique<Simulator>(scenario_path(), carrier);
  return *one;
}

Scenario quick_scenario(json document) { return Scenario(std::move(document), "ks-quick", "assertion"); }

}  // namespace

bool is_kept_back(const json& one_case) {
  const json& people = one_case.at("participants");
  return std::any_of(people.begin(), people.end(),
                     [](const json& part) { return !part.at("familyViolence").is_null(); });
}

std::vector<json> quick_cases(const Scenario& scenario, const std::string& person) {
  std::vector<json> found;
  for (const json& one : scenario.cases_of(person)) {
    const std::string role = Scenario::participant(one, person).at("role").get<std::string>();
    if (role == "custodial_party" || role == "noncustodial_parent") found.push_back(one);
  }
  return found;
}

Facts sorted(Facts facts) {
  std::sort(facts.begin(), facts.end());
  return facts;
}

std::string trusting_entry(const AssertionKey& key, const Simulator& simulator, const json& issuers) {
  json entry;
  entry["assertion"] = {{"key", key.file()}, {"key_id", key.id()}, {"issuer", issuers.at(0)}};
  if (!simulator.ca_file().empty()) {
    const auto folder = std::filesystem::path(simulator.ca_file()).parent_path();
    entry["client_tls"] = {{"certificate", (folder / "client.pem").string()},
                           {"key", key.private_copy(folder / "client.key")}};
  }
  return entry.dump();
}

const AssertionKey& KansasSuite::key() {
  static const AssertionKey made;
  return made;
}

KansasSuite::KansasSuite()
    : simulator_(kansas_simulator(GetParam())),
      scenario_(quick_scenario(json::parse(std::ifstream(scenario_path())))) {
  use(scenario_.document());
}

void KansasSuite::TearDownTestSuite() { kansas_simulators().clear(); }

// The clock stands still, nothing goes wrong unless a test wants it, and the state trusts this program's key.
void KansasSuite::use(json document) {
  document["clock"]["mode"] = "frozen";
  document["faults"] = json::array();
  json& system = document["systems"]["ks-quick"];
  system["latency"] = "none";
  system["options"]["jwks"] = key().key_set();
  json& issuers = system["options"]["trustedAssertionIssuers"];
  if (issuers.is_null() || issuers.empty()) issuers = json::array({our_issuer});
  simulator_.load(document);
  scenario_ = quick_scenario(document);
  reopen(json::object());
}

void KansasSuite::reopen(const json& members) {
  Reach reach{"ks-quick", simulator_.origin("ks-quick"), simulator_.ca_file(), ""};
  const json issuers = scenario_.option("trustedAssertionIssuers", json::array({our_issuer}));
  json entry = json::parse(trusting_entry(key(), simulator_, issuers));
  entry.merge_patch(members);
  reach.entry_json = entry.dump();
  side_ = std::make_unique<GatewaySide>(reach, now());
}

void KansasSuite::add_fault(const std::string& op, const std::string& kind, const json& params, int after,
                            const json& times) {
  simulator_.add_fault({{"id", op + "-" + kind},
                        {"system", "ks-quick"},
                        {"op", op},
                        {"kind", kind},
                        {"params", params},
                        {"after", after},
                        {"times", times}});
}

ports::CallContext KansasSuite::context(const json& credential) const {
  ports::CallContext made{Deadline(std::chrono::seconds{30}), "req-conformance"};
  made.interactive = true;
  made.person = ports::AssertedPerson{text(credential, "subject"), now() - since_sign_in, 2, 2};
  return made;
}

ports::Answer<model::AuthStep> KansasSuite::begin(const json& credential, const std::string& person_number) {
  model::AuthBegin typed;
  typed.credential_kind = "assertion";
  typed.fields.emplace("person_number", SecretBytes::copy_of(person_number));
  return adapter().auth_begin(context(credential), typed);
}

SecretBytes KansasSuite::sign_in(const json& credential) {
  auto done = begin(credential);
  (void)step_of(done);
  return std::move(std::get<model::AuthDone>(std::get<model::AuthStep>(done.value())).session);
}

json KansasSuite::first_case(const json& credential) const {
  for (const json& one : quick_cases(scenario_, text(credential, "person")))
    if (!is_kept_back(one)) return one;
  throw std::runtime_error("this person has no case of ks-quick that is told");
}

json KansasSuite::account() const {
  const auto found = scenario_.credential([&](const json& one) {
    const auto cases = quick_cases(scenario_, text(one, "person"));
    return std::any_of(cases.begin(), cases.end(), [](const json& each) { return !is_kept_back(each); });
  });
  if (!found) throw std::runtime_error("the scenario has nobody whom ks-quick tells a case");
  return *found;
}

json KansasSuite::with_risk(const json& one_case, const std::string& whom) const {
  return changed(one_case, [&](json& each) {
    for (json& part : each["participants"])
      if (whom.empty() || part.at("person") == whom) part["familyViolence"] = "P";
  });
}

Result<model::CaseContent> KansasSuite::read(const json& credential, const std::string& case_number,
                                             const std::vector<model::Dataset>& datasets) {
  const SecretBytes session = SecretBytes::copy_of(text(credential, "personNumber"));
  auto answered = adapter().read_case(context(credential), session, {case_number, datasets});
  if (!answered) return std::move(answered).error();
  return std::get<model::CaseContent>(std::move(*answered));
}

model::DatasetAnswer KansasSuite::read_one(const json& credential, const json& one_case,
                                           model::Dataset dataset) {
  auto content = read(credential, text(one_case, "caseNumber"), {dataset});
  if (!content) return {dataset, content.error()};
  return std::move(content->datasets.at(0));
}

std::string kansas_carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& one) {
  return one.param == Simulator::Carrier::tls ? "tls" : "plain";
}

}  // namespace casebridge::conformance
