// Record in its envelope, CaseRecord, and what each source contributed. `projected` is copied, never parsed.
#include "core/http/encode/closing_text.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {
namespace {

// What was projected is one object; its members stand in the envelope without its braces.
std::string_view members_of(std::string_view projected) {
  const bool object = projected.size() >= 2 && projected.front() == '{' && projected.back() == '}';
  return object ? projected.substr(1, projected.size() - 2) : projected;
}

void envelope(JsonText& json, const desk::RecordView& view) {
  json.text("id", view.id)
      .text("type", view.type)
      .integer("version", view.version)
      .members(members_of(view.projected));
  json.object("source").text("jurisdiction", view.jurisdiction).text("system", view.system);
  json.text("link_id", view.link.text()).text_if("case_id", view.case_id).text("record_key", view.record_key);
  json.text("adapter", view.adapter + '@' + view.adapter_version).truth("official", true);
  json.text("time_zone", view.time_zone).end_object();
  json.object("freshness").text_or_null("as_of", view.as_of).text("as_of_basis", view.as_of_basis);
  json.instant("retrieved_at", view.retrieved_at).instant("verified_at", view.verified_at);
  json.text("status", view.freshness).instant("fresh_until", view.fresh_until);
  json.instant("usable_until", view.usable_until).end_object();
  json.text("etag", "\"v" + std::to_string(view.version) + '-' + view.content_tag + '"');
}

// Only of money that two states know of; every other entry looks as if there were no such members.
void two_state_members(JsonText& json, const desk::RecordView& view) {
  if (!view.legs.empty()) {
    json.array("legs");
    for (const auto& leg : view.legs) {
      json.object().text("jurisdiction", leg.jurisdiction).text("kind", model::name_of(leg.kind));
      money(json, "amount", leg.amount);
      json.text_unless_empty("date", leg.date ? leg.date->text() : std::string()).end_object();
    }
    json.end_array();
  }
  if (!view.same_as.empty()) texts(json, "same_as", view.same_as);
  if (view.in_transit) json.truth("in_transit", true);
}

void date_or_null(JsonText& json, const std::optional<model::Date>& date) {
  json.text_unless_empty("date", date ? date->text() : std::string());
}

}  // namespace

void record(JsonText& json, const desk::RecordView& view) {
  json.object();
  envelope(json, view);
  two_state_members(json, view);
  json.end_object();
}

void due(JsonText& json, const desk::DueView& view) {
  money(json, "amount", view.amount);
  date_or_null(json, view.date);
  json.text("frequency", view.frequency);
}

void last_payment(JsonText& json, const desk::LastPaymentView& view) {
  money(json, "amount", view.amount);
  date_or_null(json, view.date);
  json.text_unless_empty("entry_id", view.record_id);
}

void case_record(JsonText& json, const desk::CaseView& view) {
  envelope(json, view.record);
  json.object("office");
  fact_or_null(json, "agency", view.agency);
  fact_or_null(json, "portal_url", view.portal_url);
  fact_or_null(json, "phone", view.phone);
  json.end_object();
  if (view.next_due) {
    json.object("next_due");
    due(json, *view.next_due);
    json.end_object();
  } else {
    json.null("next_due");
  }
  if (view.last_payment) {
    json.object("last_payment");
    last_payment(json, *view.last_payment);
    json.end_object();
  } else {
    json.null("last_payment");
  }
}

void sources(JsonText& json, const desk::Coverage& coverage, const ProblemContext& context) {
  json.array("sources");
  for (const auto& one : coverage.sources) {
    json.object().text("link_id", one.link.text()).text("jurisdiction", one.jurisdiction);
    json.text("system", one.system).text("outcome", one.outcome).text_or_null("as_of", one.as_of);
    json.integer("records", one.records).text_or_null("history_from", one.history_from);
    const std::string closed = closing_text(one.closing, one.as_of, context, one.read_at);
    ProblemContext more = context;
    more.user_message = closed;
    write_problem_or_null(json, "problem", one.problem, more);
    json.end_object();
  }
  json.end_array();
}

void meta(JsonText& json, const desk::Coverage& coverage, const ProblemContext& context) {
  json.object("meta").text("completeness", coverage.completeness).object("watermark");
  for (const auto& one : coverage.watermark) json.text_or_null(one.jurisdiction, one.as_of);
  json.end_object();
  sources(json, coverage, context);
  json.end_object();
}

void page(JsonText& json, std::string_view next_cursor, int limit) {
  json.object("page").text_unless_empty("next_cursor", next_cursor).truth("has_more", !next_cursor.empty());
  json.integer("limit", limit).end_object();
}

std::string completeness_header(const desk::Coverage& coverage) {
  std::string missing, stale;
  for (const auto& one : coverage.sources) {
    std::string* list = one.outcome == "stale" ? &stale : one.outcome == "missing" ? &missing : nullptr;
    if (!list) continue;
    if (!list->empty()) *list += ' ';
    *list += one.jurisdiction;
  }
  std::string header = coverage.completeness;
  if (!missing.empty()) header += "; missing=\"" + missing + '"';
  if (!stale.empty()) header += "; stale=\"" + stale + '"';
  return header;
}

}  // namespace casebridge::http::encode
