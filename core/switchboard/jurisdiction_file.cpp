// Typed reading of profile.yaml and of the guidance beside it.
#include "core/switchboard/jurisdiction_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/base/settings_file.hpp"
#include "core/base/text.hpp"
#include "core/model/locator.hpp"
#include "core/model/time_zone.hpp"
#include "core/model/vocabulary.hpp"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t guidance_bytes_max = 16 * 1024;
constexpr std::int64_t copy_year_least = 1990, copy_year_most = 2100;
constexpr std::int64_t identifier_length_max = 30;

// What every fact says about itself. `section` may hold more.
Result<ports::Fact> read_grounds(const Settings& section) {
  ports::Fact fact;
  CASEBRIDGE_TRY(fact.provenance, section.one_of("provenance", {"verified", "secondary", "unverified"}));
  CASEBRIDGE_TRY(fact.source, section.text_or("source", ""));
  CASEBRIDGE_TRY(fact.reviewed_on, section.text_or("reviewed_on", ""));
  CASEBRIDGE_TRY(const auto year, section.integer_or("copy_year", copy_year_least, copy_year_most, 0));
  fact.copy_year = static_cast<int>(year);
  if (fact.provenance != "unverified" && fact.source.empty())
    return section.complaint("source", "a fact that is not unverified says where it was read");
  return fact;
}

Result<ports::Fact> read_fact(const Settings& file, std::string_view key) {
  CASEBRIDGE_TRY(const auto section, file.section(key));
  CASEBRIDGE_CHECK(section.only({"value", "provenance", "source", "reviewed_on", "basis", "copy_year"}));
  CASEBRIDGE_TRY(ports::Fact fact, read_grounds(section));
  CASEBRIDGE_TRY(fact.value, section.text("value"));
  if (section.has("basis")) {
    CASEBRIDGE_TRY(fact.basis, section.one_of("basis", {"exact", "section_root", "mentioned"}));
  }
  if (fact.value.empty()) return section.complaint("value", "must not be empty");
  return fact;
}

Result<ports::Fact> read_fact_if_any(const Settings& file, std::string_view key) {
  if (!file.has(key)) return ports::Fact{};
  return read_fact(file, key);
}

// Parents are sent there: plain http could be answered by anybody on the way.
Result<ports::Fact> read_address(const Settings& file, std::string_view key) {
  CASEBRIDGE_TRY(ports::Fact fact, read_fact_if_any(file, key));
  constexpr std::string_view scheme = "https://";
  const bool addressed = fact.value.starts_with(scheme) && fact.value.size() > scheme.size() &&
                         fact.value.find_first_of(" <>\"\\") == std::string::npos;
  if (!fact.value.empty() && !addressed) return file.complaint(key, "expected an https address");
  return fact;
}

// 1-800-555-0101, 800-555-0101, either with an extension.
bool is_phone(std::string_view text) {
  if (text.starts_with("1-")) text.remove_prefix(2);
  constexpr std::size_t size = 12, exchange_end = 7, area_end = 3;
  if (text.size() < size || text[area_end] != '-' || text[exchange_end] != '-') return false;
  constexpr std::string_view extension = " ext. ";
  const std::string_view rest = text.substr(size);
  const bool rest_fits =
      rest.empty() || (rest.starts_with(extension) && text::all_digits(rest.substr(extension.size())));
  return rest_fits && text::all_digits(text.substr(0, area_end)) &&
         text::all_digits(text.substr(area_end + 1, 3)) && text::all_digits(text.substr(exchange_end + 1, 4));
}

Result<void> read_phones(const Settings& file, ports::JurisdictionInfo& made) {
  CASEBRIDGE_TRY(made.phone, read_fact_if_any(file, "phone"));
  if (!made.phone.value.empty() && !is_phone(made.phone.value))
    return file.complaint("phone", "expected a number such as 1-800-555-0101");
  CASEBRIDGE_TRY(const auto contacts, file.list("contacts"));
  for (const Settings& one : contacts) {
    CASEBRIDGE_CHECK(one.only({"use", "value", "provenance", "source", "reviewed_on", "copy_year"}));
    ports::Contact contact;
    CASEBRIDGE_TRY(contact.use, one.one_of("use", {"local", "in_state", "outside_state", "abroad", "tty",
                                                   "automated", "payments", "login_help", "county"}));
    CASEBRIDGE_TRY(contact.number, read_grounds(one));
    CASEBRIDGE_TRY(contact.number.value, one.text("value"));
    if (!is_phone(contact.number.value))
      return one.complaint("value", "expected a number such as 1-800-555-0101");
    made.contacts.push_back(std::move(contact));
  }
  return {};
}

