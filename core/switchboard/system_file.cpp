// Typed reading of systems.yaml and of override files.
#include "core/switchboard/system_file.hpp"

#include <algorithm>
#include <array>

#include "core/base/settings_file.hpp"
#include "core/base/text.hpp"
#include "core/model/time_zone.hpp"
#include "core/model/vocabulary.hpp"
#include "core/switchboard/form_file.hpp"
#include "core/switchboard/payload_schemas.hpp"

namespace casebridge::switchboard {
namespace {

constexpr std::int64_t day_s = 24 * 60 * 60;
constexpr std::int64_t case_number_digits_max = 15;  // case numbers are no longer (CSENet)
constexpr std::int64_t refresh_hours_max = 14 * 24;

Result<void> read_sign_in(const Settings& file, SystemSetup& setup) {
  CASEBRIDGE_TRY(const auto section, file.section("sign_in"));
  CASEBRIDGE_CHECK(section.only({"kind", "custody", "fields", "ssn_notice", "ssn_notice_es"}));
  ports::LoginForm& form = setup.info.form;
  CASEBRIDGE_TRY(form.credential_kind, section.text("kind"));
  CASEBRIDGE_TRY(const auto custody, section.texts("custody"));
  const auto has = [&](std::string_view word) {
    return std::find(custody.begin(), custody.end(), word) != custody.end();
  };
  setup.info.session_only_allowed = has("session_only");
  setup.info.vaulted_allowed = has("vaulted");
  if (static_cast<std::size_t>(has("session_only")) + static_cast<std::size_t>(has("vaulted")) !=
          custody.size() ||
      custody.empty())
    return section.complaint("custody", "expected session_only, vaulted or both");
  setup.info.password_login = form.credential_kind != "assertion";
  return read_form(section, form);
}

Result<int> minute_of(const Settings& file, std::string_view key) {
  CASEBRIDGE_TRY(const std::string text, file.text(key));
  const auto hour = text.size() == 5 && text[2] == ':' ? text::parse_int(text.substr(0, 2)) : std::nullopt;
  const auto minute = hour ? text::parse_int(text.substr(3)) : std::nullopt;
  if (!hour || !minute || *hour < 0 || *minute < 0 || *minute > 59 || *hour * 60 + *minute > 24 * 60)
    return file.complaint(key, "expected HH:MM in quotes");
  return static_cast<int>(*hour * 60 + *minute);
}

Result<void> read_maintenance(const Settings& file, SystemSetup& setup) {
  constexpr std::array<std::string_view, 7> days{"sunday",   "monday", "tuesday", "wednesday",
                                                 "thursday", "friday", "saturday"};
  CASEBRIDGE_TRY(const auto windows, file.list("maintenance"));
  for (const Settings& one : windows) {
    CASEBRIDGE_CHECK(one.only({"day", "from", "to"}));
    CASEBRIDGE_TRY(const std::string day, one.text("day"));
    const auto found = std::find(days.begin(), days.end(), day);
    if (found == days.end() && day != "daily") return one.complaint("day", "expected a weekday or daily");
    CASEBRIDGE_TRY(const int from, minute_of(one, "from"));
    CASEBRIDGE_TRY(const int to, minute_of(one, "to"));
    if (to <= from) return one.complaint("to", "must be later than from, on the same day");
    for (unsigned i = 0; i < days.size(); ++i)
      if (day == "daily" || days[i] == day) setup.info.maintenance.push_back({i, from, to});
  }
  return {};
}

Result<void> read_lockout(const Settings& file, SystemSetup& setup) {
  CASEBRIDGE_TRY(const auto section, file.section_if_any("lockout"));
  if (!section) return {};
  CASEBRIDGE_CHECK(section->only({"limit", "window_s", "lock_s"}));
  CASEBRIDGE_TRY(const std::int64_t limit, section->integer("limit", 0, 100));
  CASEBRIDGE_TRY(const std::int64_t window, section->integer_or("window_s", 0, 365 * day_s, 0));
  CASEBRIDGE_TRY(const std::int64_t lock, section->integer_or("lock_s", 0, 365 * day_s, 0));
  setup.info.lockout = {static_cast<int>(limit), std::chrono::seconds{window}, std::chrono::seconds{lock}};
  return {};
}

// What both a system and an override of it may say. `path` is the file they are in.
Result<void> read_reach(const Settings& file, const std::string& path, SystemSetup& setup) {
  if (file.has("origins")) {
    CASEBRIDGE_TRY(setup.origins, file.texts("origins"));
  }
  if (file.has("ca")) {
    CASEBRIDGE_TRY(const std::string ca, file.text("ca"));
    setup.ca_file = beside(path, ca);
  }
  CASEBRIDGE_TRY(const auto identity, file.section_if_any("client_tls"));
  if (identity) {
    CASEBRIDGE_CHECK(identity->only({"certificate", "key"}));
    CASEBRIDGE_TRY(const std::string certificate, identity->text("certificate"));
    CASEBRIDGE_TRY(const std::string key, identity->text("key"));
    setup.client_certificate_file = beside(path, certificate);
    setup.client_key_file = beside(path, key);
  }
  CASEBRIDGE_CHECK(read_service_rules(file, path, setup.services));
  CASEBRIDGE_TRY(setup.proxy, file.text_or("proxy", setup.proxy));
  CASEBRIDGE_TRY(setup.allow_plaintext, file.boolean_or("allow_plaintext", setup.allow_plaintext));
  CASEBRIDGE_TRY(const auto hours, file.integer_or("refresh_every_hours", 0, refresh_hours_max,
                                                   setup.info.refresh_every.count()));
  setup.info.refresh_every = std::chrono::hours{hours};
  CASEBRIDGE_TRY(const auto settings, file.section_if_any("settings"));
  if (settings) setup.settings_json = merge_objects(setup.settings_json, settings->json());
  CASEBRIDGE_TRY(const auto secrets, file.section_if_any("secrets"));
  if (!secrets) return {};
  for (const std::string& name : secrets->keys()) {
    CASEBRIDGE_TRY(const std::string secret_file, secrets->text(name));
    setup.secret_files[name] = beside(path, secret_file);
  }
  return {};
}

Result<SystemSetup> read_one(const Settings& file, const std::string& path, const std::string& jurisdiction) {
  CASEBRIDGE_CHECK(
      file.only({"id",           "adapter",       "display_name", "time_zone",   "origins",
                 "ca",           "client_tls",    "proxy",        "settings",    "allow_plaintext",
                 "secrets",      "sign_in",       "lockout",      "maintenance", "safety_policy",
                 "as_of_basis",  "case_number_digits",            "assertion",   "refresh_every_hours",
                 "files",        "kv",            "enrolment",    "recovery"}));
  SystemSetup setup;
  setup.info.jurisdiction = jurisdiction;
  CASEBRIDGE_TRY(setup.info.id, file.text("id"));
  CASEBRIDGE_TRY(setup.info.adapter, file.text("adapter"));
  CASEBRIDGE_TRY(setup.info.display_name, file.text("display_name"));
  CASEBRIDGE_TRY(setup.info.time_zone, file.text("time_zone"));
  if (model::find_time_zone(setup.info.time_zone) == nullptr)
    return file.complaint("time_zone", "is no zone of this machine's IANA database");
  CASEBRIDGE_TRY(const std::string policy, file.text("safety_policy"));
  const auto level = model::parse_name<model::SafetyLevel>(policy);
  if (!level) return file.complaint("safety_policy", "is no safety level");
  setup.info.safety_policy = static_cast<int>(*level);
  CASEBRIDGE_TRY(setup.info.as_of_basis, file.text_or("as_of_basis", setup.info.as_of_basis));
  CASEBRIDGE_TRY(const auto digits, file.integer_or("case_number_digits", 0, case_number_digits_max, 0));
  setup.info.case_number.length = static_cast<std::size_t>(digits);
  if (digits != 0) setup.info.case_number.characters = model::IdentifierForm::Characters::digits;
  CASEBRIDGE_CHECK(read_reach(file, path, setup));
  CASEBRIDGE_CHECK(read_sign_in(file, setup));
  CASEBRIDGE_CHECK(read_other_forms(file, setup.info));
  CASEBRIDGE_CHECK(read_lockout(file, setup));
  CASEBRIDGE_CHECK(read_maintenance(file, setup));
  setup.place = file.complaint("adapter", "").detail;
  return setup;
}

}  // namespace

Result<std::vector<SystemSetup>> read_systems(const std::string& folder, const std::string& jurisdiction) {
  const std::string path = folder + "/systems.yaml";
  CASEBRIDGE_TRY(const auto file, Settings::load(path));
  CASEBRIDGE_CHECK(file.only({"systems"}));
  CASEBRIDGE_TRY(const auto entries, file.list("systems"));
  std::vector<SystemSetup> systems;
  for (const Settings& entry : entries) {
    CASEBRIDGE_TRY(auto setup, read_one(entry, path, jurisdiction));
    systems.push_back(std::move(setup));
  }
  return systems;
}

Result<void> apply_overrides(const std::string& path, std::vector<SystemSetup>& systems) {
  CASEBRIDGE_TRY(const auto file, Settings::load(path));
  CASEBRIDGE_CHECK(file.only({"systems"}));
  CASEBRIDGE_TRY(const auto section, file.section("systems"));
  for (const std::string& id : section.keys()) {
    const auto found = std::find_if(systems.begin(), systems.end(),
                                    [&](const SystemSetup& one) { return one.info.id == id; });
    if (found == systems.end()) return section.complaint(id, "is no system of any jurisdiction");
    CASEBRIDGE_TRY(const auto entry, section.section(id));
    CASEBRIDGE_CHECK(entry.only({"origins", "ca", "client_tls", "proxy", "allow_plaintext", "settings",
                                 "secrets", "refresh_every_hours", "assertion", "files", "kv"}));
    CASEBRIDGE_CHECK(read_reach(entry, path, *found));
  }
  return {};
}

}  // namespace casebridge::switchboard
