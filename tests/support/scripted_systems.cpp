// Facts here are made up for tests.
#include "tests/support/scripted_systems.hpp"

namespace casebridge::testing {
namespace {

ports::SystemInfo system_of(const std::string& id, const std::string& jurisdiction, const std::string& name) {
  ports::SystemInfo info;
  info.id = id;
  info.jurisdiction = jurisdiction;
  info.display_name = name;
  info.adapter = id;
  info.adapter_version = "1.0.0";
  info.time_zone = "America/Chicago";
  info.form.credential_kind = "username_password";
  info.form.fields = {{"user_name", "text", false, 64, {}}, {"password", "password", true, 128, {}}};
  info.lockout = {5, std::chrono::hours{24}, std::chrono::seconds{900}};
  info.operations = {"case.list", "case.read"};
  info.case_number.length = 10;
  return info;
}

ports::JurisdictionInfo jurisdiction_of(const std::string& id, const std::string& name,
                                        const std::string& usps, const std::string& system) {
  ports::JurisdictionInfo info;
  info.id = id;
  info.name = name;
  info.usps = usps;
  info.name_es = name;
  info.fips = usps == "TX" ? "48" : usps == "OH" ? "39" : "06";
  info.agency = {name + " Child Support", "verified", "https://agency.example", "2026-01-05"};
  info.portal_url = {"https://portal.example/" + usps, "verified", "https://agency.example", "2026-01-05"};
  info.phone = {"512-555-0101", "secondary", "https://agency.example", "2026-01-05"};
  info.languages = {"en", "es"};
  info.languages_grounds.provenance = "unverified";
  info.contacts = {{"tty", {"512-555-0102", "unverified", "", ""}}};
  info.guidance_en = "# Connecting\n";
  info.guidance_es = "# Conectar\n";
  info.systems = {system};
  return info;
}

}  // namespace

ScriptedSystems::ScriptedSystems() {
  systems_ = {system_of("tx-icop", "us-tx", "Texas case account"),
              system_of("oh-csenet", "us-oh", "Ohio exchange")};
  jurisdictions_ = {jurisdiction_of("us-tx", "Texas", "TX", "tx-icop"),
                    jurisdiction_of("us-oh", "Ohio", "OH", "oh-csenet"),
                    jurisdiction_of("us-ca", "California", "CA", "")};
  jurisdictions_[0].aliases = {"Lone Star State"};
  ports::JurisdictionInfo& california = jurisdictions_[2];
  california.systems.clear();
  california.agency_url = {"https://agency.example/ca", "verified", "https://agency.example", "2026-01-05"};
  california.portal_url.provenance = "unverified";
  california.portal_name = {"Customer Connect", "verified", "https://agency.example", "2026-01-05"};
  california.phone = {"415-555-0103", "unverified", "", ""};
  for (const ports::SystemInfo& info : systems_) {
    ports::SystemHealth health;
    health.system = info.id;
    health.state = "ready";
    health_.push_back(health);
  }
}

const ports::SystemInfo* ScriptedSystems::find(const std::string& system_id) const {
  for (const ports::SystemInfo& info : systems_) {
    if (info.id == system_id) return &info;
  }
  return nullptr;
}

void ScriptedSystems::ask_for(const std::string& system_id, std::vector<model::FieldSpec> fields) {
  for (ports::SystemInfo& info : systems_) {
    if (info.id == system_id) info.form.fields = std::move(fields);
  }
}

ports::StateAdapter* ScriptedSystems::adapter(const std::string& system_id) {
  if (system_id == "tx-icop") return &texas;
  return system_id == "oh-csenet" ? &ohio : nullptr;
}

}  // namespace casebridge::testing
