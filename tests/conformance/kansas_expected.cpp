// What the interface document of the QUICK platform makes of a scenario, for one viewer of one case.
#include <algorithm>
#include <map>
#include <set>

#include "core/base/text.hpp"
#include "core/model/date.hpp"
#include "core/model/locator.hpp"
#include "core/model/money.hpp"
#include "tests/conformance/fact_line.hpp"
#include "tests/conformance/kansas_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

const std::set<std::string> coded_assistance{"tanf_current", "former_assistance", "never_assistance"};
const std::set<std::string> coded_debts{"child_support",   "spousal_support",  "medical_support_cash",
                                        "medical_costs",   "arrears_judgment", "interest",
                                        "genetic_test_fee"};
const std::map<std::string, std::pair<int, int>> months{
    {"weekly", {52, 12}},  {"biweekly", {26, 12}}, {"semimonthly", {2, 1}}, {"monthly", {1, 1}},
    {"bimonthly", {1, 2}}, {"quarterly", {1, 3}},  {"semiannual", {1, 6}},  {"annual", {1, 12}}};
const std::set<std::string> intercepts{"federal_tax_offset", "state_tax_offset", "unemployment",
                                       "federal_admin_offset"};
const std::map<std::string, std::string> action_codes{{"income_withholding", "IWO"},
                                                      {"medical_support_notice", "NMSN"},
                                                      {"credit_bureau_report", "CBR"},
                                                      {"state_tax_offset", "SDSO"},
                                                      {"federal_tax_offset", "FDSO"},
                                                      {"passport_denial", "PASS"},
                                                      {"fidm_levy", "FIDM"},
                                                      {"drivers_license_suspension", "DL"},
                                                      {"professional_license_suspension", "PL"},
                                                      {"lottery_intercept", "LOTT"},
                                                      {"lien_real", "LIEN"}};

std::string shown_or_dash(const json& value) { return value.is_null() ? "-" : value.get<std::string>(); }
std::string dollars(std::int64_t cents) { return model::Money{cents}.text(); }

// Capital letters, those of Latin-1 too; at most so many characters.
std::string capitals(const std::string& words, std::size_t most = 1000) {
  std::string upper = text::upper_ascii(words);
  for (std::size_t i = 0; i + 1 < upper.size(); ++i) {
    const auto second = static_cast<unsigned char>(upper[i + 1]);
    if (upper[i] == '\xC3' && second >= 0xA0 && second != 0xB7 && second != 0xBF)
      upper[i + 1] = static_cast<char>(second - 0x20);
  }
  std::string cut;
  for (std::string_view rest = upper; !rest.empty() && most > 0; --most) {
    const std::size_t size = text::utf8_sequence_size(rest);
    cut += rest.substr(0, size);
    rest.remove_prefix(size);
  }
  return cut;
}

std::string today_of(const QuickView& view) { return model::Date::in_zone(view.now, view.zone)->text(); }

std::string viewer_of_case(const QuickView& view) { return view.credential.at("person").get<std::string>(); }
bool owes(const QuickView& view) {
  return Scenario::participant(view.one_case, viewer_of_case(view)).at("role") == "noncustodial_parent";
}

