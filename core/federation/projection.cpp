// What each kind of record shows to whom (45 CFR 303.21, 42 USC 654(26); 26 USC 6103 for the source of
// money).
#include "core/federation/projection.hpp"

#include <array>

#include "core/base/text.hpp"
#include "core/federation/shown_record.hpp"
#include "core/model/identifier.hpp"

namespace casebridge::federation {
namespace {

using model::JsonWriter;
using model::SafetyLevel;

void text_or_null(JsonWriter& out, std::string_view name, const std::string& text) {
  out.name(name);
  if (text.empty())
    out.null();
  else
    out.value(text);
}

bool is_empty(const model::PersonName& name) {
  return name.first.empty() && name.middle.empty() && name.last.empty() && name.organisation.empty();
}

void write_name(JsonWriter& out, const model::PersonName& name) {
  out.begin_object();
  text_or_null(out, "first", name.first);
  text_or_null(out, "middle", name.middle);
  text_or_null(out, "last", name.last);
  text_or_null(out, "suffix", name.suffix);
  text_or_null(out, "organisation", name.organisation);
  out.end_object();
}

// The other party is a role and a name, and at stricter levels a role; a child keeps its name.
bool name_may_be_seen(const model::Participant& person, const Viewer& viewer) {
  return person.is_self || person.role.value == model::Role::child || !viewer.money_only();
}

// Oneself's, and a child's for the party it lives with.
bool birth_date_may_be_seen(const model::Participant& person, const Viewer& viewer) {
  if (person.is_self) return true;
  return person.role.value == model::Role::child && viewer.receives_support() && !viewer.money_only();
}

void write_participant(JsonWriter& out, const model::Participant& person, const Viewer& viewer) {
  out.begin_object();
  out.name("role");
  out.value(model::name_of(person.role.value));
  out.name("is_me");
  out.value(person.is_self);
  out.name("active");
  out.value(person.active);
  out.name("name");
  if (name_may_be_seen(person, viewer) && !is_empty(person.name))
    write_name(out, person.name);
  else
    out.null();
  out.name("birth_date");
  if (birth_date_may_be_seen(person, viewer) && person.birth_date)
    out.value(person.birth_date->text());
  else
    out.null();
  out.end_object();
}

void write_interstate(JsonWriter& out, const model::IntergovRef& reference) {
  out.begin_object();
  out.name("other_jurisdiction");
  if (reference.other_state.empty())
    out.null();
  else
    out.value("us-" + text::lower_ascii(reference.other_state));
  out.name("other_case");
  if (reference.other_case)
    out.value(*reference.other_case);
  else
    out.null();
  out.name("my_role");
  out.value(model::name_of(reference.my_role.value));
  out.name("since");
  if (reference.since)
    out.value(reference.since->text());
  else
    out.null();
  out.end_object();
}

// Which state's family the arrears belong to can tell where somebody lives.
Known<model::Text> assignee_for(const model::BalanceLine& line, const Viewer& viewer) {
  const bool names_a_state = line.assignee && line.assignee->starts_with("state:");
  return viewer.guarded() && names_a_state ? Known<model::Text>(model::Text("state")) : line.assignee;
}

// What cannot be a number of any state shows nothing of itself.
std::string masked(const std::string& number) {
  const auto identifier = model::Identifier::parse(number, {});
  return identifier ? identifier->masked() : std::string(model::nothing_but_dots);
}

Known<bool> is_correction(const model::Payment& payment) {
  if (payment.adjusts) return true;
  if (payment.adjusts.reason() == Missing::absent) return false;
  return payment.adjusts.reason();
}

}  // namespace

std::string projection_rules(model::SafetyLevel policy) {
  return std::to_string(projection_rules_number) + "." + std::to_string(static_cast<int>(policy));
}

Projected project(const model::Case& r, const Viewer& viewer) {
  if (viewer.blocked()) return std::nullopt;
  ShownRecord shown;
  shown.member("number", r.number);
  shown.member("number_masked", masked(r.number));
  shown.member("status", r.status);
  shown.member("assistance", r.assistance);
  shown.member("processing", r.processing);
  shown.member("my_role", r.viewer_role);
  shown.member("opened_on", r.opened);
  shown.member("closed_on", r.closed);
  shown.member_if(!viewer.money_only(), "closure_reason", r.closure_reason);
  JsonWriter& out = shown.begin("participants");
  out.begin_array();
  for (const model::Participant& person : r.participants) write_participant(out, person, viewer);
  out.end_array();
  shown.begin("interstate");
  out.begin_array();
  // Another state's name can be an address: none is told while somebody is guarded.
  if (!viewer.guarded())
    for (const model::IntergovRef& reference : r.intergov) write_interstate(out, reference);
  out.end_array();
  return shown.take();
}

Projected project(const model::Order& r, const Viewer& viewer) {
  if (viewer.money_only()) return std::nullopt;
  ShownRecord shown;
  shown.member("order_number", r.order_number);
  shown.member_if(!viewer.guarded(), "docket", r.docket);
  shown.member_if(!viewer.guarded(), "issuing_state", r.issuing_state);
  shown.member_if(!viewer.guarded(), "tribunal", r.tribunal);
  shown.member("type", r.type);
  shown.member("filed_on", r.filed);
  shown.member("effective_on", r.effective);
  shown.member("ends_on", r.ends);
  shown.member("cancelled_on", r.cancelled);
  shown.member("controlling", r.controlling);
  shown.member("medical_ordered", r.medical_ordered);
  return shown.take();
}

Projected project(const model::Obligation& r, std::string_view order_number, const Viewer& viewer) {
  if (viewer.blocked()) return std::nullopt;
  ShownRecord shown;
  shown.text_if(!viewer.money_only(), "order_number", std::string(order_number));
  shown.member("debt_type", r.debt_type);
  shown.member("amount", r.amount);
  shown.member("frequency", r.frequency);
  shown.member("arrears_amount", r.arrears_amount);
  shown.member("arrears_frequency", r.arrears_frequency);
  shown.member("starts_on", r.starts);
  shown.member("ends_on", r.ends);
  shown.member("concurrent", r.concurrent);
  return shown.take();
}

Projected project(const model::BalanceLine& r, const Viewer& viewer) {
  if (viewer.blocked()) return std::nullopt;
  ShownRecord shown;
  shown.member("bucket", r.bucket);
  shown.member("debt_type", r.debt_type);
  shown.member("amount", r.amount);
  shown.member("assignee", assignee_for(r, viewer));
  shown.member("period_from", r.period_from);
  shown.member("period_to", r.period_to);
  shown.member("as_of", r.as_of);
  shown.member("is_aggregate", r.is_aggregate);
  return shown.take();
}

Projected project(const model::Payment& r, const Viewer& viewer) {
  if (viewer.blocked()) return std::nullopt;
  ShownRecord shown;
  shown.member("kind", std::string("receipt"));
  shown.member("amount", r.amount);
  shown.member("collected_on", r.collected);
  shown.member("posted_on", r.posted);
  shown.member("source", r.source);
  shown.member("status", r.status);
  shown.member("reference", r.reference);
  shown.member("is_correction", is_correction(r));
  shown.member("is_memo", r.is_memo);
  JsonWriter& out = shown.begin("allocations");
  out.begin_array();
  for (const model::Allocation& part : r.allocations) {
    out.begin_object();
    out.name("bucket");
    out.value(model::name_of(part.bucket.value));
    out.name("amount");
    write_money(out, part.amount);
    out.end_object();
  }
  out.end_array();
  return shown.take();
}

Projected project(const model::Disbursement& r, const Viewer& viewer) {
  if (viewer.blocked()) return std::nullopt;
  // How somebody is paid is theirs alone.
  const bool own = r.recipient.value == model::RecipientClass::self && viewer.receives_support();
  ShownRecord shown;
  shown.member("kind", std::string("disbursement"));
  shown.member("amount", r.amount);
  shown.member("paid_on", r.date);
  shown.member("recipient", r.recipient);
  shown.member("status", r.status);
  shown.member("method", own ? Known<model::Coded<model::DisbursementMethod>>(r.method) : Missing::withheld);
  shown.member("instrument_last4", own ? r.instrument_last4 : Known<model::Text>(Missing::withheld));
  return shown.take();
}

Projected project(const model::EnforcementAction& r, const Viewer& viewer) {
  if (viewer.money_only()) return std::nullopt;
  ShownRecord shown;
  shown.member("kind", r.kind);
  shown.member("status", r.status);
  shown.member("date", r.date);
  shown.member("released_on", r.released);
  // The employer or bank of the one who owes.
  shown.member("detail", viewer.owes_support() ? r.detail : Known<model::Text>(Missing::withheld));
  return shown.take();
}

Projected project(const model::Event& r, const Viewer& viewer) {
  if (viewer.money_only()) return std::nullopt;
  ShownRecord shown;
  shown.member("kind", r.kind);
  shown.member("starts_local", r.starts_local);
  shown.member("ends_local", r.ends_local);
  shown.member("time_zone", r.time_zone);
  shown.member_if(!viewer.guarded(), "place", r.place);
  shown.member("status", r.status);
  return shown.take();
}

Projected project(const model::Document& r, const Viewer& viewer) {
  if (viewer.guarded()) return std::nullopt;  // nobody has read them for places
  ShownRecord shown;
  shown.member("title", r.title);
  shown.member("kind", r.kind);
  shown.member("date", r.date);
  shown.member("media_type", r.media_type);
  shown.member("size_bytes", r.size_bytes);
  return shown.take();
}

Projected project(const model::Message& r, const Viewer& viewer) {
  if (viewer.money_only()) return std::nullopt;
  ShownRecord shown;
  shown.member("thread", r.thread_key);
  shown.member("direction", r.direction);
  shown.member("sent_at", r.sent_at);
  shown.text_if(!viewer.guarded(), "subject", r.subject);
  shown.text_if(!viewer.guarded(), "body", r.body);
  shown.member("read", r.read);
  return shown.take();
}

Projected project(const model::ContactPoint& r, const Viewer& viewer) {
  const bool near_somebody =
      r.kind.value != model::ContactKind::call_centre && r.kind.value != model::ContactKind::sdu;
  if (viewer.blocked() || (viewer.guarded() && near_somebody)) return std::nullopt;
  ShownRecord shown;
  shown.member("kind", r.kind);
  shown.member("name", r.name);
  shown.text_if(true, "office", r.office);
  shown.member("phone", r.phone);
  shown.member("extension", r.extension);
  shown.member("email", r.email);
  shown.member("hours", r.hours);
  JsonWriter& out = shown.begin("address");
  out.begin_array();
  for (const model::Text& line : r.address) out.value(line);
  out.end_array();
  return shown.take();
}

std::string_view record_type_of(std::string_view dataset) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> types{
      {{"cases", "case"},
       {"orders", "order"},
       {"obligations", "obligation"},
       {"balances", "balance"},
       {"payments", "ledger_entry"},
       {"disbursements", "ledger_entry"},
       {"enforcement", "enforcement_action"},
       {"events", "event"},
       {"documents", "document"},
       {"messages", "message"},
       {"contacts", "contact"}}};
  for (const auto& [name, type] : types)
    if (name == dataset) return type;
  return {};
}

}  // namespace casebridge::federation
