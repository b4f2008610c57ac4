// Another state on the same SOAP platform is a file under states/, and no code.
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "tests/conformance/kansas_suite.hpp"

namespace casebridge::conformance {
namespace {

constexpr const char* second_quick_zone = "America/Denver";

// The first scenario of the platform, as a state in the mountains would have it: its own share of the
// arrears, and its own midnight.
json second_quick_document(const AssertionKey& key) {
  json document = json::parse(std::ifstream(scenario_path()));
  document["clock"]["mode"] = "frozen";
  document["faults"] = json::array();
  json& system = document["systems"]["ks-quick"];
  system["latency"] = "none";
  system["options"]["jwks"] = key.key_set();
  system["options"]["state"] = "NM";
  system["options"]["timeZone"] = second_quick_zone;
  for (auto& [id, one] : document["systems"].items()) one["enabled"] = id == "ks-quick";
  for (json& one : document["cases"])
    if (!one.at("balances").empty()) {
      json share = one.at("balances").front();
      share["bucket"] = "arrears_assigned";
      share["assignee"] = "state:NM";
      share["amountCents"] = 12345;
      share["aggregate"] = false;
      one["balances"].push_back(share);
    }
  return document;
}

TEST(KansasPlatform, second_state_is_configuration_only) {
  if (std::getenv("CASEBRIDGE_SIMULATE") != nullptr)
    GTEST_SKIP() << "only our own simulators can stand for another state";
  const auto folder =
      std::filesystem::temp_directory_path() / ("casebridge-nm-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const AssertionKey key;
  const json document = second_quick_document(key);
  std::ofstream(folder / "second.json") << document.dump();
  const Simulator simulator(folder / "second.json", Simulator::Carrier::tls, {{"ks-quick", "nm-quick"}});
  const Scenario scenario(document, "ks-quick", "assertion");
  const Instant now = *parse_instant(simulator.now());
  Reach reach{"nm-quick", simulator.origin("nm-quick"), simulator.ca_file(), ""};
  reach.entry_json =
      trusting_entry(key, simulator, scenario.option("trustedAssertionIssuers", json::array()));
  GatewaySide side(reach, now);
  int seen = 0;
  (void)scenario.credential([&](const json& credential) {
    ports::CallContext context{Deadline(std::chrono::seconds{30}), "req-conformance"};
    context.person = ports::AssertedPerson{credential.at("subject").get<std::string>(), now, 2, 2};
    const SecretBytes session = SecretBytes::copy_of(credential.at("personNumber").get<std::string>());
    for (const json& one : quick_cases(scenario, credential.at("person").get<std::string>())) {
      if (is_kept_back(one)) continue;
      const auto content = side.adapter().read_case(
          context, session,
          {one.at("caseNumber").get<std::string>(), {std::begin(quick_datasets), std::end(quick_datasets)}});
      EXPECT_TRUE(content);
      if (!content) continue;
      for (const auto& dataset : std::get<model::CaseContent>(*content).datasets)
        EXPECT_EQ(sorted(facts_of(records_of(dataset))),
                  sorted(expected_by_query({scenario, one, credential, now, "NM", second_quick_zone},
                                           dataset.dataset)))
            << model::name_of(dataset.dataset);
      ++seen;
    }
    return false;
  });
  EXPECT_GT(seen, 0);
  EXPECT_FALSE(simulator.calls("nm-quick", "GetFinancial").empty());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace casebridge::conformance
