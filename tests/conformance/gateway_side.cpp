// Writes the override file that an operator would write, and opens the switchboard with it.
#include "tests/conformance/gateway_side.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "core/storage/database.hpp"
#include "core/switchboard/library_shelf.hpp"
#include "core/switchboard/switchboard.hpp"
#include "core/vault/record_vault.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

namespace casebridge::conformance {
namespace {

namespace fs = std::filesystem;

// Only the state that the system is named after (tx-icop): the others' libraries need not be looked at.
fs::path states_with(const std::string& system, const fs::path& folder) {
  const std::string state = system.substr(0, system.find('-'));
  fs::create_directory(folder / "states");
  fs::create_directory_symlink(casebridge::tests::in_source("states/" + state), folder / "states" / state);
  return folder / "states";
}

// Every test opens a switchboard of its own; a mapped library stays for good, so they share one of each.
std::shared_ptr<switchboard::LibraryShelf> libraries_of_this_program() {
  static const auto shelf = std::make_shared<switchboard::LibraryShelf>();
  return shelf;
}

}  // namespace

GatewaySide::GatewaySide(const Reach& reach, Instant now)
    : reach_(reach), folder_(testing::new_temporary_folder("conformance")), clock_(now) {
  write_overrides();
  states_ = states_with(reach_.system, folder_);
  log_ = Log::to((folder_ / "log").string(), LogLevel::debug).value();
  if (reach_.keeps_values && !vault::KeyFiles::make(folder_ / "keys"))
    throw std::runtime_error("no place for keys");
  open_systems();
}

void GatewaySide::write_overrides() const {
  nlohmann::json entry = nlohmann::json::object();
  if (!reach_.origin.empty())
    entry = {{"origins", {reach_.origin}}, {"allow_plaintext", reach_.ca_file.empty()}};
  if (!reach_.ca_file.empty()) entry["ca"] = reach_.ca_file;
  if (!reach_.settings_json.empty()) entry["settings"] = nlohmann::json::parse(reach_.settings_json);
  if (!reach_.entry_json.empty()) entry.update(nlohmann::json::parse(reach_.entry_json));
  // JSON is YAML too.
  std::ofstream(folder_ / "systems.yaml") << nlohmann::json{{"systems", {{reach_.system, entry}}}}.dump();
}

void GatewaySide::open_systems() {
  switchboard::SwitchboardOptions options;
  options.states_folder = states_;
  options.plugins_folder = casebridge::tests::in_build("plugins");
  options.schemas_folder = casebridge::tests::in_source("schemas");
  options.override_files = {(folder_ / "systems.yaml").string()};
  // The breaker has tests of its own; here a system may fail as often as a test wants it to.
  options.breaker.failures_max = 1'000'000;
  if (reach_.keeps_values) open_store();
  options.store = store_.get();
  options.vault = vault_.get();
  options.libraries = libraries_of_this_program();
  auto opened = switchboard::open_switchboard(options, clock_, log_);
  if (!opened) throw std::runtime_error("the switchboard did not open: " + opened.error().detail);
  systems_ = std::move(*opened);
  for (const ports::SystemHealth& health : systems_->health())
    if (health.system == reach_.system && health.state == "refused")
      throw std::runtime_error("the adapter is refused: " + health.reason);
  adapter_ = systems_->adapter(reach_.system);
  if (adapter_ == nullptr) throw std::runtime_error("there is no such system: " + reach_.system);
}

void GatewaySide::restart() {
  systems_.reset();
  store_.reset();
  vault_.reset();
  open_systems();
}

void GatewaySide::open_store() {
  const storage::DatabaseOptions database{"sqlite:" + (folder_ / "values.db").string(),
                                          casebridge::tests::in_source("schemas/migrations"), 2};
  auto opened = storage::open_database(database, clock_, log_);
  if (!opened) throw std::runtime_error("no place for values");
  store_ = std::move(*opened);
  vault_ = std::make_unique<vault::RecordVault>(vault::KeyFiles::load(folder_ / "keys").value());
}

GatewaySide::~GatewaySide() {
  systems_.reset();
  store_.reset();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string GatewaySide::log_text() const {
  log_.flush();
  std::ostringstream text;
  text << std::ifstream(folder_ / "log").rdbuf();
  return text.str();
}

}  // namespace casebridge::conformance
