// Jurisdiction, System and SystemStatus: what is public about the states.
#include <array>

#include "core/http/encode/closing_text.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {

std::string_view name_of(ports::Breaker breaker) {
  switch (breaker) {
    case ports::Breaker::closed: return "closed";
    case ports::Breaker::half_open: return "half_open";
    case ports::Breaker::open: return "open";
  }
  return "closed";
}

namespace {

// Fields and, where an SSN is asked, the state's notice.
void form(JsonText& json, const ports::LoginForm& asked, const ProblemContext& context) {
  json.array("fields");
  for (const auto& one : asked.fields) field(json, one, context);
  json.end_array();
  ssn_notice(json, asked.ssn_notice, asked.ssn_notice_es, context);
}

void system(JsonText& json, const ports::SystemInfo& info, const ProblemContext& context) {
  json.object().text("id", info.id).text("display_name", info.display_name);
  json.text("credential_kind", info.form.credential_kind);
  form(json, info.form, context);
  json.array("custody");
  if (info.session_only_allowed) json.element("session_only");
  if (info.vaulted_allowed) json.element("vaulted");
  json.end_array();
  texts(json, "operations", info.operations);
  if (info.enrolment) {
    json.object("enrolment");
    form(json, *info.enrolment, context);
    json.end_object();
  } else {
    json.null("enrolment");
  }
  json.array("recovery");
  for (const desk::RecoveryForm& one : desk::recovery_forms(info)) {
    json.object().text("what", one.what);
    form(json, one.form != nullptr ? *one.form : ports::LoginForm{}, context);
    texts(json, "channels", one.form != nullptr ? one.form->channels : std::vector<std::string>{});
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

// How far a fact may be relied on, and where it was read.
void grounds(JsonText& json, const ports::Fact& fact) {
  json.text("provenance", fact.provenance).text_if("source", fact.source).text_if("basis", fact.basis);
  json.text_if("reviewed_on", fact.reviewed_on);
  if (fact.copy_year != 0) json.integer("copy_year", fact.copy_year);
}

void contacts(JsonText& json, const ports::JurisdictionInfo& info) {
  json.array("contacts");
  for (const ports::Contact& one : info.contacts) {
    json.object().text("use", one.use).text("value", one.number.value);
    grounds(json, one.number);
    json.end_object();
  }
  json.end_array();
}

void sign_in(JsonText& json, const ports::JurisdictionInfo& info) {
  if (!info.sign_in) {
    json.null("sign_in");
    return;
  }
  json.object("sign_in").text("scope", info.sign_in->scope);
  texts(json, "asks", info.sign_in->asks);
  json.text_if("state_account", info.sign_in->state_account);
  grounds(json, info.sign_in->grounds);
  json.end_object();
}

void identifiers(JsonText& json, const ports::JurisdictionInfo& info) {
  json.array("identifiers");
  for (const ports::IdentifierFacts& one : info.identifiers) {
    json.object().text("kind", name_of(one.form.kind)).text("name", one.name.value);
    json.text("characters", name_of(one.form.characters));
    if (one.form.length != 0) json.integer("length", static_cast<std::int64_t>(one.form.length));
    if (one.form.length_max != 0) json.integer("length_max", static_cast<std::int64_t>(one.form.length_max));
    json.text_if("prefix", one.form.prefix);
    grounds(json, one.name);
    json.end_object();
  }
  json.end_array();
}

std::string minute_text(int minute_of_day) {
  const std::string text = std::to_string(10'000 + minute_of_day / 60 * 100 + minute_of_day % 60);
  return text.substr(1, 2) + ':' + text.substr(3);
}

void maintenance(JsonText& json, const ports::JurisdictionInfo& info) {
  json.array("maintenance");
  for (const ports::MaintenanceFact& one : info.maintenance) {
    json.object().text("day", one.day).text("from", one.from).text("to", one.to);
    grounds(json, one.grounds);
    json.end_object();
  }
  json.end_array();
}

// By the clocks of the system's own time zone.
void calendar(JsonText& json, const std::vector<ports::MaintenanceWindow>& windows) {
  constexpr std::array<std::string_view, 7> days{"sunday",   "monday", "tuesday", "wednesday",
                                                 "thursday", "friday", "saturday"};
  json.array("maintenance");
  for (const ports::MaintenanceWindow& one : windows) {
    json.object().text("day", days.at(one.weekday));
    json.text("from", minute_text(one.from_minute)).text("to", minute_text(one.to_minute)).end_object();
  }
  json.end_array();
}

}  // namespace

void texts(JsonText& json, std::string_view name, const std::vector<std::string>& values) {
  json.array(name);
  for (const auto& one : values) json.element(one);
  json.end_array();
}

void fact_or_null(JsonText& json, std::string_view name, const ports::Fact& fact) {
  if (fact.value.empty()) {
    json.null(name);
    return;
  }
  json.object(name).text("value", fact.value);
  grounds(json, fact);
  json.end_object();
}

void jurisdiction(JsonText& json, const desk::JurisdictionView& view, const ProblemContext& context) {
  const ports::JurisdictionInfo& info = *view.info;
  json.text("id", info.id).text("name", info.name).text("name_es", info.name_es);
  json.text("usps", info.usps).text("fips", info.fips).truth("linkable", info.linkable());
  texts(json, "aliases", info.aliases);
  fact_or_null(json, "official_url", info.official_url());
  fact_or_null(json, "agency", info.agency);
  fact_or_null(json, "department", info.department);
  fact_or_null(json, "agency_url", info.agency_url);
  fact_or_null(json, "portal_name", info.portal_name);
  fact_or_null(json, "portal_url", info.portal_url);
  fact_or_null(json, "payment_url", info.payment_url);
  fact_or_null(json, "phone", info.phone);
  contacts(json, info);
  fact_or_null(json, "time_zone", info.time_zone);
  json.object("languages");
  texts(json, "value", info.languages);
  grounds(json, info.languages_grounds);
  json.end_object();
  sign_in(json, info);
  identifiers(json, info);
  fact_or_null(json, "disclosure", info.disclosure);
  maintenance(json, info);
  json.array("systems");
  for (const auto* one : view.systems) system(json, *one, context);
  json.end_array();
}

void guidance(JsonText& json, const ports::JurisdictionInfo& info, std::string_view language) {
  const bool spanish = language == "es" && !info.guidance_es.empty();
  const std::string& text = spanish ? info.guidance_es : info.guidance_en;
  if (text.empty()) return;
  json.object("guidance").text("language", spanish ? "es" : "en").text("markdown", text).end_object();
}

void system_status(JsonText& json, const desk::SystemStatus& status, const ProblemContext& context) {
  const ports::SystemHealth& health = status.health;
  json.text("system", health.system).text("display_name", status.display_name);
  json.text("jurisdiction", status.jurisdiction).text("state", health.state);
  json.text("breaker", name_of(health.breaker)).text("refresh", status.refresh);
  json.instant("maintenance_until", health.maintenance_until);
  json.text_if("user_message", closing_text(status.closing, std::nullopt, context));
  json.text("time_zone", status.time_zone);
  calendar(json, status.maintenance);
  operations(json, health);
}

void operations(JsonText& json, const ports::SystemHealth& health) {
  json.array("operations");
  for (const auto& one : health.operations) {
    json.object().text("operation", one.operation).integer("succeeded", one.succeeded);
    json.integer("failed_state", one.failed_state).integer("failed_gateway", one.failed_gateway);
    json.instant("last_success_at", one.last_success)
        .instant("last_failure_at", one.last_failure)
        .end_object();
  }
  json.end_array();
}

}  // namespace casebridge::http::encode