Result<void> read_sign_in_facts(const Settings& file, ports::JurisdictionInfo& made) {
  CASEBRIDGE_TRY(const auto section, file.section_if_any("sign_in"));
  if (!section) return {};
  CASEBRIDGE_CHECK(
      section->only({"scope", "asks", "state_account", "provenance", "source", "reviewed_on", "copy_year"}));
  ports::SignInFacts facts;
  CASEBRIDGE_TRY(facts.scope, section->one_of("scope", {"portal", "legacy_portal", "payment_portal",
                                                        "payment_lookup", "phone"}));
  CASEBRIDGE_TRY(facts.asks, section->texts("asks"));
  if (facts.asks.empty()) return section->complaint("asks", "says what the sign-in asks");
  CASEBRIDGE_TRY(facts.state_account, section->text_or("state_account", ""));
  CASEBRIDGE_TRY(facts.grounds, read_grounds(*section));
  made.sign_in = std::move(facts);
  return {};
}

Result<ports::IdentifierFacts> read_identifier(const Settings& one) {
  CASEBRIDGE_CHECK(
      one.only({"kind", "name", "characters", "length", "length_max", "prefix", "foreign_prefixes",
                "zeros_significant", "provenance", "source", "reviewed_on", "copy_year"}));
  ports::IdentifierFacts facts;
  CASEBRIDGE_TRY(const std::string kind, one.one_of("kind", {"case", "participant", "order", "payment"}));
  facts.form.kind = *model::identifier_kind_of(kind);
  if (one.has("characters")) {
    CASEBRIDGE_TRY(const std::string set, one.one_of("characters", {"any", "digits", "alphanumeric"}));
    facts.form.characters = *model::characters_of(set);
  }
  CASEBRIDGE_TRY(const auto length, one.integer_or("length", 1, identifier_length_max, 0));
  CASEBRIDGE_TRY(const auto longest, one.integer_or("length_max", 1, identifier_length_max, 0));
  facts.form.length = static_cast<std::size_t>(length);
  facts.form.length_max = static_cast<std::size_t>(longest);
  CASEBRIDGE_TRY(facts.form.prefix, one.text_or("prefix", ""));
  CASEBRIDGE_TRY(facts.form.foreign_prefixes, one.texts("foreign_prefixes"));
  for (const std::string& prefix : facts.form.foreign_prefixes)
    if (prefix.empty() || prefix.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)
      return one.complaint("foreign_prefixes", "expected capital letters");
  CASEBRIDGE_TRY(facts.form.zeros_significant, one.boolean_or("zeros_significant", false));
  CASEBRIDGE_TRY(facts.name, read_grounds(one));
  CASEBRIDGE_TRY(facts.name.value, one.text("name"));
  return facts;
}

Result<void> read_practice(const Settings& file, ports::JurisdictionInfo& made) {
  CASEBRIDGE_TRY(const auto identifiers, file.list("identifiers"));
  for (const Settings& one : identifiers) {
    CASEBRIDGE_TRY(auto facts, read_identifier(one));
    made.identifiers.push_back(std::move(facts));
  }
  CASEBRIDGE_TRY(made.disclosure, read_fact_if_any(file, "disclosure"));
  if (!made.disclosure.value.empty() && !model::parse_name<model::SafetyLevel>(made.disclosure.value))
    return file.complaint("disclosure", "expected a level of protection");
  CASEBRIDGE_TRY(const auto windows, file.list("maintenance"));
  for (const Settings& one : windows) {
    CASEBRIDGE_CHECK(one.only({"day", "from", "to", "provenance", "source", "reviewed_on", "copy_year"}));
    ports::MaintenanceFact window;
    CASEBRIDGE_TRY(window.day, one.text("day"));
    CASEBRIDGE_TRY(window.from, one.text("from"));
    CASEBRIDGE_TRY(window.to, one.text("to"));
    CASEBRIDGE_TRY(window.grounds, read_grounds(one));
    made.maintenance.push_back(std::move(window));
  }
  return {};
}

