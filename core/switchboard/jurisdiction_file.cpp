// Typed reading of profile.yaml.
#include "core/switchboard/jurisdiction_file.hpp"

#include "core/base/settings_file.hpp"
#include "core/base/text.hpp"

namespace casebridge::switchboard {
namespace {

Result<ports::Fact> read_fact(const Settings& file, std::string_view key) {
  CASEBRIDGE_TRY(const auto section, file.section(key));
  CASEBRIDGE_CHECK(section.only({"value", "provenance", "source", "reviewed_on"}));
  ports::Fact fact;
  CASEBRIDGE_TRY(fact.value, section.text("value"));
  CASEBRIDGE_TRY(fact.provenance, section.one_of("provenance", {"verified", "secondary", "unverified"}));
  CASEBRIDGE_TRY(fact.source, section.text_or("source", ""));
  CASEBRIDGE_TRY(fact.reviewed_on, section.text_or("reviewed_on", ""));
  if (fact.provenance != "unverified" && fact.source.empty())
    return section.complaint("source", "a fact that is not unverified says where it was read");
  return fact;
}

bool is_jurisdiction_id(const std::string& id) {
  return id.size() == 5 && id.starts_with("us-") && text::lower_ascii(id) == id && id[3] >= 'a' &&
         id[4] >= 'a';
}

}  // namespace

Result<ports::JurisdictionInfo> read_jurisdiction(const std::string& folder) {
  CASEBRIDGE_TRY(const auto file, Settings::load(folder + "/profile.yaml"));
  CASEBRIDGE_CHECK(file.only(
      {"jurisdiction", "name", "usps", "fips", "aliases", "languages", "agency", "portal_url", "phone"}));
  ports::JurisdictionInfo made;
  CASEBRIDGE_TRY(made.id, file.text("jurisdiction"));
  if (!is_jurisdiction_id(made.id)) return file.complaint("jurisdiction", "expected us- and two letters");
  CASEBRIDGE_TRY(made.name, file.text("name"));
  CASEBRIDGE_TRY(made.usps, file.text("usps"));
  if ("us-" + text::lower_ascii(made.usps) != made.id)
    return file.complaint("usps", "does not belong to this jurisdiction");
  CASEBRIDGE_TRY(const std::string fips, file.text("fips"));
  if (fips.size() != 2 || !text::all_digits(fips)) return file.complaint("fips", "expected two digits");
  CASEBRIDGE_TRY(made.aliases, file.texts("aliases"));
  CASEBRIDGE_TRY(made.languages, file.texts("languages"));
  CASEBRIDGE_TRY(made.agency, read_fact(file, "agency"));
  CASEBRIDGE_TRY(made.portal_url, read_fact(file, "portal_url"));
  CASEBRIDGE_TRY(made.phone, read_fact(file, "phone"));
  return made;
}

}  // namespace casebridge::switchboard
