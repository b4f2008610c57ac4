// Registry: reads the files, loads each adapter once, configures one instance for each system.
#include "core/switchboard/switchboard.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "core/switchboard/inspection.hpp"
#include "core/switchboard/jurisdiction_file.hpp"
#include "core/switchboard/library_shelf.hpp"
#include "core/switchboard/native_adapter.hpp"
#include "core/switchboard/refused_adapter.hpp"
#include "core/switchboard/system_file.hpp"
#include "core/switchboard/watched_adapter.hpp"

namespace casebridge::switchboard {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t secret_bytes_max = 64 * 1024;

struct KnownPlugin {
  Manifest manifest;
  LoadedPlugin loaded;
};

struct OpenSystem {
  std::string id;
  std::string refused;  // why; empty when it is offered
  RefusedAdapter stand_in;
  std::unique_ptr<WatchedAdapter> adapter;  // null when refused
};

class Registry final : public ports::Systems {
 public:
  const std::vector<ports::JurisdictionInfo>& jurisdictions() const override { return jurisdictions_; }
  const std::vector<ports::SystemInfo>& systems() const override { return systems_; }
  const ports::SystemInfo* find(const std::string& id) const override {
    const auto found =
        std::find_if(systems_.begin(), systems_.end(), [&](const auto& one) { return one.id == id; });
    return found == systems_.end() ? nullptr : &*found;
  }
  ports::StateAdapter* adapter(const std::string& id) override {
    const auto found = open_.find(id);
    if (found == open_.end()) return nullptr;
    if (found->second.adapter) return found->second.adapter.get();
    return &found->second.stand_in;
  }
  std::vector<ports::SystemHealth> health() const override {
    std::vector<ports::SystemHealth> all;
    for (const ports::SystemInfo& info : systems_) {
      const OpenSystem& open = open_.at(info.id);
      ports::SystemHealth health;
      health.system = info.id;
      health.state = "refused";
      health.reason = open.refused;
      if (open.adapter) open.adapter->report(health);
      all.push_back(std::move(health));
    }
    return all;
  }
  std::optional<Instant> maintenance_end(const std::string& id, Instant now) const override {
    const auto found = open_.find(id);
    if (found == open_.end() || !found->second.adapter) return std::nullopt;
    return found->second.adapter->maintenance_end(now);
  }

