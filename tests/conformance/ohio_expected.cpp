// The interface document's rules for each dataset, applied to the scenario.
#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "core/model/money.hpp"
#include "core/model/time_zone.hpp"
#include "tests/conformance/fact_line.hpp"
#include "tests/conformance/ohio_facts.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

constexpr std::size_t collections_max = 108, order_blocks_max = 9, last_max = 21, given_max = 16,
                      suffix_max = 3;

const std::set<std::string> debt_types{"child_support", "spousal_support", "medical_support_cash"};
const std::set<std::string> frequencies{"weekly",    "biweekly",   "semimonthly", "monthly",
                                        "quarterly", "semiannual", "annual"};
const std::map<std::string, std::string> enforcement_reasons{
    {"income_withholding", "ESWAG"}, {"bench_warrant", "EIWAR"}, {"lien_vehicle", "EILMV"},
    {"lien_real", "EILRE"},          {"lien_personal", "EILPP"}, {"contempt", "SICPS"}};
const std::map<std::string, std::string> sources{{"income_withholding", "withholding"},
                                                 {"garnishment", "withholding"},
                                                 {"federal_tax_offset", "involuntary_other"},
                                                 {"state_tax_offset", "involuntary_other"},
                                                 {"unemployment", "involuntary_other"},
                                                 {"workers_comp", "involuntary_other"},
                                                 {"direct", "direct"}};

bool among(const json& value, const std::set<std::string>& tokens) {
  return value.is_string() && tokens.contains(value.get<std::string>());
}
std::string text_of(const json& value, const std::string& otherwise = "-") {
  return value.is_null() ? otherwise : value.get<std::string>();
}
std::string cut(const json& value, std::size_t length) {
  const std::string made = ohio_text(value, length);
  return made.empty() ? "-" : made;
}
std::string cents_of(const json& value) {
  return value.is_null() ? "-" : model::Money{value.get<std::int64_t>()}.text();
}
bool has_role(const json& part, const char* role) { return part.at("role") == role; }

std::vector<json> parts_with_role(const json& one_case, std::initializer_list<const char*> roles) {
  std::vector<json> found;
  for (const json& part : one_case.at("participants"))
    for (const char* role : roles)
      if (has_role(part, role)) found.push_back(part);
  return found;
}

// The person of the NCP block: the obligor, or who may become one.
std::optional<json> subject_of(const json& one_case) {
  for (const char* role : {"noncustodial_parent", "putative_father"})
    if (const auto found = parts_with_role(one_case, {role}); !found.empty()) return found.front();
  return std::nullopt;
}

std::string participant_fact(const OhioView& view, const json& part, const std::string& role, bool active) {
  const json person = view.scenario.person(part.at("person").get<std::string>());
  const json& name = person.at("name");
  const bool self = part.at("person") == view.viewer;
  const bool child = has_role(part, "child");
  const bool hidden = ohio_guards(view) && !self && (!child || !part.at("familyViolence").is_null());
  const bool born = self || (child && ohio_role(view) == "custodial_party" && !ohio_guards(view));
  return FactLine("participant", "")
      .with(role)
      .with(self ? "self" : "")
      .with(active ? "active" : "inactive")
      .with(hidden ? "" : ohio_text(name.at("first"), given_max))
      .with(hidden ? "" : ohio_text(name.at("middle"), given_max))
      .with(hidden ? "" : ohio_text(name.at("last"), last_max))
      .with(hidden ? "" : ohio_text(name.at("suffix"), suffix_max))
      .with(born ? text_of(person.at("dob")) : "-");
}

