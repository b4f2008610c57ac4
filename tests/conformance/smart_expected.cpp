// What the interface document of the payment account makes of a scenario, for one viewer of one case.
#include <algorithm>
#include <map>
#include <set>

#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "tests/conformance/fact_line.hpp"
#include "tests/conformance/smart_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;
using Words = std::map<std::string, std::string>;

std::string text_of(const json& value, const std::string& otherwise = "-") {
  return value.is_null() ? otherwise : value.get<std::string>();
}
std::string in_words(const json& token, const Words& words, const std::string& otherwise) {
  const auto found = words.find(token.get<std::string>());
  return found == words.end() ? otherwise : found->second;
}

// In the order in which the service lists them; what is no kind of its own is not shown.
constexpr const char* amount_kinds[] = {"current_due", "arrears_family", "arrears_assigned", "interest",
                                        "fee",         "total_arrears",  "total_owed"};
const Words sources{{"income_withholding", "withholding"},
                    {"direct", "direct"},
                    {"other_state", "other_state"},
                    {"adjustment", "adjustment"},
                    {"other", "unknown"}};
const std::set<std::string> action_kinds{"income_withholding",
                                         "drivers_license_suspension",
                                         "professional_license_suspension",
                                         "recreational_license_suspension",
                                         "passport_denial",
                                         "federal_tax_offset",
                                         "state_tax_offset",
                                         "fidm_levy",
                                         "lien_real",
                                         "credit_bureau_report",
                                         "contempt"};

bool is_guarded(const json& one_case, const std::string& viewer) {
  for (const json& part : one_case.at("participants"))
    if (part.at("person") != viewer && !part.at("familyViolence").is_null()) return true;
  return false;
}

bool pays(const json& one_case, const std::string& viewer) {
  const std::string role = Scenario::participant(one_case, viewer).at("role").get<std::string>();
  return role == "noncustodial_parent" || role == "putative_father";
}

const json* shown_order(const json& one_case) {
  const json& orders = one_case.at("orders");
  for (const json& one : orders)
    if (one.at("cancelled").is_null()) return &one;
  return orders.empty() ? nullptr : &orders.front();
}

Facts case_facts(const json& one, const std::string& viewer) {
  const std::string county = one.at("locator").get<std::string>().substr(0, 5) + "00";
  return {FactLine("case", text_of(one.at("caseNumber")))
              .with("unknown")
              .with(text_of(one.at("status")))
              .with("unknown")
              .with(pays(one, viewer) ? "noncustodial_parent" : "custodial_party")
              .with("-")
              .with("-")
              .with("-")
              .with(is_guarded(one, viewer) ? "-" : county)};
}

Facts order_facts(const json& one) {
  const json* const order = shown_order(one);
  if (order == nullptr || order->at("docket").is_null()) return {};
  const std::string docket = text_of(order->at("docket"));
  FactLine line("order", docket);
  line.with(docket).with("-").with("-").with("-").with("unknown");
  for (int i = 0; i < 4; ++i) line.with("-");
  return {line.with("unknown").with("-")};
}

Facts balance_facts(const Scenario& scenario, const json& one_case) {
  std::string newest;
  std::map<std::string, std::pair<std::int64_t, bool>> sums;
  for (const json& one : scenario.list(one_case, "balances")) {
    const std::string bucket = one.at("bucket").get<std::string>();
    const bool has_kind =
        std::find(std::begin(amount_kinds), std::end(amount_kinds), bucket) != std::end(amount_kinds);
    if (!has_kind || one.value("concurrent", "none") == "secondary") continue;
    newest = std::max(newest, one.at("asOf").get<std::string>());
    sums[bucket].first += one.at("amountCents").get<std::int64_t>();
    sums[bucket].second |= one.at("aggregate").get<bool>();
  }
  Facts facts;
  for (const std::string bucket : amount_kinds) {
    const auto sum = sums.find(bucket);
    if (sum == sums.end()) continue;
    const bool total = sum->second.second || bucket.starts_with("total_");
    facts.push_back(FactLine("balance", bucket)
                        .with(model::Money{sum->second.first}.text())
                        .with(bucket == "arrears_family"     ? "family"
                              : bucket == "arrears_assigned" ? "state:TX"
                                                             : "-")
                        .with("-")
                        .with("-")
                        .with(newest)
                        .with(total ? "total" : "component"));
  }
  return facts;
}

Facts payment_facts(const Scenario& scenario, const json& one_case, Instant now) {
  const auto today = model::Date::in_zone(now, "America/Chicago");
  std::vector<json> rows;
  for (const json& one : scenario.list(one_case, "payments"))
    if (one.at("collectionDate") >= today->plus_days(-731).text() &&
        one.at("collectionDate") <= today->text())
      rows.push_back(one);
  std::stable_sort(rows.begin(), rows.end(), [](const json& a, const json& b) {
    const auto key = [](const json& row) {
      return std::pair(row.at("collectionDate").get<std::string>(),
                       text_of(row.at("postedDate"), "9999-12-31"));
    };
    return key(a) > key(b);
  });
  Facts facts;
  for (const json& one : rows)
    facts.push_back(FactLine("payment", text_of(one.at("id")))
                        .with(model::Money{one.at("amountCents").get<std::int64_t>()}.text())
                        .with(text_of(one.at("collectionDate")))
                        .with(text_of(one.at("postedDate")))
                        .with(in_words(one.at("source"), sources, "involuntary_other"))
                        .with(text_of(one.at("status")))
                        .with(text_of(one.at("ref")))
                        .with(text_of(one.at("adjusts"))));
  return facts;
}

Facts enforcement_facts(const Scenario& scenario, const json& one_case, const std::string& viewer) {
  const bool detail = pays(one_case, viewer) && !is_guarded(one_case, viewer);
  Facts facts;
  for (const json& one : scenario.list(one_case, "enforcement"))
    facts.push_back(
        FactLine("enforcement", text_of(one.at("id")))
            .with(action_kinds.contains(text_of(one.at("kind"))) ? text_of(one.at("kind")) : "other")
            .with(text_of(one.at("status")))
            .with(text_of(one.at("date")))
            .with(text_of(one.at("released")))
            .with(detail ? text_of(one.at("detail")) : "-"));
  return facts;
}

Facts document_facts(const Scenario& scenario, const json& one_case, const std::string& viewer) {
  Facts facts;
  if (is_guarded(one_case, viewer)) return facts;
  for (const json& one : scenario.list(one_case, "documents"))
    facts.push_back(FactLine("document", text_of(one.at("id")))
                        .with(text_of(one.at("title")))
                        .with(text_of(one.at("kind")))
                        .with(text_of(one.at("date")))
                        .with(text_of(one.at("mediaType"))));
  return facts;
}

}  // namespace

Facts SmartSuite::expected(const json& one_case, const std::string& person, Dataset dataset) const {
  switch (dataset) {
    case Dataset::cases: return case_facts(one_case, person);
    case Dataset::orders: return order_facts(one_case);
    case Dataset::balances: return balance_facts(scenario_, one_case);
    case Dataset::payments: return payment_facts(scenario_, one_case, now());
    case Dataset::enforcement: return enforcement_facts(scenario_, one_case, person);
    case Dataset::documents: return document_facts(scenario_, one_case, person);
    default: return {};
  }
}

}  // namespace casebridge::conformance
