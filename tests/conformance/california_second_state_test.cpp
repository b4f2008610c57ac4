// Another state on the same HTML platform is a file under states/, and no code.
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "tests/conformance/california_suite.hpp"

namespace casebridge::conformance {
namespace {

constexpr const char* second_zone = "America/Denver";

// The first scenario of the platform, as a state in the mountains would have it.
std::filesystem::path second_scenario(const std::filesystem::path& folder) {
  json document = json::parse(std::ifstream(scenario_path()));
  document["clock"]["mode"] = "frozen";
  document["faults"] = json::array();
  json& portal = document["systems"]["ca-connect"];
  portal["latency"] = "none";
  portal["options"]["timeZone"] = second_zone;
  portal["options"]["markup"] = "B";
  for (auto& [id, system] : document["systems"].items()) system["enabled"] = id == "ca-connect";
  const auto path = folder / "second.json";
  std::ofstream(path) << document.dump();
  return path;
}

TEST(CaliforniaPlatform, second_state_is_configuration_only) {
  if (std::getenv("CASEBRIDGE_SIMULATE") != nullptr)
    GTEST_SKIP() << "only our own simulators can stand for another state";
  const auto folder =
      std::filesystem::temp_directory_path() / ("casebridge-co-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto file = second_scenario(folder);
  const Simulator simulator(file, Simulator::Carrier::tls, {{"ca-connect", "co-connect"}});
  const Scenario scenario(json::parse(std::ifstream(file)), "ca-connect", "participant_pin");
  const Instant now = *parse_instant(simulator.now());
  Reach reach{"co-connect", simulator.origin("co-connect"), simulator.ca_file(), ""};
  reach.keeps_values = true;
  GatewaySide side(reach, now);
  const auto account = scenario.credential([](const json& one) { return !one.value("pinTemporary", false); });
  ASSERT_TRUE(account);
  ports::CallContext context{Deadline(std::chrono::seconds{30}), "req-conformance"};
  context.interactive = true;
  model::AuthBegin typed;
  typed.credential_kind = "participant_pin";
  typed.fields.emplace("participant_id",
                       SecretBytes::copy_of(account->at("participantId").get<std::string>()));
  typed.fields.emplace("pin", SecretBytes::copy_of(account->at("pin").get<std::string>()));
  const auto step = side.adapter().auth_begin(context, typed);
  const auto& session = std::get<model::AuthDone>(step_of(step)).session;
  const std::string person = account->at("person").get<std::string>();
  const json one = scenario.cases_of(person).front();
  const auto content = side.adapter().read_case(
      context, session,
      {one.at("caseNumber").get<std::string>(), {std::begin(portal_datasets), std::end(portal_datasets)}});
  ASSERT_TRUE(content);
  for (const auto& dataset : std::get<model::CaseContent>(*content).datasets) {
    Facts read = facts_of(records_of(dataset));
    EXPECT_EQ(read, expected_on_portal({scenario, one, person, now, "CO", second_zone}, dataset.dataset))
        << model::name_of(dataset.dataset);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace casebridge::conformance