Facts case_facts(const OhioView& view) {
  const json& one = view.one_case;
  const bool guarded = ohio_guards(view), nothing = ohio_gives_nothing(one);
  const bool closed = one.at("status") == "closed";
  Facts facts{FactLine("case", text_of(one.at("caseNumber")))
                  .with(nothing ? "unknown" : text_of(one.at("caseType")))
                  .with(nothing ? "unknown" : text_of(one.at("status")))
                  .with(text_of(one.at("processing")))
                  .with(nothing ? "unknown" : ohio_role(view))
                  .with("-")
                  .with("-")
                  .with(closed && !nothing ? text_of(one.at("closureReason")) : "-")
                  .with(guarded && !nothing ? "-" : text_of(one.at("locator")).substr(0, 5) + "00")};
  if (nothing) return facts;
  const auto subject = subject_of(one);
  if (subject) facts.push_back(participant_fact(view, *subject, "noncustodial_parent", true));
  auto listed = parts_with_role(one, {"custodial_party"});
  for (const json& child : parts_with_role(one, {"child"})) listed.push_back(child);
  for (const json& other : parts_with_role(one, {"caretaker_other", "putative_father"}))
    listed.push_back(other);
  for (const json& part : listed)
    if (!subject || part.at("person") != subject->at("person"))
      facts.push_back(participant_fact(view, part, text_of(part.at("role")), part.at("active").get<bool>()));
  if (guarded) return facts;
  for (const json& other : one.at("intergov"))
    facts.push_back(FactLine("other state", text_of(other.at("otherState")))
                        .with(text_of(other.at("otherCaseId")))
                        .with(text_of(other.at("role")))
                        .with(text_of(other.at("since"))));
  return facts;
}

bool is_sent(const json& owed) {
  return owed.at("concurrent") != "secondary" && among(owed.at("debtType"), debt_types) &&
         among(owed.at("frequency"), frequencies);
}

std::string order_fact(const json& one) {
  const json& medical = one.at("medicalOrdered");
  const std::string controlling = text_of(one.at("controlling"));
  return FactLine("order", cut(one.at("orderId"), 17))
      .with(cut(one.at("docket"), 17))
      .with(text_of(one.at("issuingState")))
      .with(text_of(one.at("issuingLocator")))
      .with("-")
      .with(text_of(one.at("type")))
      .with(text_of(one.at("filed")))
      .with(text_of(one.at("effective")))
      .with(text_of(one.at("ends")))
      .with(text_of(one.at("cancelled")))
      .with(controlling == "determined" || controlling == "presumed" ? controlling : "unknown")
      .with(medical.is_null()     ? "-"
            : medical.get<bool>() ? "yes"
                                  : "no");
}

Facts order_facts(const OhioView& view) {
  Facts facts;
  std::size_t blocks = 0;
  for (const json& one : view.one_case.at("orders")) {
    bool shown = false;
    for (const json& owed : one.at("obligations")) {
      if (!is_sent(owed) || blocks == order_blocks_max) continue;
      ++blocks;
      if (!shown) facts.push_back(order_fact(one));
      shown = true;
      const bool paced = among(owed.at("arrearsFrequency"), frequencies);
      facts.push_back(FactLine("obligation", cut(one.at("orderId"), 17))
                          .with(text_of(owed.at("debtType")))
                          .with(cents_of(owed.at("amountCents")))
                          .with(text_of(owed.at("frequency")))
                          .with(paced ? cents_of(owed.at("arrearsAmountCents")) : "-")
                          .with(paced ? text_of(owed.at("arrearsFrequency")) : "-")
                          .with("-")
                          .with("-"));
    }
  }
  const bool carries_arrears = ohio_sum(view, "total_arrears").is_number();
  if (facts.empty() && carries_arrears && !view.one_case.at("orders").empty())
    facts.push_back(order_fact(view.one_case.at("orders").front()));
  return facts;
}

std::vector<json> lines_of(const OhioView& view, const std::string& bucket) {
  std::vector<json> found;
  for (const json& line : view.scenario.list(view.one_case, "balances"))
    if (line.at("bucket") == bucket && line.value("concurrent", "none") != "secondary") found.push_back(line);
  return found;
}

// Whose the assigned arrears are is known only where Ohio collects for one other state.
std::string assigned_to(const OhioView& view) {
  std::set<std::string> states;
  if (!ohio_guards(view))
    for (const json& other : view.one_case.at("intergov"))
      if (other.at("role") == "responding") states.insert(other.at("otherState").get<std::string>());
  return states.size() == 1 ? "state:" + *states.begin() : "unknown";
}

