// Starting over, signing in, and reading.
#include "tests/conformance/smart_suite.hpp"

#include <fstream>
#include <map>
#include <stdexcept>

namespace casebridge::conformance {
namespace {

using model::AuthDone;
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
  document["systems"]["tx-smart"]["latency"] = "none";
  return document;
}

}  // namespace

SmartSuite::SmartSuite() : simulator_(simulator_for(GetParam())), scenario_(quiet_file(), "tx-smart") {
  use(scenario_.document());
}

void SmartSuite::TearDownTestSuite() { simulators().clear(); }

void SmartSuite::use(const json& document) {
  simulator_.load(document);
  scenario_ = Scenario(document, "tx-smart");
  side_ = std::make_unique<GatewaySide>(
      Reach{"tx-smart", simulator_.origin("tx-smart"), simulator_.ca_file(), ""}, now());
}

void SmartSuite::advance(long seconds) {
  simulator_.advance(seconds);
  side_->clock().advance(std::chrono::seconds{seconds});
}

void SmartSuite::add_fault(const std::string& op, const std::string& kind, const json& params, int after,
                           const json& times) {
  simulator_.add_fault({{"id", op + "-" + kind},
                        {"system", "tx-smart"},
                        {"op", op},
                        {"kind", kind},
                        {"params", params},
                        {"after", after},
                        {"times", times}});
}

ports::CallContext SmartSuite::context(std::chrono::milliseconds patience) {
  ports::CallContext made{Deadline(patience), "req-conformance"};
  made.interactive = true;
  return made;
}

ports::Answer<model::AuthStep> SmartSuite::begin(const std::string& user, const std::string& password,
                                                 const std::string& channel) {
  model::AuthBegin typed;
  typed.credential_kind = "username_password";
  typed.fields.emplace("user_name", SecretBytes::copy_of(user));
  typed.fields.emplace("password", SecretBytes::copy_of(password));
  if (!channel.empty()) typed.fields.emplace("channel", SecretBytes::copy_of(channel));
  return adapter().auth_begin(context(), typed);
}

ports::Answer<model::AuthStep> SmartSuite::answer(const model::AuthChallenge& challenge,
                                                  const std::string& code) {
  model::AuthAnswer given;
  given.fields.emplace(challenge.challenge.fields.at(0).name, SecretBytes::copy_of(code));
  return adapter().auth_continue(context(), challenge.resume, given);
}

ports::Answer<model::AuthStep> SmartSuite::resend(const model::AuthChallenge& challenge,
                                                  const std::string& channel) {
  model::AuthAnswer again;
  again.resend = true;
  if (!channel.empty()) again.fields.emplace("channel", SecretBytes::copy_of(channel));
  return adapter().auth_continue(context(), challenge.resume, again);
}

std::string SmartSuite::latest_code(const std::string& person) const {
  const auto messages = simulator_.outbox("tx-smart", person, "code");
  if (messages.empty()) throw std::runtime_error("no code was sent");
  return messages.back().at("code").get<std::string>();
}

json SmartSuite::account() const {
  const auto found = scenario_.credential();
  if (!found) throw std::runtime_error("the scenario has no usable account of tx-smart");
  return *found;
}

SecretBytes SmartSuite::sign_in(const json& account) {
  const auto sent = begin(account);
  auto done = answer(asked(sent), latest_code(person_of(account)));
  (void)step_of(done);
  return std::move(std::get<AuthDone>(std::get<model::AuthStep>(done.value())).session);
}

Result<model::CaseContent> SmartSuite::read(const SecretBytes& session, const json& one_case,
                                            const std::vector<model::Dataset>& datasets) {
  auto answered =
      adapter().read_case(context(), session, {one_case.at("caseNumber").get<std::string>(), datasets});
  if (!answered) return std::move(answered).error();
  return std::get<model::CaseContent>(std::move(*answered));
}

model::DatasetAnswer SmartSuite::read_one(const SecretBytes& session, const json& one_case,
                                          model::Dataset dataset) {
  auto content = read(session, one_case, {dataset});
  if (!content) return {dataset, content.error()};
  return std::move(content->datasets.at(0));
}

}  // namespace casebridge::conformance
