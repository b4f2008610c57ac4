// What operators see, as JSON.
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {

void admin_account(JsonText& json, const desk::InspectedAccount& view) {
  json.text("id", view.id.text()).text("role", view.role).text("email", view.email);
  json.truth("email_confirmed", view.email_confirmed).text("locale", view.locale);
  json.instant("created_at", view.created_at).instant("signed_in_at", view.signed_in_at);
  json.truth("password_stopped", view.password_stopped).truth("inactive", view.inactive);
  json.object("factors").truth("app", view.has_app).integer("passkeys", view.passkeys);
  json.integer("recovery_codes_left", view.recovery_codes_left).end_object();
  json.object("lock").instant("password_until", view.lock.password_until);
  json.instant("factor_until", view.lock.factor_until).integer("failures", view.lock.failures);
  json.truth("needs_new_password", view.lock.needs_new_password).end_object();
  json.object("counts").integer("sessions", view.sessions).integer("devices", view.devices);
  json.integer("links", view.links).end_object();
}

void admin_session(JsonText& json, const desk::InspectedSession& view) {
  json.text("id", view.id.text()).text("transport", view.transport);
  json.truth("second_factor", view.assurance == model::Assurance::two_factor);
  json.instant("created_at", view.created_at).instant("last_seen_at", view.last_seen_at);
  json.instant("idle_end", view.idle_end).instant("absolute_end", view.absolute_end);
}

void admin_event(JsonText& json, const desk::InspectedEvent& view) {
  json.text("id", view.id).instant("at", view.at).text("action", view.action);
  json.text("outcome", view.outcome).text("actor", view.actor);
  json.text_unless_empty("operator_id", view.by).text_unless_empty("reason", view.reason);
}

void admin_keys(JsonText& json, const desk::InspectedKeys& view) {
  json.truth("works", view.works).array("data");
  for (const ports::StoredKey& key : view.keys) {
    json.object().text("id", key.id).text("provider", key.provider).text("state", key.state);
    json.instant("since", key.since).integer("wraps", key.wraps).end_object();
  }
  json.end_array();
  json.object("rewrap").integer("rows_seen", view.rows_seen);
  json.integer("columns_left", view.columns_left).end_object();
}

void admin_adapter(JsonText& json, const desk::InspectedAdapter& view) {
  json.text("system", view.health.system).text("adapter", view.adapter).text("version", view.version);
  json.text("state", view.health.state).text_unless_empty("reason", view.health.reason);
  json.text("breaker", name_of(view.health.breaker));
  json.instant("maintenance_until", view.health.maintenance_until);
  operations(json, view.health);
}

void admin_link(JsonText& json, const ports::TroubledLink& view) {
  json.text("system", view.system).text("state", view.state).text("problem", view.problem);
  json.instant("since", view.since);
}

void admin_audit(JsonText& json, const desk::InspectedAudit& view) {
  json.integer("entries", view.entries);
  if (!view.checkpoint) {
    json.null("checkpoint");
    return;
  }
  const audit::CheckpointState& state = *view.checkpoint;
  const bool good = state.finding.verdict == audit::Verdict::good;
  json.object("checkpoint").truth("good", good);
  json.integer("entries_checked", static_cast<std::int64_t>(state.entries_checked));
  json.integer("entries_signed", static_cast<std::int64_t>(state.entries_signed));
  if (good)
    json.null("first_bad");
  else
    json.integer("first_bad", state.finding.seq);
  json.end_object();
}

}  // namespace casebridge::http::encode