Facts case_facts(const QuickView& view) {
  const json& one = view.one_case;
  const std::string type = one.at("caseType").get<std::string>();
  Facts facts{FactLine("case", shown_or_dash(one.at("caseNumber")))
                  .with(coded_assistance.contains(type) ? type : "unknown")
                  .with(shown_or_dash(one.at("status")))
                  .with("unknown")
                  .with(owes(view) ? "noncustodial_parent" : "custodial_party")
                  .with(shown_or_dash(one.at("opened")))
                  .with(shown_or_dash(one.at("closed")))
                  .with(shown_or_dash(one.at("closureReason")))
                  .with("-")};
  for (const json& part : one.at("participants")) {
    const bool self = part.at("person") == viewer_of_case(view);
    const std::string role = part.at("role").get<std::string>();
    if (role != "custodial_party" && role != "noncustodial_parent" && role != "child") continue;
    if (!self && !part.at("active").get<bool>()) continue;
    const json person = view.scenario.person(part.at("person").get<std::string>());
    facts.push_back(FactLine("participant", self ? view.credential.at("personNumber").get<std::string>() : "")
                        .with(role)
                        .with(self ? "self" : "")
                        .with("active")
                        .with(capitals(person.at("name").at("first").get<std::string>(), 12))
                        .with("")
                        .with(capitals(person.at("name").at("last").get<std::string>(), 17))
                        .with("")
                        .with(self ? shown_or_dash(person.at("dob")) : "-"));
  }
  for (const json& other : one.at("intergov"))
    facts.push_back(FactLine("other state", shown_or_dash(other.at("otherState")))
                        .with(shown_or_dash(other.at("otherCaseId")))
                        .with(shown_or_dash(other.at("role")))
                        .with(shown_or_dash(other.at("since"))));
  return facts;
}

bool is_secondary(const json& row) { return row.value("concurrent", "none") == "secondary"; }

bool holds_today(const json& owed, const std::string& today) {
  return owed.at("start") <= today && (owed.at("end").is_null() || owed.at("end") >= today);
}

// Cents in a month, half a cent up.
std::int64_t per_month(const json& cents, const json& frequency) {
  if (cents.is_null() || frequency.is_null()) return 0;
  const auto found = months.find(frequency.get<std::string>());
  if (found == months.end()) return 0;
  const auto [numerator, denominator] = found->second;
  return (2 * cents.get<std::int64_t>() * numerator + denominator) / (2 * denominator);
}

struct MonthlySums {
  std::int64_t due = 0;
  std::int64_t arrears = 0;
};
MonthlySums monthly_sums(const QuickView& view) {
  MonthlySums sums;
  for (const json& order : view.one_case.at("orders"))
    for (const json& owed : order.at("obligations")) {
      const std::string debt = owed.at("debtType").get<std::string>();
      if (!coded_debts.contains(debt) || !order.at("cancelled").is_null() || is_secondary(owed) ||
          !holds_today(owed, today_of(view)))
        continue;
      sums.arrears += per_month(owed.at("arrearsAmountCents"), owed.at("arrearsFrequency"));
      if (debt == "child_support" || debt == "spousal_support" || debt == "medical_support_cash")
        sums.due += per_month(owed.at("amountCents"), owed.at("frequency"));
    }
  return sums;
}

bool is_listed(const json& owed) {
  static const std::set<std::string> uncoded{"bimonthly", "once", "none"};
  return coded_debts.contains(owed.at("debtType").get<std::string>()) &&
         !uncoded.contains(owed.at("frequency").get<std::string>());
}

Facts order_facts(const QuickView& view) {
  int counting = 0;
  for (const json& order : view.one_case.at("orders"))
    for (const json& owed : order.at("obligations"))
      counting += is_listed(owed) && !is_secondary(owed) && holds_today(owed, today_of(view)) ? 1 : 0;
  Facts facts;
  for (const json& order : view.one_case.at("orders")) {
    const std::string number = shown_or_dash(order.at("orderId"));
    const std::string office = shown_or_dash(order.at("issuingLocator"));
    const auto place = model::Locator::parse(office);
    FactLine line("order", number);
    line.with("-").with(place ? std::string(place->usps()) : "-").with(office).with("-").with("unknown");
    for (int i = 0; i < 4; ++i) line.with("-");
    Facts owed_facts;
    for (const json& owed : order.at("obligations")) {
      if (!is_listed(owed)) continue;
      const bool told = counting == 1 && !is_secondary(owed) && holds_today(owed, today_of(view));
      owed_facts.push_back(FactLine("obligation", number)
                               .with(shown_or_dash(owed.at("debtType")))
                               .with(dollars(owed.at("amountCents").get<std::int64_t>()))
                               .with(shown_or_dash(owed.at("frequency")))
                               .with(told ? dollars(monthly_sums(view).arrears) : "-")
                               .with(told ? "monthly" : "-")
                               .with(shown_or_dash(owed.at("start")))
                               .with(shown_or_dash(owed.at("end"))));
    }
    if (owed_facts.empty()) continue;
    facts.push_back(line.with("unknown").with("-"));
    facts.insert(facts.end(), owed_facts.begin(), owed_facts.end());
  }
  return facts;
}

