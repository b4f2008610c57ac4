// The interface document's rules for each record type, applied to the scenario.
#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/model/money.hpp"
#include "core/model/time_zone.hpp"
#include "tests/conformance/fact_line.hpp"
#include "tests/conformance/georgia_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

const std::map<std::string, std::string> classes_of_sources{{"income_withholding", "withholding"},
                                                            {"direct", "direct"},
                                                            {"other_state", "other_state"},
                                                            {"adjustment", "adjustment"},
                                                            {"federal_tax_offset", "involuntary_other"},
                                                            {"state_tax_offset", "involuntary_other"},
                                                            {"federal_admin_offset", "involuntary_other"},
                                                            {"unemployment", "involuntary_other"},
                                                            {"workers_comp", "involuntary_other"},
                                                            {"lottery", "involuntary_other"},
                                                            {"garnishment", "involuntary_other"},
                                                            {"other", "unknown"}};
constexpr int nights_until_pending = 5;

std::string said(const json& value) {
  return value.is_null() || value == "" ? "-" : value.get<std::string>();
}
std::string dollars(const json& cents) {
  return cents.is_null() ? "-" : model::Money{cents.get<std::int64_t>()}.text();
}
std::string yes_or_no(const json& flag) { return flag.is_null() ? "-" : flag.get<bool>() ? "yes" : "no"; }

std::string role_in_case(const GeorgiaView& view, const json& person) {
  for (const json& part : view.one_case.at("participants"))
    if (part.at("person") == person) return part.at("role").get<std::string>();
  return {};
}
std::string viewer_role(const GeorgiaView& view) { return role_in_case(view, view.viewer); }

bool is_by(const json& date, const GeorgiaView& view) {
  return date.get<std::string>() <= view.through.text();
}

// Through a bank: withheld income with a trace number of fifteen digits.
bool is_electronic(const json& one) {
  return one.at("source") == "income_withholding" && one.at("amountCents") > 0 && one.at("ref").is_string() &&
         one.at("ref").get<std::string>().size() == 15 && text::all_digits(one.at("ref").get<std::string>());
}

Facts case_of_georgia(const GeorgiaView& view) {
  const json& one = view.one_case;
  Facts facts{FactLine("case", said(one.at("caseNumber")))
                  .with(said(one.at("caseType")))
                  .with(said(one.at("status")))
                  .with(said(one.at("processing")))
                  .with(viewer_role(view))
                  .with(said(one.at("opened")))
                  .with(said(one.at("closed")))
                  .with(said(one.at("closureReason")))
                  .with(said(one.at("locator")))};
  int number = 0;
  for (const json& part : one.at("participants")) {
    const json name = view.scenario.person(part.at("person").get<std::string>()).at("name");
    const auto letters = [&](const char* member) {
      return name.at(member).is_null() ? std::string() : name.at(member).get<std::string>();
    };
    ++number;
    facts.push_back(FactLine("participant", (number < 10 ? "0" : "") + std::to_string(number))
                        .with(said(part.at("role")))
                        .with(part.at("person") == view.viewer ? "self" : "")
                        .with(part.at("active").get<bool>() ? "active" : "inactive")
                        .with(letters("first"))
                        .with(letters("middle"))
                        .with(letters("last"))
                        .with("")
                        .with("-"));
  }
  for (const json& other : one.at("intergov"))
    facts.push_back(FactLine("other state", said(other.at("otherState")))
                        .with(said(other.at("otherCaseId")))
                        .with(said(other.at("role")))
                        .with(said(other.at("since"))));
  return facts;
}

Facts orders_of_georgia(const GeorgiaView& view) {
  Facts facts;
  for (const json& one : view.one_case.at("orders")) {
    facts.push_back(FactLine("order", said(one.at("orderId")))
                        .with(said(one.at("docket")))
                        .with(said(one.at("issuingState")))
                        .with(said(one.at("issuingLocator")))
                        .with(said(one.at("tribunal")))
                        .with(said(one.at("type")))
                        .with(said(one.at("filed")))
                        .with(said(one.at("effective")))
                        .with(said(one.at("ends")))
                        .with(said(one.at("cancelled")))
                        .with(said(one.at("controlling")))
                        .with(yes_or_no(one.at("medicalOrdered"))));
    for (const json& owed : one.at("obligations"))
      facts.push_back(FactLine("obligation", said(one.at("orderId")))
                          .with(said(owed.at("debtType")))
                          .with(dollars(owed.at("amountCents")))
                          .with(said(owed.at("frequency")))
                          .with(dollars(owed.at("arrearsAmountCents")))
                          .with(said(owed.at("arrearsFrequency")))
                          .with(said(owed.at("start")))
                          .with(said(owed.at("end"))));
  }
  return facts;
}

Facts balances_of_georgia(const GeorgiaView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "balances"))
    if (one.value("concurrent", "none") != "secondary")
      facts.push_back(FactLine("balance", said(one.at("bucket")))
                          .with(dollars(one.at("amountCents")))
                          .with(said(one.at("assignee")))
                          .with(said(one.at("periodFrom")))
                          .with(said(one.at("periodTo")))
                          .with(said(one.at("asOf")))
                          .with(one.at("aggregate").get<bool>() ? "total" : "component"));
  return facts;
}

