// Starting over, signing in, and reading through jobs.
#include "tests/conformance/ohio_suite.hpp"

#include <fstream>
#include <map>
#include <stdexcept>

namespace casebridge::conformance {
namespace {

constexpr const char* system_id = "oh-csenet";
constexpr const char* credential_kind = "case_ssn4_pin";
constexpr int waits_max = 40;

using Simulators = std::map<Simulator::Carrier, std::unique_ptr<Simulator>>;

// One process for each carrier, shared by the tests of the suite and ended with it.
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
json quiet(json document, const OhioManner& manner) {
  document["clock"]["mode"] = "frozen";
  document["faults"] = json::array();
  json& setup = document["systems"][system_id];
  setup["latency"] = "none";
  setup["options"]["codePage"] = manner.code_page;
  setup["options"]["amountSign"] = manner.amount_sign;
  setup["options"]["mode"] = manner.mode;
  return document;
}

json file_content(const OhioManner& manner) {
  return quiet(json::parse(std::ifstream(scenario_path())), manner);
}

}  // namespace

OhioSuite::OhioSuite()
    : manner_(GetParam()),
      simulator_(simulator_for(manner_.carrier)),
      scenario_(file_content(manner_), system_id, credential_kind) {
  use(scenario_.document());
}

void OhioSuite::TearDownTestSuite() { simulators().clear(); }

void OhioSuite::use(const json& document) {
  simulator_.load(document);
  scenario_ = Scenario(document, system_id, credential_kind);
  open_side(json::object());
}

void OhioSuite::use_manner(const OhioManner& manner) {
  manner_ = manner;
  use(quiet(scenario_.document(), manner));
}

void OhioSuite::use_settings(const json& more) { open_side(more); }

void OhioSuite::keep_values() {
  keeps_values_ = true;
  open_side(json::object());
}

void OhioSuite::open_side(const json& more) {
  json settings{{"code_page", scenario_.option("codePage", std::string("ascii"))},
                {"amount_sign", scenario_.option("amountSign", std::string("leading_minus"))}};
  settings.update(more);
  side_ = std::make_unique<GatewaySide>(
      Reach{system_id, simulator_.origin(system_id), simulator_.ca_file(), settings.dump(), keeps_values_},
      now());
}

void OhioSuite::advance(std::chrono::seconds time) {
  simulator_.advance(time.count());
  side_->clock().advance(time);
}

void OhioSuite::add_fault(const std::string& op, const std::string& kind, const json& params, int after,
                          const json& times) {
  simulator_.add_fault({{"id", op + "-" + kind},
                        {"system", system_id},
                        {"op", op},
                        {"kind", kind},
                        {"params", params},
                        {"after", after},
                        {"times", times}});
}

ports::CallContext OhioSuite::context(std::chrono::milliseconds patience) {
  ports::CallContext made{Deadline(patience), "req-conformance"};
  made.interactive = true;
  return made;
}

ports::Answer<model::AuthStep> OhioSuite::begin(const std::string& case_number, const std::string& ssn4,
                                                const std::string& pin) {
  model::AuthBegin typed;
  typed.credential_kind = credential_kind;
  typed.fields.emplace("case_number", SecretBytes::copy_of(case_number));
  typed.fields.emplace("ssn_last4", SecretBytes::copy_of(ssn4));
  typed.fields.emplace("pin", SecretBytes::copy_of(pin));
  return adapter().auth_begin(context(), typed);
}

ports::Answer<model::AuthStep> OhioSuite::begin(const json& credential) {
  return begin(credential.at("caseNumber").get<std::string>(), credential.at("ssn4").get<std::string>(),
               credential.at("pin").get<std::string>());
}

std::string OhioSuite::wrong_pin(const json& credential) {
  return credential.at("pin") == "00000001" ? "00000002" : "00000001";
}

json OhioSuite::any_account() const {
  const auto found = scenario_.credential();
  if (!found) throw std::runtime_error("the scenario has no usable account of oh-csenet");
  return *found;
}

OhioSession OhioSuite::sign_in(const json& credential) {
  auto answered = begin(credential);
  (void)step_of(answered);
  auto* done = std::get_if<model::AuthDone>(&std::get<model::AuthStep>(answered.value()));
  if (done == nullptr) throw std::runtime_error("the sign-in did not end in a session");
  return {credential, std::move(*done)};
}

json OhioSuite::case_of(const json& credential) const {
  for (const json& one : scenario_.document().at("cases"))
    if (one.at("caseNumber") == credential.at("caseNumber") &&
        one.at("systems").dump().find(system_id) != std::string::npos)
      return one;
  throw std::runtime_error("the credential names a case that the scenario does not have");
}

Result<model::CaseContent> OhioSuite::read(const SecretBytes& session, const std::string& case_key,
                                           const std::vector<model::Dataset>& datasets) {
  SecretBytes resume;
  for (waits_ = 0; waits_ < waits_max; ++waits_) {
    auto call = context();
    if (!resume.empty()) call.resume = &resume;
    auto answered = adapter().read_case(call, session, {case_key, datasets});
    if (!answered) return std::move(answered).error();
    auto* pending = std::get_if<model::Pending>(&answered.value());
    if (pending == nullptr) return std::get<model::CaseContent>(std::move(*answered));
    resume = std::move(pending->resume);
    advance(pending->not_before - side_->clock().now());
  }
  throw std::runtime_error("the adapter never comes to an end");
}

model::DatasetAnswer OhioSuite::read_one(const OhioSession& in, model::Dataset dataset) {
  auto content = read(in.done.session, in.credential.at("caseNumber").get<std::string>(), {dataset});
  if (!content) return {dataset, content.error()};
  return std::move(content->datasets.at(0));
}

std::string manner_name(const ::testing::TestParamInfo<OhioManner>& manner) { return manner.param.name; }
void PrintTo(const OhioManner& manner, std::ostream* out) { *out << manner.name; }

}  // namespace casebridge::conformance
