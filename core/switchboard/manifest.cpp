// Typed reading of manifest.yaml.
#include "core/switchboard/manifest.hpp"

#include <algorithm>

#include "core/base/settings_file.hpp"

namespace casebridge::switchboard {
namespace {

constexpr int concurrency_ceiling = 64;

Result<void> all_of(const Settings& file, std::string_view key, const std::vector<std::string>& values,
                    std::initializer_list<std::string_view> allowed) {
  for (const std::string& value : values) {
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
      return file.complaint(key, "has a word that this gateway does not know");
    if (std::count(values.begin(), values.end(), value) > 1) return file.complaint(key, "has a word twice");
  }
  return {};
}

Result<void> read_sign_in(const Settings& file, Manifest& manifest) {
  CASEBRIDGE_TRY(const auto sign_in, file.section("sign_in"));
  CASEBRIDGE_CHECK(sign_in.only({"kinds", "steps"}));
  CASEBRIDGE_TRY(manifest.credential_kinds, sign_in.texts("kinds"));
  CASEBRIDGE_TRY(manifest.challenge_kinds, sign_in.texts("steps"));
  CASEBRIDGE_CHECK(
      all_of(sign_in, "kinds", manifest.credential_kinds,
             {"username_password", "participant_pin", "case_ssn4_pin", "assertion", "mailed_pin"}));
  return all_of(sign_in, "steps", manifest.challenge_kinds,
                {"otp", "question", "credentials", "fields", "action_needed", "mailed_code", "choice",
                 "new_credential"});
}

Result<void> read_concurrency(const Settings& file, Manifest& manifest) {
  CASEBRIDGE_TRY(const auto concurrency, file.section("concurrency"));
  CASEBRIDGE_CHECK(concurrency.only({"model", "max"}));
  CASEBRIDGE_TRY(const std::string model, concurrency.one_of("model", {"serial", "reentrant"}));
  CASEBRIDGE_TRY(const std::int64_t most, concurrency.integer_or("max", 1, concurrency_ceiling, 1));
  if (model == "serial" && most != 1) return concurrency.complaint("max", "a serial adapter takes one call");
  manifest.concurrency_max = static_cast<int>(most);
  return {};
}

}  // namespace

Result<Manifest> read_manifest(const std::string& folder) {
  CASEBRIDGE_TRY(const auto file, Settings::load(folder + "/manifest.yaml"));
  CASEBRIDGE_CHECK(file.only({"manifest", "id", "version", "display_name", "abi_major", "model_major",
                              "operations", "sign_in", "services", "concurrency", "settings"}));
  Manifest manifest;
  if (auto format = file.integer("manifest", 1, 1); !format) return std::move(format).error();
  CASEBRIDGE_TRY(manifest.id, file.text("id"));
  CASEBRIDGE_TRY(manifest.version, file.text("version"));
  CASEBRIDGE_TRY(manifest.display_name, file.text("display_name"));
  CASEBRIDGE_TRY(const std::int64_t abi, file.integer("abi_major", 1, 99));
  CASEBRIDGE_TRY(const std::int64_t model, file.integer("model_major", 1, 99));
  manifest.abi_major = static_cast<std::uint32_t>(abi);
  manifest.model_major = static_cast<std::uint32_t>(model);
  CASEBRIDGE_TRY(manifest.operations, file.texts("operations"));
  CASEBRIDGE_CHECK(all_of(file, "operations", manifest.operations,
                          {"auth.begin",         "auth.continue",      "auth.end",
                           "case.list",          "case.read",          "document.read",
                           "profile.read",       "payment.options",    "enrol.begin",
                           "credential.recover", "contact.update",     "payment.create",
                           "payment.read",       "payment_method.add", "payment_method.remove",
                           "recurring.create",   "recurring.cancel",   "message.send",
                           "document.upload",    "request.create",     "request.read"}));
  CASEBRIDGE_TRY(manifest.services, file.texts("services"));
  CASEBRIDGE_CHECK(
      all_of(file, "services", manifest.services,
             {"http/1", "clock/1", "log/1", "secrets/1", "model/1", "assertion/1", "files/1", "kv/1"}));
  CASEBRIDGE_CHECK(read_sign_in(file, manifest));
  CASEBRIDGE_CHECK(read_concurrency(file, manifest));
  CASEBRIDGE_TRY(const auto settings, file.section("settings"));
  manifest.settings_schema = settings.json();
  return manifest;
}

}  // namespace casebridge::switchboard
