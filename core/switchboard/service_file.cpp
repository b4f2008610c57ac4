// Typed reading of the three sections.
#include "core/switchboard/service_file.hpp"

#include <filesystem>

namespace casebridge::switchboard {
namespace {

constexpr std::int64_t kibibyte = 1024;
constexpr std::int64_t mebibyte = 1024 * kibibyte;

Result<void> read_assertion(const Settings& section, const std::string& path, AssertionRules& rules) {
  CASEBRIDGE_CHECK(section.only({"key", "key_id", "issuer", "audiences", "type", "purpose", "reference_claim",
                                 "lifetime_s", "authentication_age_max_s", "authentication_level_min",
                                 "identity_level", "fixed_subjects"}));
  if (section.has("key")) {
    CASEBRIDGE_TRY(const std::string key, section.text("key"));
    rules.key_file = beside(path, key);
  }
  CASEBRIDGE_TRY(rules.key_id, section.text_or("key_id", rules.key_id));
  CASEBRIDGE_TRY(rules.issuer, section.text_or("issuer", rules.issuer));
  if (section.has("audiences")) {
    CASEBRIDGE_TRY(rules.audiences, section.texts("audiences"));
  }
  CASEBRIDGE_TRY(rules.type, section.text_or("type", rules.type));
  CASEBRIDGE_TRY(rules.purpose, section.text_or("purpose", rules.purpose));
  CASEBRIDGE_TRY(rules.reference_claim, section.text_or("reference_claim", rules.reference_claim));
  CASEBRIDGE_TRY(const auto lifetime, section.integer_or("lifetime_s", 10, 300, rules.lifetime.count()));
  CASEBRIDGE_TRY(const auto age, section.integer_or("authentication_age_max_s", 60, 86'400,
                                                    rules.authentication_age_max.count()));
  CASEBRIDGE_TRY(const auto level,
                 section.integer_or("authentication_level_min", 1, 3, rules.authentication_level_min));
  CASEBRIDGE_TRY(const auto identity, section.integer_or("identity_level", 1, 3, rules.identity_level));
  rules.lifetime = std::chrono::seconds{lifetime};
  rules.authentication_age_max = std::chrono::seconds{age};
  rules.authentication_level_min = static_cast<int>(level);
  rules.identity_level = static_cast<int>(identity);
  CASEBRIDGE_TRY(const auto subjects, section.section_if_any("fixed_subjects"));
  if (!subjects) return {};
  rules.fixed_subjects.clear();
  for (const std::string& reference : subjects->keys()) {
    CASEBRIDGE_TRY(rules.fixed_subjects[reference], subjects->text(reference));
  }
  return {};
}

Result<void> read_folders(const Settings& section, const std::string& path, FolderRules& rules) {
  CASEBRIDGE_CHECK(section.only({"inbound", "outbound", "file_mib_max"}));
  CASEBRIDGE_TRY(const std::string inbound, section.text("inbound"));
  CASEBRIDGE_TRY(const std::string outbound, section.text("outbound"));
  CASEBRIDGE_TRY(const auto most, section.integer_or("file_mib_max", 1, 16 * kibibyte, kibibyte));
  rules.inbound = beside(path, inbound);
  rules.outbound = beside(path, outbound);
  rules.file_bytes_max = static_cast<std::uint64_t>(most * mebibyte);
  return {};
}

}  // namespace

std::string beside(const std::string& file, const std::string& path) {
  if (path.empty() || path.front() == '/') return path;
  return (std::filesystem::path(file).parent_path() / path).lexically_normal().string();
}

Result<void> read_service_rules(const Settings& file, const std::string& path, ServiceRules& rules) {
  CASEBRIDGE_TRY(const auto assertion, file.section_if_any("assertion"));
  if (assertion) {
    if (!rules.assertion) rules.assertion.emplace();
    CASEBRIDGE_CHECK(read_assertion(*assertion, path, *rules.assertion));
  }
  CASEBRIDGE_TRY(const auto folders, file.section_if_any("files"));
  if (folders) {
    rules.files.emplace();
    CASEBRIDGE_CHECK(read_folders(*folders, path, *rules.files));
  }
  CASEBRIDGE_TRY(const auto quota, file.section_if_any("kv"));
  if (!quota) return {};
  CASEBRIDGE_CHECK(quota->only({"entries_max", "kib_max"}));
  CASEBRIDGE_TRY(rules.kv.entries_max, quota->integer_or("entries_max", 0, 1'000'000, rules.kv.entries_max));
  CASEBRIDGE_TRY(const auto most,
                 quota->integer_or("kib_max", 0, 1024 * kibibyte, rules.kv.bytes_max / kibibyte));
  rules.kv.bytes_max = most * kibibyte;
  return {};
}

}  // namespace casebridge::switchboard