Result<void> read_names(const Settings& file, ports::JurisdictionInfo& made) {
  CASEBRIDGE_TRY(made.id, file.text("jurisdiction"));
  CASEBRIDGE_TRY(made.name, file.text("name"));
  CASEBRIDGE_TRY(made.name_es, file.text_or("name_es", made.name));
  CASEBRIDGE_TRY(made.usps, file.text("usps"));
  if (made.usps.size() != 2 || text::upper_ascii(made.usps) != made.usps)
    return file.complaint("usps", "expected two capital letters");
  if ("us-" + text::lower_ascii(made.usps) != made.id)
    return file.complaint("jurisdiction", "expected us- and the two letters of usps");
  CASEBRIDGE_TRY(made.fips, file.text("fips"));
  if (model::usps_of_fips(made.fips) != made.usps)
    return file.complaint("fips", "is not the two-digit code of this jurisdiction");
  CASEBRIDGE_TRY(made.aliases, file.texts("aliases"));
  CASEBRIDGE_TRY(made.time_zone, read_fact(file, "time_zone"));
  if (!model::find_time_zone(made.time_zone.value))
    return file.complaint("time_zone", "is no zone of this machine's tz database");
  return {};
}

// Empty when the folder has none.
Result<std::string> read_guidance(const std::filesystem::path& path) {
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) return std::string();
  const auto size = std::filesystem::file_size(path, failed);
  std::ifstream in(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (failed || !in || size > guidance_bytes_max || !text::is_utf8(content))
    return field_trouble(path.string(), path.string() + ": expected at most 16 KiB of UTF-8");
  return content;
}

}  // namespace

Result<ports::JurisdictionInfo> read_jurisdiction(const std::string& folder) {
  CASEBRIDGE_TRY(const auto file, Settings::load(folder + "/profile.yaml"));
  CASEBRIDGE_CHECK(file.only({"jurisdiction", "name",       "name_es",     "usps",       "fips",
                              "aliases",      "time_zone",  "agency",      "department", "agency_url",
                              "portal_name",  "portal_url", "payment_url", "phone",      "contacts",
                              "languages",    "sign_in",    "identifiers", "disclosure", "maintenance"}));
  ports::JurisdictionInfo made;
  CASEBRIDGE_CHECK(read_names(file, made));
  CASEBRIDGE_TRY(made.agency, read_fact(file, "agency"));
  CASEBRIDGE_TRY(made.department, read_fact_if_any(file, "department"));
  CASEBRIDGE_TRY(made.agency_url, read_address(file, "agency_url"));
  CASEBRIDGE_TRY(made.portal_name, read_fact_if_any(file, "portal_name"));
  CASEBRIDGE_TRY(made.portal_url, read_address(file, "portal_url"));
  CASEBRIDGE_TRY(made.payment_url, read_address(file, "payment_url"));
  if (made.official_url().value.empty())
    return file.complaint("agency_url", "an address is needed: a parent is always led somewhere");
  CASEBRIDGE_CHECK(read_phones(file, made));
  CASEBRIDGE_TRY(const auto languages, file.section("languages"));
  CASEBRIDGE_CHECK(languages.only({"value", "provenance", "source", "reviewed_on", "copy_year"}));
  CASEBRIDGE_TRY(made.languages, languages.texts("value"));
  CASEBRIDGE_TRY(made.languages_grounds, read_grounds(languages));
  CASEBRIDGE_CHECK(read_sign_in_facts(file, made));
  CASEBRIDGE_CHECK(read_practice(file, made));
  CASEBRIDGE_TRY(made.guidance_en, read_guidance(folder + "/guidance.en.md"));
  CASEBRIDGE_TRY(made.guidance_es, read_guidance(folder + "/guidance.es.md"));
  return made;
}

}  // namespace casebridge::switchboard
