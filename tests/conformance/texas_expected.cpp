// What the interface document makes of a scenario, for one viewer of one case.
#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "core/model/money.hpp"
#include "core/model/time_zone.hpp"
#include "plugins/texas_icop/wire_dates.hpp"
#include "tests/conformance/fact_line.hpp"
#include "tests/conformance/texas_facts.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

constexpr const char* zone = "America/Chicago";

std::string text_of(const json& value, const std::string& otherwise = "-") {
  return value.is_null() ? otherwise : value.get<std::string>();
}
std::string cents_of(const json& value) {
  return value.is_null() ? "-" : model::Money{value.get<std::int64_t>()}.text();
}
// A token that the document sends as another one.
std::string translated(const std::string& token, const std::map<std::string, std::string>& others) {
  const auto found = others.find(token);
  return found == others.end() ? token : found->second;
}
bool among(const json& value, const std::set<std::string>& tokens) {
  return value.is_string() && tokens.contains(value.get<std::string>());
}

const std::set<std::string> debt_types{"child_support", "spousal_support",  "medical_support_cash",
                                       "medical_costs", "arrears_judgment", "interest",
                                       "other_fee",     "genetic_test_fee", "annual_fee"};
const std::set<std::string> frequencies{"weekly",    "biweekly",   "semimonthly", "monthly", "bimonthly",
                                        "quarterly", "semiannual", "annual",      "once"};
const std::set<std::string> buckets{
    "current_due", "arrears_family", "arrears_assigned", "medical_arrears", "spousal_arrears", "interest",
    "fee",         "total_arrears",  "total_owed"};
const std::map<std::string, std::string> sources{{"income_withholding", "withholding"},
                                                 {"federal_tax_offset", "involuntary_other"},
                                                 {"state_tax_offset", "involuntary_other"},
                                                 {"federal_admin_offset", "involuntary_other"},
                                                 {"unemployment", "involuntary_other"},
                                                 {"workers_comp", "involuntary_other"},
                                                 {"lottery", "involuntary_other"},
                                                 {"garnishment", "involuntary_other"},
                                                 {"other", "unknown"}};

std::string role_of_viewer(const TexasView& view) {
  return Scenario::participant(view.one_case, view.viewer).at("role").get<std::string>();
}

// Somebody else in the case is at risk: places, caseworkers and documents are left out.
bool is_guarded(const TexasView& view) {
  for (const json& part : view.one_case.at("participants"))
    if (part.at("person") != view.viewer && !part.at("familyViolence").is_null()) return true;
  return false;
}

std::string local(const std::string& utc) {
  const auto moment = parse_instant(utc);
  const auto found = model::find_time_zone(zone);
  if (!moment || !found) throw std::runtime_error("no time zone data, or no instant");
  return to_text(*moment + found->offset_at(*moment)).substr(0, 16);
}

std::vector<json> newest_first(const json& list, const std::string& date) {
  std::vector<json> sorted(list.begin(), list.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const json& a, const json& b) { return a.at(date) > b.at(date); });
  return sorted;
}

Facts case_facts(const TexasView& view) {
  const json& one = view.one_case;
  const std::string role = role_of_viewer(view);
  Facts facts{FactLine("case", text_of(one.at("caseNumber")))
                  .with(text_of(one.at("caseType")))
                  .with(text_of(one.at("status")))
                  .with(text_of(one.at("processing")))
                  .with(role)
                  .with(text_of(one.at("opened")))
                  .with(text_of(one.at("closed")))
                  .with(text_of(one.at("closureReason")))
                  .with(text_of(one.at("locator")).substr(0, 5) + "00")};
  for (const json& part : one.at("participants")) {
    const json person = view.scenario.person(part.at("person").get<std::string>());
    const json& name = person.at("name");
    const bool self = part.at("person") == view.viewer;
    const bool birth_shown = self || (role == "custodial_party" && part.at("role") == "child");
    facts.push_back(FactLine("participant", text_of(part.at("memberId"), ""))
                        .with(text_of(part.at("role")))
                        .with(self ? "self" : "")
                        .with(part.at("active").get<bool>() ? "active" : "inactive")
                        .with(text_of(name.at("first")))
                        .with(text_of(name.at("middle"), ""))
                        .with(text_of(name.at("last")))
                        .with(text_of(name.at("suffix"), ""))
                        .with(birth_shown ? text_of(person.at("dob")) : "-"));
  }
  for (const json& other : one.at("intergov"))
    facts.push_back(FactLine("other state", text_of(other.at("otherState")))
                        .with(text_of(other.at("otherCaseId")))
                        .with(text_of(other.at("role")))
                        .with(text_of(other.at("since"))));
  return facts;
}