Facts balance_facts(const OhioView& view) {
  Facts facts;
  std::string as_of;
  for (const json& line : lines_of(view, "total_arrears")) as_of = std::max(as_of, text_of(line.at("asOf")));
  const std::pair<std::string, std::string> parts[] = {{"arrears_assigned", assigned_to(view)},
                                                       {"arrears_family", "family"},
                                                       {"foster_care_arrears", "-"},
                                                       {"medical_arrears", "-"},
                                                       {"total_arrears", "-"},
                                                       {"interest", "-"}};
  for (const auto& [bucket, assignee] : parts) {
    const json sum = ohio_sum(view, bucket);
    if (sum.is_null() || (bucket == "interest" && sum == 0)) continue;
    const auto lines = lines_of(view, bucket);
    const bool period = lines.size() == 1 && bucket != "total_arrears" && bucket != "interest";
    facts.push_back(FactLine("balance", bucket)
                        .with(cents_of(sum))
                        .with(assignee)
                        .with(period ? text_of(lines.front().at("periodFrom")) : "-")
                        .with(period ? text_of(lines.front().at("periodTo")) : "-")
                        .with(as_of)
                        .with(bucket == "total_arrears" ? "total" : "component"));
  }
  return facts;
}

std::string source_of(const json& payment) {
  if (payment.at("amountCents") < 0) return "adjustment";
  const auto found = sources.find(payment.at("source").get<std::string>());
  return found == sources.end() ? "unknown" : found->second;
}

// As many of a kind as there are: equal payments differ by a number only.
Facts payment_facts(const OhioView& view) {
  Facts facts;
  std::map<std::string, int> times;
  const auto add = [&](const json& payment, bool memo) {
    const std::string source = source_of(payment);
    std::string key = std::string(memo ? "memo/" : "") + text_of(payment.at("collectionDate")) + "/" +
                      text_of(payment.at("postedDate")) + "/" + payment.at("amountCents").dump() + "/" +
                      (source == "unknown" ? "O" : source);
    if (const int count = ++times[key]; count > 1) key += "~" + std::to_string(count);
    FactLine line("payment", key);
    line.with(cents_of(payment.at("amountCents")))
        .with(text_of(payment.at("collectionDate")))
        .with(text_of(payment.at("postedDate")))
        .with(source)
        .with("applied")
        .with("-")
        .with("-");
    if (memo) line.with("memo");
    facts.push_back(line);
  };
  for (const json& payment : ohio_collections(view)) add(payment, false);
  for (const json& memo : ohio_memos(view)) add(memo, true);
  return facts;
}

Facts enforcement_facts(const OhioView& view) {
  Facts facts;
  const bool obligor = ohio_role(view) == "noncustodial_parent";
  for (const json& action : view.scenario.list(view.one_case, "enforcement")) {
    const auto reason = enforcement_reasons.find(action.at("kind").get<std::string>());
    if (reason == enforcement_reasons.end()) continue;
    facts.push_back(FactLine("enforcement", reason->second + "/" + text_of(action.at("date")))
                        .with(reason->first)
                        .with("unknown")
                        .with(text_of(action.at("date")))
                        .with("-")
                        .with(obligor ? cut(action.at("detail"), 80) : "-"));
  }
  return facts;
}

std::string local_minute(const std::string& utc) {
  const auto moment = parse_instant(utc);
  const auto zone = model::find_time_zone("America/New_York");
  if (!moment || !zone) throw std::runtime_error("no time zone data, or no instant");
  return to_text(*moment + zone->offset_at(*moment)).substr(0, 16);
}

bool concerns_viewer(const OhioView& view, const json& event) {
  const json& whom = event.value("for", json());
  if (whom.is_null() || whom == "both") return true;
  const std::string role = ohio_role(view);
  const bool pays = role == "noncustodial_parent" || role == "putative_father";
  return whom == (pays ? "noncustodial_parent" : "custodial_party") || whom == view.viewer;
}

