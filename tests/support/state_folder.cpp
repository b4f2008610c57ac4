// Writes profile.yaml and systems.yaml into a temporary folder.
#include "tests/support/state_folder.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fstream>
#include <stdexcept>

namespace casebridge::testing {

StateFolder::StateFolder(const std::vector<StateSystem>& systems) {
  path_ = new_temporary_folder("states");
  std::filesystem::create_directory(path_ / "tx");
  write("tx/profile.yaml",
        "jurisdiction: us-tx\nname: Texas\nusps: TX\nfips: \"48\"\naliases: [texas]\n"
        "time_zone: {value: America/Chicago, provenance: unverified}\n"
        "agency: {value: Agency, provenance: unverified}\n"
        "agency_url: {value: 'https://agency.example', provenance: unverified}\n"
        "phone: {value: 512-555-0100, provenance: unverified}\n"
        "languages: {value: [en], provenance: unverified}\n");
  std::string text = "systems:\n";
  for (const StateSystem& system : systems) {
    text +=
        "  - id: " + system.id + "\n    adapter: " + system.adapter + "\n    display_name: Test\n" +
        "    time_zone: America/Chicago\n    safety_policy: redact_location\n    allow_plaintext: true\n" +
        "    origins: ['" + system.origin + "']\n" +
        "    sign_in: {kind: username_password, custody: [session_only], fields: "
        "[{name: user_name, type: text}, {name: password, type: password}]}\n" +
        system.more;
  }
  write("tx/systems.yaml", text);
}

StateFolder::~StateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string StateFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name) << text;
  return (path_ / name).string();
}

}  // namespace casebridge::testing