Facts order_facts(const TexasView& view) {
  Facts facts;
  for (const json& one : view.one_case.at("orders")) {
    const json& medical = one.at("medicalOrdered");
    facts.push_back(FactLine("order", text_of(one.at("orderId")))
                        .with(text_of(one.at("docket")))
                        .with(text_of(one.at("issuingState")))
                        .with(text_of(one.at("issuingLocator")))
                        .with(text_of(one.at("tribunal")))
                        .with(text_of(one.at("type")))
                        .with(text_of(one.at("filed")))
                        .with(text_of(one.at("effective")))
                        .with(text_of(one.at("ends")))
                        .with(text_of(one.at("cancelled")))
                        .with(text_of(one.at("controlling")))
                        .with(medical.is_null()     ? "-"
                              : medical.get<bool>() ? "yes"
                                                    : "no"));
    for (const json& owed : one.at("obligations")) {
      if (owed.at("concurrent") == "secondary" || !among(owed.at("debtType"), debt_types) ||
          !among(owed.at("frequency"), frequencies))
        continue;
      const std::string debt = translated(text_of(owed.at("debtType")),
                                          {{"genetic_test_fee", "other_fee"}, {"annual_fee", "other_fee"}});
      const bool paced = among(owed.at("arrearsFrequency"), frequencies);
      facts.push_back(FactLine("obligation", text_of(one.at("orderId")))
                          .with(debt)
                          .with(cents_of(owed.at("amountCents")))
                          .with(text_of(owed.at("frequency")))
                          .with(cents_of(owed.at("arrearsAmountCents")))
                          .with(paced ? text_of(owed.at("arrearsFrequency")) : "-")
                          .with(text_of(owed.at("start")))
                          .with(text_of(owed.at("end"))));
    }
  }
  return facts;
}

Facts balance_facts(const TexasView& view) {
  Facts facts;
  for (const json& one : expected_balances(view)) {
    facts.push_back(FactLine("balance", text_of(one.at("bucket")))
                        .with(cents_of(one.at("amountCents")))
                        .with(text_of(one.at("assignee")))
                        .with(text_of(one.at("periodFrom")))
                        .with(text_of(one.at("periodTo")))
                        .with(text_of(one.at("asOf")))
                        .with(one.at("aggregate").get<bool>() ? "total" : "component"));
  }
  return facts;
}

Facts payment_facts(const TexasView& view) {
  std::set<std::string> reversed;
  for (const json& one : view.scenario.list(view.one_case, "payments"))
    if (one.at("adjusts").is_string()) reversed.insert(one.at("adjusts").get<std::string>());
  Facts facts;
  for (const json& one : expected_payments(view)) {
    const std::string id = text_of(one.at("id"));
    FactLine line("payment", id);
    line.with(cents_of(one.at("amountCents")))
        .with(text_of(one.at("collectionDate")))
        .with(text_of(one.at("postedDate")))
        .with(translated(text_of(one.at("source")), sources))
        .with(reversed.contains(id) ? "reversed" : text_of(one.at("status")))
        .with(text_of(one.at("ref")))
        .with(text_of(one.at("adjusts")));
    for (const json& part : one.at("allocations")) {
      const std::string bucket = translated(text_of(part.at("bucket")), {{"current", "current_due"}});
      if (buckets.contains(bucket)) line.with(bucket).with(cents_of(part.at("cents")));
    }
    facts.push_back(line);
  }
  return facts;
}

std::string recipient_class(const TexasView& view, const std::string& recipient) {
  if (recipient == view.viewer) return "self";
  if (recipient.starts_with("state:")) return "state";
  for (const json& person : view.scenario.document().at("people"))
    if (person.at("id") == recipient) return "other_party";
  return "agency";
}

Facts disbursement_facts(const TexasView& view) {
  Facts facts;
  for (const json& one : newest_first(view.scenario.list(view.one_case, "disbursements"), "date")) {
    const std::string recipient = recipient_class(view, text_of(one.at("recipient")));
    FactLine line("disbursement", text_of(one.at("id")));
    line.with(cents_of(one.at("amountCents")))
        .with(text_of(one.at("date")))
        .with(recipient)
        .with(text_of(one.at("method")))
        .with(recipient == "self" ? text_of(one.at("instrumentLast4")) : "-")
        .with(text_of(one.at("status")));
    for (const json& payment : one.at("paymentIds")) line.with(text_of(payment));
    facts.push_back(line);
  }
  return facts;
}

