// Link, UnlinkReceipt and Sync.
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {
namespace {

void dataset(JsonText& json, const desk::DatasetView& view, const ProblemContext& context) {
  json.object().text("dataset", view.dataset).text("sync", view.sync).text_or_null("as_of", view.as_of);
  json.instant("retrieved_at", view.retrieved_at).instant("verified_at", view.verified_at);
  json.instant("last_attempt_at", view.last_attempt_at).instant("retry_at", view.retry_at);
  json.integer("failures", view.failures).text_or_null("history_from", view.history_from);
  write_problem_or_null(json, "problem", view.trouble, context);
  json.end_object();
}

}  // namespace

void link(JsonText& json, const desk::LinkView& view, const ProblemContext& context) {
  json.text("id", view.id.text()).text("system", view.system).text("system_name", view.system_name);
  json.text("jurisdiction", view.jurisdiction).text("jurisdiction_name", view.jurisdiction_name);
  json.text("state", view.state)
      .instant("state_since", view.state_since)
      .text_unless_empty("reason", view.reason);
  if (view.remedy.empty())
    json.null("remedy");
  else
    json.object("remedy").text("action", view.remedy).end_object();
  json.text("custody", view.custody).truth("session_live", view.session_live);
  json.instant("session_ends_at", view.session_ends_at).array("datasets");
  for (const auto& one : view.datasets) dataset(json, one, context);
  json.end_array().text_unless_empty("open_sync", view.open_sync ? view.open_sync->text() : std::string());
  json.instant("created_at", view.created_at).integer("version", view.version);
}

void unlink_receipt(JsonText& json, const desk::UnlinkReceipt& receipt) {
  json.text("link_id", receipt.link.text()).text("system", receipt.system);
  json.text("state_session", receipt.state_session).truth("secrets_destroyed", receipt.secrets_destroyed);
  json.integer("cases_erased", receipt.cases_erased).instant("closed_at", receipt.closed_at);
}

void sync(JsonText& json, const desk::SyncView& view, const ProblemContext& context) {
  json.text("id", view.id.text()).text("link_id", view.link.text()).text("state", view.state);
  json.text("trigger", view.trigger).array("datasets");
  for (const auto& one : view.datasets) {
    json.object()
        .text("dataset", one.dataset)
        .text_unless_empty("case_id", one.case_id)
        .text("sync", one.sync);
    json.integer("records", one.records).end_object();
  }
  json.end_array();
  write_problem_or_null(json, "problem", view.trouble, context);
  json.object("records").integer("added", view.added).integer("changed", view.changed);
  json.integer("removed", view.removed).end_object();
  json.instant("created_at", view.created_at).instant("finished_at", view.finished_at);
}

}  // namespace casebridge::http::encode