bool is_sent(const json& payment) {
  static const std::set<std::string> unsent{"received", "pending", "held"};
  return !unsent.contains(payment.at("status").get<std::string>());
}

// The day of the newest receipts up to today, and their sum; empty when there is none.
std::pair<std::string, std::int64_t> last_receipts(const QuickView& view) {
  std::pair<std::string, std::int64_t> last;
  for (const json& one : view.scenario.list(view.one_case, "payments")) {
    const std::string day = one.at("collectionDate").get<std::string>();
    const auto cents = one.at("amountCents").get<std::int64_t>();
    if (!is_sent(one) || cents <= 0 || day > today_of(view) || day < last.first) continue;
    if (day > last.first) last = {day, 0};
    last.second += cents;
  }
  return last;
}

Facts balance_facts(const QuickView& view) {
  std::string newest;
  std::map<std::string, std::int64_t> sums;
  for (const json& one : view.scenario.list(view.one_case, "balances")) {
    if (is_secondary(one)) continue;
    newest = std::max(newest, one.at("asOf").get<std::string>());
    const std::string bucket = one.at("bucket").get<std::string>();
    if (bucket == "arrears_assigned" && one.at("assignee") != "state:" + view.state) continue;
    sums[bucket] += one.at("amountCents").get<std::int64_t>();
  }
  if (newest.empty()) newest = today_of(view).substr(0, 8) + "01";
  Facts facts;
  const auto add = [&](const std::string& bucket, std::int64_t cents, bool total,
                       const std::string& assignee = "-", const std::string& day = "-") {
    facts.push_back(FactLine("balance", bucket)
                        .with(dollars(cents))
                        .with(assignee)
                        .with(day)
                        .with(day)
                        .with(newest)
                        .with(total ? "total" : "component"));
  };
  const MonthlySums monthly = monthly_sums(view);
  add("monthly_due", monthly.due + monthly.arrears, true);
  const auto [day, received] = last_receipts(view);
  if (!day.empty()) add("last_payment", received, true, "-", day);
  add("total_arrears", sums["total_arrears"], true);
  add("arrears_assigned", sums["arrears_assigned"], false, "state:" + view.state);
  for (const char* bucket : {"interest", "fee", "judgment"}) add(bucket, sums[bucket], false);
  add("total_owed", sums["total_arrears"] + sums["interest"] + sums["fee"] + sums["judgment"], true);
  return facts;
}

// Newest first and at most ninety of the last three years.
std::vector<json> told_rows(const QuickView& view, const std::string& list, const std::string& day) {
  const auto today = *model::Date::in_zone(view.now, view.zone);
  const auto start = model::Date::of(today.year() - 3, today.month(), today.day());
  std::vector<json> rows;
  for (const json& one : view.scenario.list(view.one_case, list)) {
    if (list == "payments" && !is_sent(one)) continue;
    if (start && one.at(day) > start->text() && one.at(day) <= today.text()) rows.push_back(one);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const json& a, const json& b) { return a.at(day) > b.at(day); });
  if (rows.size() > 90) rows.resize(90);
  return rows;
}

std::string public_source(const json& payment) {
  const std::string source = payment.at("source").get<std::string>();
  if (payment.at("amountCents").get<std::int64_t>() < 0) return "adjustment";
  if (intercepts.contains(source)) return "involuntary_other";
  if (source == "income_withholding") return "withholding";
  return source == "direct" ? "direct" : "unknown";
}

std::string numbered(const std::string& key, std::map<std::string, int>& times) {
  const int time = ++times[key];
  return time == 1 ? key : key + "~" + std::to_string(time);
}