Facts event_facts(const OhioView& view) {
  Facts facts;
  if (ohio_guards(view)) return facts;
  for (const json& event : view.scenario.list(view.one_case, "events")) {
    if (event.at("kind") != "hearing" || !concerns_viewer(view, event)) continue;
    const std::string local = local_minute(event.at("start").get<std::string>());
    facts.push_back(FactLine("event", "GIHER/" + local.substr(0, 10))
                        .with("hearing")
                        .with(local)
                        .with("-")
                        .with("America/New_York")
                        .with(cut(event.at("place"), 80))
                        .with("-"));
  }
  return facts;
}

Facts contact_facts(const OhioView& view) {
  Facts facts;
  if (ohio_guards(view)) return facts;
  for (const json& one : view.one_case.at("contacts")) {
    if (one.at("kind") != "caseworker") continue;
    const json& address = one.at("address");
    facts.push_back(FactLine("contact", "caseworker")
                        .with(cut(one.at("name"), 80))
                        .with("")
                        .with(text_of(one.at("phone")))
                        .with(cut(one.at("ext"), 6))
                        .with(text_of(one.at("email")))
                        .with("-")
                        .with(address.is_null() ? "no address" : ohio_text(address.at("line1"), 25)));
    break;
  }
  return facts;
}

bool is_applied(const json& payment) { return !among(payment.at("status"), {"received", "pending", "held"}); }

bool ohio_responds(const OhioView& view) {
  for (const json& other : view.one_case.at("intergov"))
    if (other.at("role") == "responding") return true;
  return false;
}

}  // namespace

std::string ohio_role(const OhioView& view) {
  const std::string role = Scenario::participant(view.one_case, view.viewer).at("role").get<std::string>();
  const auto subject = subject_of(view.one_case);
  // The block of the obligor does not say that the person is only presumed to be one.
  return subject && subject->at("person") == view.viewer ? "noncustodial_parent" : role;
}

bool ohio_guards(const OhioView& view) {
  // Whoever is protected sees the case as it is.
  if (!Scenario::participant(view.one_case, view.viewer).at("familyViolence").is_null()) return false;
  for (const json& part : view.one_case.at("participants"))
    if (part.at("person") != view.viewer && !part.at("familyViolence").is_null()) return true;
  return false;
}

bool ohio_gives_nothing(const json& one_case) { return one_case.at("caseType") == "locate_only"; }

json ohio_sum(const OhioView& view, const std::string& bucket) {
  json sum;
  for (const json& line : lines_of(view, bucket))
    sum = (sum.is_null() ? 0 : sum.get<std::int64_t>()) + line.at("amountCents").get<std::int64_t>();
  return sum;
}

std::vector<json> ohio_collections(const OhioView& view) {
  std::vector<json> found;
  if (ohio_gives_nothing(view.one_case)) return found;
  for (const json& payment : view.scenario.list(view.one_case, "payments"))
    if (is_applied(payment) && !(payment.at("source") == "federal_tax_offset" && ohio_responds(view)))
      found.push_back(payment);
  std::stable_sort(found.begin(), found.end(), [](const json& a, const json& b) {
    return a.at("collectionDate") > b.at("collectionDate");
  });
  if (found.size() > collections_max) found.resize(collections_max);
  return found;
}

std::vector<json> ohio_memos(const OhioView& view) {
  std::vector<json> found;
  if (ohio_responds(view))
    for (const json& payment : view.scenario.list(view.one_case, "payments"))
      if (is_applied(payment) && payment.at("source") == "federal_tax_offset") found.push_back(payment);
  return found;
}

Facts expected_ohio_facts(const OhioView& view, Dataset dataset) {
  if (dataset == Dataset::cases) return case_facts(view);
  if (dataset == Dataset::enforcement) return enforcement_facts(view);
  if (dataset == Dataset::events) return event_facts(view);
  if (dataset == Dataset::payments) return payment_facts(view);
  if (ohio_gives_nothing(view.one_case)) return {};
  switch (dataset) {
    case Dataset::orders: return order_facts(view);
    case Dataset::balances: return balance_facts(view);
    case Dataset::contacts: return contact_facts(view);
    default: return {};
  }
}

}  // namespace casebridge::conformance