std::string payment_fact(const json& one, const std::string& key, const std::string& status) {
  return FactLine("payment", key)
      .with(dollars(one.at("amountCents")))
      .with(said(one.at("collectionDate")))
      .with(said(one.at("postedDate")))
      .with(classes_of_sources.at(one.at("source").get<std::string>()))
      .with(status)
      .with(is_electronic(one) ? said(one.at("ref")) : "-")
      .with(said(one.at("adjusts")));
}

// Three years back, to the same day or the last one of that month.
std::string earliest_day(model::Date through) {
  for (unsigned day = through.day();; --day)
    if (const auto found = model::Date::of(through.year() - 3, through.month(), day)) return found->text();
}

Facts payments_of_georgia(const GeorgiaView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "payments")) {
    const std::string posted =
        said(one.at("postedDate").is_null() ? one.at("collectionDate") : one.at("postedDate"));
    if (posted > view.through.text()) continue;
    if (is_electronic(one) && one.at("status") == "received") {
      if (posted < view.from.text()) continue;
      const int nights = model::Date::parse(posted)->days_until(view.through);
      facts.push_back(payment_fact(one, "eft/" + said(one.at("ref")) + "/" + posted,
                                   nights < nights_until_pending ? "received" : "pending"));
    } else if (posted >= earliest_day(view.through)) {
      facts.push_back(payment_fact(one, said(one.at("id")), said(one.at("status"))));
    }
  }
  return facts;
}

std::string recipient_class(const GeorgiaView& view, const json& recipient) {
  const std::string role = role_in_case(view, recipient);
  if (!role.empty()) return role == viewer_role(view) ? "self" : "other_party";
  return recipient.get<std::string>().starts_with("state:") ? "state" : "agency";
}

Facts disbursements_of_georgia(const GeorgiaView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "disbursements")) {
    if (!is_by(one.at("date"), view)) continue;
    const std::string recipient = recipient_class(view, one.at("recipient"));
    FactLine line("disbursement", said(one.at("id")));
    line.with(dollars(one.at("amountCents")))
        .with(said(one.at("date")))
        .with(recipient)
        .with(said(one.at("method")))
        .with(recipient == "self" ? said(one.at("instrumentLast4")) : "-")
        .with(said(one.at("status")));
    for (const json& payment : one.at("paymentIds")) line.with(said(payment));
    facts.push_back(line);
  }
  return facts;
}

Facts enforcement_of_georgia(const GeorgiaView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "enforcement"))
    if (is_by(one.at("date"), view))
      facts.push_back(FactLine("enforcement", said(one.at("id")))
                          .with(said(one.at("kind")))
                          .with(said(one.at("status")))
                          .with(said(one.at("date")))
                          .with(said(one.at("released")))
                          .with(viewer_role(view) == "noncustodial_parent" ? said(one.at("detail")) : "-"));
  return facts;
}

std::string on_the_wall(const json& moment) {
  if (moment.is_null()) return "-";
  const Instant instant = *parse_instant(moment.get<std::string>());
  return to_text(instant + model::find_time_zone("America/New_York")->offset_at(instant)).substr(0, 16);
}

bool is_for_viewer(const GeorgiaView& view, const std::string& whom) {
  const std::string role = viewer_role(view);
  return whom == role || (whom == "noncustodial_parent" && role == "putative_father") ||
         (whom == "custodial_party" && role == "caretaker_other");
}

Facts events_of_georgia(const GeorgiaView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "events"))
    if (is_for_viewer(view, one.at("for").get<std::string>()))
      facts.push_back(FactLine("event", said(one.at("id")))
                          .with(said(one.at("kind")))
                          .with(on_the_wall(one.at("start")))
                          .with(on_the_wall(one.at("end")))
                          .with("America/New_York")
                          .with(said(one.at("place")))
                          .with(said(one.at("status"))));
  return facts;
}

Facts contacts_of_georgia(const GeorgiaView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "contacts"))
    facts.push_back(FactLine("contact", said(one.at("kind")))
                        .with("-")
                        .with(one.at("office").is_null() ? "" : said(one.at("office")))
                        .with(said(one.at("phone")))
                        .with(said(one.at("ext")))
                        .with(said(one.at("email")))
                        .with(said(one.at("hours")))
                        .with("no address"));
  return facts;
}

}  // namespace

Facts expected_georgia_facts(const GeorgiaView& view, Dataset dataset) {
  switch (dataset) {
    case Dataset::cases: return case_of_georgia(view);
    case Dataset::orders: return orders_of_georgia(view);
    case Dataset::balances: return balances_of_georgia(view);
    case Dataset::payments: return payments_of_georgia(view);
    case Dataset::disbursements: return disbursements_of_georgia(view);
    case Dataset::enforcement: return enforcement_of_georgia(view);
    case Dataset::events: return events_of_georgia(view);
    case Dataset::contacts: return contacts_of_georgia(view);
    default: return {};
  }
}

}  // namespace casebridge::conformance