Facts payment_facts(const QuickView& view) {
  std::map<std::string, int> times;
  Facts facts;
  for (const json& one : told_rows(view, "payments", "collectionDate")) {
    const std::string amount = dollars(one.at("amountCents").get<std::int64_t>());
    const std::string day = one.at("collectionDate").get<std::string>();
    facts.push_back(FactLine("payment", numbered(day + "/" + amount + "/" + public_source(one), times))
                        .with(amount)
                        .with(day)
                        .with("-")
                        .with(public_source(one))
                        .with("applied")
                        .with("-")
                        .with("-"));
  }
  return facts;
}

Facts disbursement_facts(const QuickView& view) {
  std::map<std::string, int> times;
  Facts facts;
  for (const json& one : told_rows(view, "disbursements", "date")) {
    const std::string recipient = one.at("recipient").get<std::string>();
    const json& people = view.scenario.document().at("people");
    const bool is_person = std::any_of(people.begin(), people.end(),
                                       [&](const json& each) { return each.at("id") == recipient; });
    const bool self = recipient == viewer_of_case(view);
    const bool other_state = !is_person && recipient.starts_with("state:") &&
                             text::lower_ascii(recipient) != "state:" + text::lower_ascii(view.state);
    const std::string amount = dollars(one.at("amountCents").get<std::int64_t>());
    const std::string code = self ? "SELF" : is_person ? "PARTY" : other_state ? "OTHERSTATE" : "STATE";
    const std::string day = one.at("date").get<std::string>();
    facts.push_back(FactLine("disbursement", numbered(day + "/" + amount + "/" + code, times))
                        .with(amount)
                        .with(day)
                        .with(self        ? "self"
                              : is_person ? "other_party"
                                          : "state")
                        .with("unknown")
                        .with(shown_or_dash(one.at("instrumentLast4")))
                        .with("unknown"));
  }
  return facts;
}

Facts enforcement_facts(const QuickView& view) {
  std::map<std::string, json> newest;
  for (const json& one : view.scenario.list(view.one_case, "enforcement")) {
    const auto code = action_codes.find(one.at("kind").get<std::string>());
    if (code == action_codes.end() || one.at("status") == "released" || !one.at("released").is_null() ||
        one.at("date").is_null())
      continue;
    const auto [place, added] = newest.emplace(code->second, one);
    if (!added && place->second.at("date") < one.at("date")) place->second = one;
  }
  Facts facts;
  for (const auto& [code, one] : newest)
    facts.push_back(FactLine("enforcement", code)
                        .with(shown_or_dash(one.at("kind")))
                        .with("unknown")
                        .with(shown_or_dash(one.at("date")))
                        .with("-")
                        .with(owes(view) && !one.at("detail").is_null()
                                  ? capitals(shown_or_dash(one.at("detail")))
                                  : "-"));
  return facts;
}

Facts contact_facts(const QuickView& view) {
  Facts facts;
  for (const json& one : view.scenario.list(view.one_case, "contacts")) {
    const json& address = one.at("address");
    std::string street = "no address";
    if (!address.is_null()) {
      street = capitals(address.at("line1").get<std::string>());
      if (!address.at("line2").is_null()) street += " " + capitals(address.at("line2").get<std::string>());
    }
    facts.push_back(FactLine("contact", shown_or_dash(one.at("kind")))
                        .with("-")
                        .with(one.at("office").is_null() ? "" : capitals(one.at("office").get<std::string>()))
                        .with(shown_or_dash(one.at("phone")))
                        .with("-")
                        .with(shown_or_dash(one.at("email")))
                        .with("-")
                        .with(street));
  }
  return facts;
}

}  // namespace

Facts expected_by_query(const QuickView& view, Dataset dataset) {
  switch (dataset) {
    case Dataset::cases: return case_facts(view);
    case Dataset::orders: return order_facts(view);
    case Dataset::balances: return balance_facts(view);
    case Dataset::payments: return payment_facts(view);
    case Dataset::disbursements: return disbursement_facts(view);
    case Dataset::enforcement: return enforcement_facts(view);
    case Dataset::contacts: return contact_facts(view);
    default: return {};
  }
}

}  // namespace casebridge::conformance
