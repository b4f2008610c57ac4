// Amounts, figures with their source, and clusters: both states' figures side by side, one of them official.
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {

void money(JsonText& json, std::string_view name, const model::Money& amount) {
  json.object(name).text("amount", amount.text()).text("currency", "USD").end_object();
}

void money_or_null(JsonText& json, std::string_view name, const std::optional<model::Money>& amount) {
  if (amount)
    money(json, name, *amount);
  else
    json.null(name);
}

void figure(JsonText& json, const desk::FigureView& view) {
  json.text("case_id", view.case_id).text("jurisdiction", view.jurisdiction);
  money(json, "amount", view.amount);
  json.text_unless_empty("as_of", view.as_of ? view.as_of->text() : std::string());
}

void figures(JsonText& json, std::string_view name, const std::vector<desk::FigureView>& views) {
  json.array(name);
  for (const auto& one : views) {
    json.object();
    figure(json, one);
    json.end_object();
  }
  json.end_array();
}

void cluster(JsonText& json, const desk::ClusterView& view) {
  json.object().text("id", view.id).text("kind", view.kind).text("state", view.state).array("members");
  for (const auto& member : view.members) {
    json.object().text("case_id", member.case_id).text("jurisdiction", member.jurisdiction);
    json.text("role", member.role).end_object();
  }
  json.end_array().object("reconciliation");
  if (view.official) {
    json.object("official");
    figure(json, *view.official);
    json.end_object();
  } else {
    json.null("official");
  }
  json.array("others");
  for (const auto& other : view.others) {
    json.object();
    figure(json, other.figure);
    money_or_null(json, "difference", other.difference);
    json.truth("explained", other.explained).end_object();
  }
  json.end_array();
  money_or_null(json, "in_transit", view.in_transit);
  figures(json, "interest", view.interest);
  figures(json, "fees", view.fees);
  money_or_null(json, "combined_arrears", view.combined_arrears);
  texts(json, "warnings", view.warnings);
  json.end_object().end_object();
}

}  // namespace casebridge::http::encode
