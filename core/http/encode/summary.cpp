// Summary: figures over all cases, each debt once, with what they were made of.
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {
namespace {

void arrears(JsonText& json, const desk::AccountSummary& view, const ProblemContext& context) {
  json.object("arrears").text("agreement", view.agreement).array("official");
  for (const auto& debt : view.debts) {
    json.object();
    figure(json, debt.official);
    json.text_unless_empty("cluster_id", debt.cluster_id).end_object();
  }
  json.end_array();
  money_or_null(json, "combined", view.combined);
  json.text_unless_empty("note_key", view.note_key);
  json.text_unless_empty("note", text_of(context.messages, context.language, view.note_key)).end_object();
}

// Which case tells it, around what it tells.
template <class Told, class Write>
void of_case_or_null(JsonText& json, std::string_view name, const std::optional<Told>& told,
                     const Write& write) {
  if (!told) {
    json.null(name);
    return;
  }
  json.object(name).text("case_id", told->case_id).text("jurisdiction", told->jurisdiction);
  write(*told);
  json.end_object();
}

}  // namespace

void summary(JsonText& json, const desk::AccountSummary& view, const ProblemContext& context) {
  json.integer("cases_open", view.cases_open);
  arrears(json, view, context);
  money_or_null(json, "in_transit", view.in_transit);
  figures(json, "interest", view.interest);
  of_case_or_null(json, "last_payment", view.last_payment,
                  [&](const desk::SummaryPayment& told) { last_payment(json, told.payment); });
  of_case_or_null(json, "next_due", view.next_due,
                  [&](const desk::SummaryDue& told) { due(json, told.due); });
  json.object("coverage");
  texts(json, "sources_included", view.sources_included);
  texts(json, "sources_missing", view.sources_missing);
  json.text_or_null("oldest_as_of", view.oldest_as_of).end_object();
  meta(json, view.coverage, context);
}

}  // namespace casebridge::http::encode
