// Jurisdiction, System and SystemStatus: what is public about the states.
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {
namespace {

std::string_view name_of(ports::Breaker breaker) {
  switch (breaker) {
    case ports::Breaker::closed: return "closed";
    case ports::Breaker::half_open: return "half_open";
    case ports::Breaker::open: return "open";
  }
  return "closed";
}

void system(JsonText& json, const ports::SystemInfo& info, const ProblemContext& context) {
  json.object().text("id", info.id).text("display_name", info.display_name);
  json.text("credential_kind", info.form.credential_kind).array("fields");
  for (const auto& one : info.form.fields) field(json, one, context);
  json.end_array().text_if("ssn_notice", info.form.ssn_notice).array("custody");
  if (info.session_only_allowed) json.element("session_only");
  if (info.vaulted_allowed) json.element("vaulted");
  json.end_array();
  texts(json, "operations", info.operations);
  json.end_object();
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
  json.object(name).text("value", fact.value).text("provenance", fact.provenance);
  json.text_if("source", fact.source).text_if("reviewed_on", fact.reviewed_on).end_object();
}

void jurisdiction(JsonText& json, const desk::JurisdictionView& view, const ProblemContext& context) {
  const ports::JurisdictionInfo& info = *view.info;
  json.text("id", info.id).text("name", info.name).text("usps", info.usps);
  texts(json, "aliases", info.aliases);
  fact_or_null(json, "agency", info.agency);
  fact_or_null(json, "portal_url", info.portal_url);
  fact_or_null(json, "phone", info.phone);
  texts(json, "languages", info.languages);
  json.array("systems");
  for (const auto* one : view.systems) system(json, *one, context);
  json.end_array();
}

void system_status(JsonText& json, const desk::SystemStatus& status) {
  const ports::SystemHealth& health = status.health;
  json.text("system", health.system).text("display_name", status.display_name);
  json.text("jurisdiction", status.jurisdiction).text("state", health.state);
  json.text("breaker", name_of(health.breaker)).text("refresh", status.refresh);
  json.instant("maintenance_until", health.maintenance_until).array("operations");
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
