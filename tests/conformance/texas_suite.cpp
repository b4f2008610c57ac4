// Starting over, signing in, and reading.
#include "tests/conformance/texas_suite.hpp"

#include <fstream>
#include <stdexcept>

namespace casebridge::conformance {
namespace {

using model::AuthChallenge;
using model::AuthDone;

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
json quiet(json document) {
  document["clock"]["mode"] = "frozen";
  document["faults"] = json::array();
  document["systems"]["tx-icop"]["latency"] = "none";
  return document;
}

json file_content() { return quiet(json::parse(std::ifstream(scenario_path()))); }

bool has_second_step(const json& credential) {
  return !credential.value("otp", json()).is_null() ||
         !credential.value("securityQuestion", json()).is_null();
}

}  // namespace

TexasSuite::TexasSuite() : simulator_(simulator_for(GetParam())), scenario_(file_content(), "tx-icop") {
  use(scenario_.document());
}

void TexasSuite::TearDownTestSuite() { simulators().clear(); }

void TexasSuite::use(const json& document) {
  simulator_.load(document);
  scenario_ = Scenario(document, "tx-icop");
  open_side(json::object());
}

void TexasSuite::use_settings(const json& more) { open_side(more); }

void TexasSuite::open_side(const json& more) {
  const auto clients = scenario_.option("clientIds", std::vector<std::string>{"gw-test-1"});
  json settings{{"client_id", clients.front()}};
  settings.update(more);
  side_ = std::make_unique<GatewaySide>(
      Reach{"tx-icop", simulator_.origin("tx-icop"), simulator_.ca_file(), settings.dump()}, now());
}

void TexasSuite::advance(long seconds) {
  simulator_.advance(seconds);
  side_->clock().advance(std::chrono::seconds{seconds});
}

void TexasSuite::add_fault(const std::string& op, const std::string& kind, const json& params, int after,
                           const json& times) {
  simulator_.add_fault({{"id", op + "-" + kind},
                        {"system", "tx-icop"},
                        {"op", op},
                        {"kind", kind},
                        {"params", params},
                        {"after", after},
                        {"times", times}});
}

ports::CallContext TexasSuite::context(std::chrono::milliseconds patience) {
  ports::CallContext made{Deadline(patience), "req-conformance"};
  made.interactive = true;
  return made;
}

model::AuthBegin TexasSuite::typed(const std::string& user, const std::string& password) {
  model::AuthBegin begin;
  begin.credential_kind = "username_password";
  begin.fields.emplace("user_name", SecretBytes::copy_of(user));
  begin.fields.emplace("password", SecretBytes::copy_of(password));
  return begin;
}

ports::Answer<model::AuthStep> TexasSuite::begin(const std::string& user, const std::string& password) {
  return adapter().auth_begin(context(), typed(user, password));
}

ports::Answer<model::AuthStep> TexasSuite::begin(const json& credential) {
  return begin(credential.at("username").get<std::string>(), credential.at("password").get<std::string>());
}

ports::Answer<model::AuthStep> TexasSuite::answer(const AuthChallenge& challenge, const std::string& text) {
  model::AuthAnswer given;
  given.fields.emplace(challenge.challenge.fields.at(0).name, SecretBytes::copy_of(text));
  return adapter().auth_continue(context(), challenge.resume, given);
}

ports::Answer<model::AuthStep> TexasSuite::resend(const AuthChallenge& challenge) {
  model::AuthAnswer again;
  again.resend = true;
  return adapter().auth_continue(context(), challenge.resume, again);
}

std::string TexasSuite::latest_code(const std::string& person) const {
  const auto messages = simulator_.outbox("tx-icop", person, "code");
  if (messages.empty()) throw std::runtime_error("no code was sent");
  return messages.back().at("code").get<std::string>();
}

SignedIn TexasSuite::sign_in(const json& credential) {
  auto answered = begin(credential);
  const auto* challenge = std::get_if<AuthChallenge>(&step_of(answered));
  if (challenge != nullptr) {
    const bool by_mail = challenge->challenge.kind == "otp";
    const std::string text = by_mail ? latest_code(credential.at("person").get<std::string>())
                                     : credential.at("securityQuestion").at("answer").get<std::string>();
    auto second = answer(*challenge, text);
    answered = std::move(second);
  }
  (void)step_of(answered);
  auto* done = std::get_if<AuthDone>(&std::get<model::AuthStep>(answered.value()));
  if (done == nullptr) throw std::runtime_error("the sign-in did not end in a session");
  return {credential, std::move(*done)};
}

SignedIn TexasSuite::sign_in() {
  auto found = scenario_.credential([](const json& one) { return !has_second_step(one); });
  if (!found) found = scenario_.credential();
  if (!found) throw std::runtime_error("the scenario has no usable account of tx-icop");
  return sign_in(*found);
}

Result<model::CaseContent> TexasSuite::read(const SecretBytes& session, const json& one_case,
                                            const std::vector<model::Dataset>& datasets) {
  auto answered =
      adapter().read_case(context(), session, {one_case.at("caseNumber").get<std::string>(), datasets});
  if (!answered) return std::move(answered).error();
  return std::get<model::CaseContent>(std::move(*answered));
}

model::DatasetAnswer TexasSuite::read_one(const SecretBytes& session, const json& one_case,
                                          model::Dataset dataset) {
  auto content = read(session, one_case, {dataset});
  if (!content) return {dataset, content.error()};
  return std::move(content->datasets.at(0));
}

}  // namespace casebridge::conformance