Facts enforcement_facts(const TexasView& view) {
  static const std::set<std::string> without_a_code{"federal_admin_offset", "insurance_match",
                                                    "criminal_referral", "work_program"};
  const bool obligor = role_of_viewer(view) == "noncustodial_parent";
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "enforcement"))
    facts.push_back(FactLine("enforcement", text_of(one.at("id")))
                        .with(among(one.at("kind"), without_a_code) ? "other" : text_of(one.at("kind")))
                        .with(text_of(one.at("status")))
                        .with(text_of(one.at("date")))
                        .with(text_of(one.at("released")))
                        .with(obligor ? text_of(one.at("detail")) : "-"));
  return facts;
}

Facts event_facts(const TexasView& view) {
  const std::string side = translated(role_of_viewer(view), {{"putative_father", "noncustodial_parent"},
                                                             {"caretaker_other", "custodial_party"}});
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "events")) {
    if (one.at("kind") == "milestone" || (one.at("for") != "both" && one.at("for") != side)) continue;
    facts.push_back(FactLine("event", text_of(one.at("id")))
                        .with(text_of(one.at("kind")))
                        .with(local(text_of(one.at("start"))))
                        .with(one.at("end").is_null() ? "-" : local(text_of(one.at("end"))))
                        .with(zone)
                        .with(is_guarded(view) ? "-" : text_of(one.at("place")))
                        .with(text_of(one.at("status"))));
  }
  return facts;
}

Facts document_facts(const TexasView& view) {
  Facts facts;
  if (is_guarded(view)) return facts;
  for (const json& one : newest_first(view.scenario.list(view.one_case, "documents"), "date"))
    facts.push_back(FactLine("document", text_of(one.at("id")))
                        .with(text_of(one.at("title")))
                        .with(text_of(one.at("kind")))
                        .with(text_of(one.at("date")))
                        .with(text_of(one.at("mediaType"))));
  return facts;
}

Facts message_facts(const TexasView& view) {
  Facts facts;
  for (const json& one : newest_first(view.scenario.list(view.one_case, "messages"), "sentAt"))
    facts.push_back(FactLine("message", text_of(one.at("id")))
                        .with(text_of(one.at("thread")))
                        .with(one.at("direction") == "from_state" ? "in" : "out")
                        .with(text_of(one.at("sentAt")))
                        .with(text_of(one.at("subject")))
                        .with(text_of(one.at("body")))
                        .with(one.at("status") == "unread" ? "no" : "yes"));
  return facts;
}

Facts contact_facts(const TexasView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "contacts")) {
    if (one.at("kind") == "caseworker" && is_guarded(view)) continue;
    const std::string phone = text_of(one.at("phone")).substr(2);
    const json& address = one.at("address");
    facts.push_back(FactLine("contact", text_of(one.at("kind")))
                        .with(text_of(one.at("name")))
                        .with(text_of(one.at("office")))
                        .with(phone.substr(0, 3) + "-" + phone.substr(3, 3) + "-" + phone.substr(6))
                        .with(text_of(one.at("ext")))
                        .with(text_of(one.at("email")))
                        .with(text_of(one.at("hours")))
                        .with(address.is_null() ? "no address" : text_of(address.at("line1"))));
  }
  return facts;
}

}  // namespace

std::vector<json> expected_payments(const TexasView& view) {
  const auto today = model::Date::in_zone(view.now, zone);
  if (!today) throw std::runtime_error("no time zone data");
  const std::string from = texas_icop::months_before(*today, 24).text();
  std::vector<json> shown;
  for (const json& one : newest_first(view.scenario.list(view.one_case, "payments"), "collectionDate")) {
    const auto date = one.at("collectionDate").get<std::string>();
    if (date >= from && date <= today->text()) shown.push_back(one);
  }
  return shown;
}

std::vector<json> expected_balances(const TexasView& view) {
  std::vector<json> shown;
  for (const json& one : view.scenario.list(view.one_case, "balances"))
    if (one.value("concurrent", "none") != "secondary" && among(one.at("bucket"), buckets))
      shown.push_back(one);
  return shown;
}

Facts expected_facts(const TexasView& view, Dataset dataset) {
  switch (dataset) {
    case Dataset::cases: return case_facts(view);
    case Dataset::orders: return order_facts(view);
    case Dataset::balances: return balance_facts(view);
    case Dataset::payments: return payment_facts(view);
    case Dataset::disbursements: return disbursement_facts(view);
    case Dataset::enforcement: return enforcement_facts(view);
    case Dataset::events: return event_facts(view);
    case Dataset::documents: return document_facts(view);
    case Dataset::messages: return message_facts(view);
    case Dataset::contacts: return contact_facts(view);
  }
  return {};
}

}  // namespace casebridge::conformance