  std::vector<ports::JurisdictionInfo> jurisdictions_;
  std::vector<ports::SystemInfo> systems_;
  std::map<std::string, OpenSystem> open_;
};

Result<SecretBytes> read_secret(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string content(secret_bytes_max + 1, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  const bool usable = !in.bad() && !content.empty() && content.size() <= secret_bytes_max;
  while (!content.empty() && (content.back() == '\n' || content.back() == '\r')) content.pop_back();
  auto secret = SecretBytes::take(content);
  if (!usable) return trouble(TroubleCode::internal, "a secret file of this system cannot be read");
  return secret;
}

Result<HttpRules> rules_of(const SystemSetup& setup, const SwitchboardOptions& options, int concurrency) {
  HttpRules rules;
  for (const std::string& text : setup.origins) {
    const auto origin = Origin::parse(text);
    if (!origin)
      return trouble(TroubleCode::internal, "an origin of this system is not scheme, host and port");
    if (!origin->tls && !(setup.allow_plaintext && origin->is_loopback()))
      return trouble(TroubleCode::internal, "plain HTTP is for loopback addresses, with allow_plaintext");
    rules.origins.push_back(*origin);
  }
  if (rules.origins.empty()) return trouble(TroubleCode::internal, "no origin is configured for this system");
  rules.ca_file = setup.ca_file;
  rules.identity = {setup.client_certificate_file, setup.client_key_file};
  if (!setup.proxy.empty()) {
    rules.proxy = Origin::parse(setup.proxy);
    if (!rules.proxy || rules.proxy->tls)
      return trouble(TroubleCode::internal, "the proxy of this system is not http, host and port");
  }
  rules.connect_timeout = options.connect_timeout;
  rules.idle_connections_max = static_cast<std::size_t>(concurrency);
  for (const auto& [name, file] : setup.secret_files) {
    CASEBRIDGE_TRY(auto secret, read_secret(file));
    rules.secrets.emplace(name, std::move(secret));
  }
  return rules;
}

// The profile tells how the state writes its case numbers; a length of the system itself counts more.
void add_case_number_form(const ports::JurisdictionInfo& jurisdiction, ports::SystemInfo& system) {
  const std::size_t own_length = system.case_number.length;
  for (const ports::IdentifierFacts& facts : jurisdiction.identifiers) {
    if (facts.form.kind != model::IdentifierForm::Kind::case_number) continue;
    system.case_number = facts.form;
    if (own_length != 0) system.case_number.length = own_length;
    return;
  }
}

class Opening {
 public:
  Opening(const SwitchboardOptions& options, const Clock& clock, const Log& log)
      : options_(options),
        clock_(clock),
        log_(log),
        libraries_(options.libraries ? options.libraries : std::make_shared<LibraryShelf>()) {}

  Result<std::unique_ptr<ports::Systems>> open() {
    CASEBRIDGE_TRY(schemas_, PayloadSchemas::read(options_.schemas_folder + "/adapter"));
    auto registry = std::make_unique<Registry>();
    CASEBRIDGE_TRY(auto setups, read_states(*registry));
    for (const std::string& path : options_.override_files) CASEBRIDGE_CHECK(apply_overrides(path, setups));
    for (SystemSetup& setup : setups) open_one(std::move(setup), *registry);
    return std::unique_ptr<ports::Systems>(std::move(registry));
  }

 private:
  Result<std::vector<SystemSetup>> read_states(Registry& registry) const;
  Result<const KnownPlugin*> plugin(const std::string& id);
  Result<std::unique_ptr<NativeAdapter>> start(SystemSetup& setup);
  Result<HostServices::Parts> services_for(SystemSetup& setup, const Manifest& manifest) const;
  void open_one(SystemSetup setup, Registry& registry);

  const SwitchboardOptions& options_;
  const Clock& clock_;
  const Log& log_;
  std::shared_ptr<LibraryShelf> libraries_;
  std::shared_ptr<const PayloadSchemas> schemas_;
  std::map<std::string, Result<KnownPlugin>> plugins_;
};

Result<std::vector<SystemSetup>> Opening::read_states(Registry& registry) const {
  std::error_code failed;
  std::set<fs::path> folders;  // sorted: the same order everywhere
  for (const auto& entry : fs::directory_iterator(options_.states_folder, failed))
    if (entry.is_directory()) folders.insert(entry.path());
  if (failed) return trouble(TroubleCode::internal, "the folder of the states cannot be read");
  std::vector<SystemSetup> setups;
  std::set<std::string> ids;
  for (const fs::path& folder : folders) {
    CASEBRIDGE_TRY(auto jurisdiction, read_jurisdiction(folder.string()));
    std::vector<SystemSetup> systems;  // most jurisdictions have none: the directory leads to their own site
    if (fs::exists(folder / "systems.yaml", failed)) {
      CASEBRIDGE_TRY(systems, read_systems(folder.string(), jurisdiction.id));
    }
    for (SystemSetup& setup : systems) {
      add_case_number_form(jurisdiction, setup.info);
      if (!ids.insert(setup.info.id).second)
        return trouble(TroubleCode::invalid_request, setup.place + "this system's id is used twice");
      jurisdiction.systems.push_back(setup.info.id);
      setups.push_back(std::move(setup));
    }
    registry.jurisdictions_.push_back(std::move(jurisdiction));
  }
  return setups;
}

// Loaded once for all systems that use it; a refusal is remembered too.
Result<const KnownPlugin*> Opening::plugin(const std::string& id) {
  auto found = plugins_.find(id);
  if (found == plugins_.end()) {
    const auto load = [&]() -> Result<KnownPlugin> {
      CASEBRIDGE_TRY(auto inspected, inspect(options_.plugins_folder + "/" + id));
      CASEBRIDGE_TRY(auto loaded, libraries_->load(inspected));
      log_.write(LogLevel::info, "switchboard.plugin_loaded",
                 {{"adapter", std::string_view(inspected.manifest.id)},
                  {"version", std::string_view(inspected.manifest.version)},
                  {"sha256", std::string_view(inspected.sha256)}});
      return KnownPlugin{std::move(inspected.manifest), loaded};
    };
    found = plugins_.emplace(id, load()).first;
  }
  if (!found->second) return found->second.error();
  return &*found->second;
}

Result<std::unique_ptr<NativeAdapter>> Opening::start(SystemSetup& setup) {
  CASEBRIDGE_TRY(const KnownPlugin* known, plugin(setup.info.adapter));
  const Manifest& manifest = known->manifest;
  setup.info.adapter_version = manifest.version;
  setup.info.operations = manifest.operations;
  const auto& kinds = manifest.credential_kinds;
  if (std::find(kinds.begin(), kinds.end(), setup.info.form.credential_kind) == kinds.end())
    return trouble(TroubleCode::internal, "the adapter does not know this system's kind of credential");
  if (const auto checked = check_against(manifest.settings_schema, setup.settings_json); !checked)
    return trouble(TroubleCode::internal,
                   "the settings do not follow the manifest at " + checked.error().detail);
  NativeSetting setting;
  setting.system = setup.info.id;
  setting.settings_json = setup.settings_json;
  setting.grace = options_.grace;
  CASEBRIDGE_TRY(setting.services, services_for(setup, manifest));
  return NativeAdapter::make(known->loaded, manifest, std::move(setting));
}

// What the manifest asks for and the system has; the rest is absent, which adapters are told as
// not_supported.
Result<HostServices::Parts> Opening::services_for(SystemSetup& setup, const Manifest& manifest) const {
  const auto wants = [&](std::string_view service) {
    return std::find(manifest.services.begin(), manifest.services.end(), service) != manifest.services.end();
  };
  HostServices::Parts parts;
  parts.system = setup.info.id;
  parts.offered = manifest.services;
  parts.schemas = schemas_;
  parts.clock = &clock_;
  parts.log = log_;
  bool loopback = true;
  std::string thumbprint;
  if (wants("http/1")) {
    CASEBRIDGE_TRY(auto rules, rules_of(setup, options_, manifest.concurrency_max));
    for (const Origin& origin : rules.origins) loopback = loopback && origin.is_loopback();
    CASEBRIDGE_TRY(parts.http, HttpClient::make(std::move(rules)));
    thumbprint = parts.http->thumbprint();
  }
  ServiceRules& rules = setup.services;
  if (wants("assertion/1") && rules.assertion) {
    if (!rules.assertion->fixed_subjects.empty() && !loopback)
      return trouble(TroubleCode::internal, "fixed_subjects are for systems of this machine only");
    if (rules.assertion->issuer.empty() || rules.assertion->audiences.empty())
      return trouble(TroubleCode::internal, "assertions need an issuer and an audience");
    if (rules.assertion->key_file.empty())
      return trouble(TroubleCode::internal, std::string(not_set_up) + ": no key for assertions is named");
    CASEBRIDGE_TRY(auto signer, AssertionSigner::make(std::move(*rules.assertion), std::move(thumbprint)));
    setup.info.assertion_jwk = signer->public_jwk();
    parts.signer = std::move(signer);
  }
  if (wants("files/1") && rules.files)
    parts.folders = std::make_unique<LandingFolders>(std::move(*rules.files));
  if (wants("kv/1") && options_.store != nullptr && options_.vault != nullptr)
    parts.values = std::make_unique<ValueKeeper>(setup.info.id, rules.kv, *options_.store, *options_.vault);
  return parts;
}

void Opening::open_one(SystemSetup setup, Registry& registry) {
  OpenSystem& open = registry.open_[setup.info.id];
  open.id = setup.info.id;
  auto started = start(setup);
  if (started) {
    open.adapter = std::make_unique<WatchedAdapter>(
        setup.info.id, std::move(*started), options_.breaker,
        MaintenancePlan{setup.info.time_zone, setup.info.maintenance}, clock_, log_);
  } else {
    open.refused = started.error().detail;
    const bool waits = open.refused.starts_with(not_set_up);
    log_.write(waits ? LogLevel::info : LogLevel::error, "switchboard.system_refused",
               {{"system", std::string_view(open.id)},
                {"adapter", std::string_view(setup.info.adapter)},
                {"reason", std::string_view(open.refused)}});
  }
  registry.systems_.push_back(std::move(setup.info));
}

}  // namespace

Result<std::unique_ptr<ports::Systems>> open_switchboard(const SwitchboardOptions& options,
                                                         const Clock& clock, const Log& log) {
  return Opening(options, clock, log).open();
}

}  // namespace casebridge::switchboard
