// Turns cases, balances, payments, states and the status of systems into tables for a terminal.
#include <nlohmann/json.hpp>

#include "core/base/text.hpp"
#include "core/cli/answers.hpp"
#include "core/cli/table.hpp"

namespace casebridge::cli {

namespace {

using Json = nlohmann::json;

Trouble not_understood() { return trouble(TroubleCode::internal, "the gateway's answer was not understood"); }

const Json& member(const Json& object, const char* name) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found == object.end() ? none : *found;
}

// What is missing is said in words; a figure that is not known never becomes a zero.
std::string text(const Json& value, const char* otherwise = "-") {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object() && value.contains("amount")) return text(value["amount"]);
  if (value.is_object() && value.contains("value")) return text(value["value"]);
  return otherwise;
}

std::string words(const Json& value) {
  std::string said = text(value);
  for (char& c : said)
    if (c == '_') c = ' ';
  return said;
}

// A fact about an office is never shown as surer than it is.
std::string fact(const Json& value) {
  if (!value.is_object()) return "-";
  const std::string said = text(value);
  if (text(member(value, "provenance"), "") != "verified") return said + " (not confirmed)";
  const Json& year = member(value, "copy_year");
  return year.is_number_integer() ? said + " (as of " + std::to_string(year.get<int>()) + ")" : said;
}

std::string source_line(const Json& meta) {
  std::string lines;
  for (const Json& source : member(meta, "sources")) {
    const Json& problem = member(source, "problem");
    lines += "  " + text(member(source, "jurisdiction")) + " / " + text(member(source, "system")) + ": " +
             text(member(source, "outcome")) + ", as of " + text(member(source, "as_of"));
    if (problem.is_object())
      lines += " - " + text(member(problem, "user_message"), text(member(problem, "title")).c_str());
    lines += "\n";
  }
  return lines;
}

std::string case_title(const Json& record) {
  const Json& data = member(record, "data");
  return text(member(member(record, "source"), "jurisdiction")) + "  case " + text(member(data, "number")) +
         "  (" + text(member(record, "id")) + ")\n";
}

std::string case_facts(const Json& record) {
  const Json& data = member(record, "data");
  const Json& office = member(record, "office");
  const Json& due = member(record, "next_due");
  const Json& paid = member(record, "last_payment");
  Table table;
  table.row({"  Status", words(member(data, "status")) + ", you are " + words(member(data, "my_role"))});
  if (due.is_object())
    table.row({"  Next due", text(member(due, "amount")) + " " + words(member(due, "frequency")) +
                                 ", next on " + text(member(due, "date"))});
  if (paid.is_object())
    table.row({"  Last payment", text(member(paid, "amount")) + " on " + text(member(paid, "date"))});
  table.row({"  Agency", fact(member(office, "agency"))});
  table.row({"  Phone", fact(member(office, "phone"))});
  table.row({"  Official page", fact(member(office, "portal_url"))});
  const Json& freshness = member(record, "freshness");
  table.row({"  Read", text(member(freshness, "retrieved_at")) + ", " + words(member(freshness, "status"))});
  return table.text();
}

// us-tx -> TX
std::string place(const Json& value) {
  const std::string id = text(member(value, "jurisdiction"));
  return id.starts_with("us-") ? casebridge::text::upper_ascii(id.substr(3)) : id;
}

std::string dated(const Json& figure) {
  return text(member(figure, "amount")) + " (" + place(figure) + ", " + text(member(figure, "as_of")) + ")";
}

// One debt that two states show: the official figure, the other one, and what explains the difference.
std::string cluster_line(const Json& cluster) {
  std::string places;
  const bool one_case = text(member(cluster, "kind")) == "same_case";
  for (const Json& one : member(cluster, "members")) {
    if (one_case && !places.empty()) continue;
    places += (places.empty() ? "" : " and ") + place(one);
  }
  if (one_case) places = "Two accounts in " + places;
  const Json& said = member(cluster, "reconciliation");
  const Json& official = member(said, "official");
  std::string figures;
  for (const Json& other : member(said, "others")) figures += (figures.empty() ? "" : ", ") + dated(other);
  if (!official.is_object()) {
    const bool sure = text(member(cluster, "state")) == "confirmed";
    return places + (sure ? " show one debt" : " may show one debt") + "; nothing is added up: " + figures +
           "\n";
  }
  std::string line = places + " show one debt: official " + dated(official);
  if (!figures.empty()) line += "; the other view " + figures;
  const std::string moving = text(member(said, "in_transit"));
  if (moving != "-" && moving != "0.00") line += ", " + moving + " on its way";
  for (const Json& interest : member(said, "interest")) line += "; interest " + dated(interest);
  return line + "\n";
}

void balance_rows(Table& table, const Json& section) {
  for (const Json& record : member(section, "data")) {
    const Json& data = member(record, "data");
    const bool total = member(data, "is_aggregate").is_boolean() && member(data, "is_aggregate").get<bool>();
    table.row({"  " + words(member(data, "bucket")) + (total ? " (sum)" : ""), text(member(data, "amount")),
               words(member(data, "assignee")), text(member(data, "as_of"))},
              {1});
  }
}

void ledger_rows(Table& table, const Json& section) {
  for (const Json& record : member(section, "data")) {
    const Json& data = member(record, "data");
    const bool paid_out = text(member(data, "kind")) == "disbursement";
    const std::string posted = text(member(data, "posted_on"));
    const std::string date =
        paid_out ? text(member(data, "paid_on")) : text(member(data, "collected_on"), posted.c_str());
    const std::string who =
        paid_out ? "to " + words(member(data, "recipient")) : words(member(data, "source"));
    table.row({"  " + date, text(member(data, "amount")), paid_out ? "paid out" : "paid in", who,
               words(member(data, "status"))},
              {1});
  }
}

void obligation_rows(Table& table, const Json& section) {
  for (const Json& record : member(section, "data")) {
    const Json& data = member(record, "data");
    table.row({"  " + words(member(data, "debt_type")), text(member(data, "amount")),
               words(member(data, "frequency")), text(member(data, "starts_on"))},
              {1});
  }
}

using Rows = void (*)(Table&, const Json&);

std::string section_text(const Json& sections, const char* name, const char* title,
                         std::vector<std::string> head, Rows rows) {
  const Json& section = member(sections, name);
  if (!section.is_object()) return "";
  std::string said = std::string(title) + "\n";
  const Json& problem = member(section, "problem");
  if (problem.is_object()) said += "  " + text(member(problem, "user_message")) + "\n";
  if (member(section, "data").empty())
    return said + (text(member(section, "outcome")) == "ok" ? "  none\n" : "  not available\n");
  Table table;
  table.row(std::move(head), {1});
  rows(table, section);
  return said + table.text();
}

}  // namespace

Result<std::string> show_cases(const ApiAnswer& answer) {
  const Json list = Json::parse(answer.body, nullptr, false);
  if (!member(list, "data").is_array()) return not_understood();
  std::string said;
  for (const Json& record : list["data"]) said += case_title(record) + case_facts(record) + "\n";
  if (said.empty()) said = "No cases are shown.\n";
  for (const Json& cluster : member(list, "clusters")) said += cluster_line(cluster);
  return said + "Sources (" + words(member(member(list, "meta"), "completeness")) + ")\n" +
         source_line(member(list, "meta"));
}

Result<std::vector<std::string>> case_ids(const ApiAnswer& answer) {
  const Json list = Json::parse(answer.body, nullptr, false);
  if (!member(list, "data").is_array()) return not_understood();
  std::vector<std::string> ids;
  for (const Json& record : list["data"]) ids.push_back(text(member(record, "id")));
  return ids;
}

Result<std::string> show_case(const ApiAnswer& answer) {
  const Json file = Json::parse(answer.body, nullptr, false);
  if (!member(file, "case").is_object()) return not_understood();
  const Json& sections = member(file, "sections");
  return case_title(file["case"]) + case_facts(file["case"]) +
         section_text(sections, "obligations", "Ordered", {"  What", "Amount", "How often", "Since"},
                      obligation_rows) +
         section_text(sections, "balances", "Balances", {"  What", "Amount", "Owed to", "As of"},
                      balance_rows) +
         section_text(sections, "ledger", "Payments", {"  Date", "Amount", "Way", "From or to", "Status"},
                      ledger_rows) +
         "Sources\n" + source_line(member(file, "meta"));
}

Result<std::string> show_summary(const ApiAnswer& answer) {
  const Json summary = Json::parse(answer.body, nullptr, false);
  const Json& arrears = member(summary, "arrears");
  if (!arrears.is_object()) return not_understood();
  Table table;
  for (const Json& debt : member(arrears, "official")) table.row({"  Arrears", dated(debt)});
  table.row({"  All together", text(member(arrears, "combined"), "not added up")});
  for (const Json& interest : member(summary, "interest")) table.row({"  Interest", dated(interest)});
  table.row({"  On its way", text(member(summary, "in_transit"))});
  const Json& paid = member(summary, "last_payment");
  const Json& due = member(summary, "next_due");
  table.row({"  Last payment", text(member(paid, "amount")) + " on " + text(member(paid, "date"))});
  table.row({"  Next due", text(member(due, "amount")) + " on " + text(member(due, "date"))});
  const std::string note = text(member(arrears, "note"), "");
  return table.text() + (note.empty() ? "" : note + "\n") + "Sources (" +
         words(member(member(summary, "meta"), "completeness")) + ")\n" +
         source_line(member(summary, "meta"));
}

Result<std::string> show_states(const ApiAnswer& answer) {
  const Json list = Json::parse(answer.body, nullptr, false);
  if (!member(list, "data").is_array()) return not_understood();
  if (list["data"].empty()) return std::string("No state is called that.\n");
  std::string said;
  for (const Json& state : list["data"]) {
    std::string systems;
    for (const Json& system : member(state, "systems"))
      systems += (systems.empty() ? "" : ", ") + text(member(system, "id"));
    said += text(member(state, "name")) + " (" + text(member(state, "usps")) + ")\n";
    Table table;
    table.row({"  Agency", fact(member(state, "agency"))});
    table.row({"  Portal", fact(member(state, "portal_name"))});
    table.row({"  Official page", fact(member(state, "official_url"))});
    table.row({"  Phone", fact(member(state, "phone"))});
    table.row({"  Linkable", systems.empty() ? "not here: use the official page" : "yes: " + systems});
    said += table.text();
  }
  return said;
}

Result<std::string> show_status(const ApiAnswer& answer) {
  const Json list = Json::parse(answer.body, nullptr, false);
  if (!member(list, "data").is_array()) return not_understood();
  Table table;
  table.row({"System", "State", "Refresh", "Breaker", "Maintenance until"});
  for (const Json& system : list["data"])
    table.row({text(member(system, "display_name")) + " (" + text(member(system, "system")) + ")",
               text(member(system, "state")), text(member(system, "refresh")),
               words(member(system, "breaker")), text(member(system, "maintenance_until"))});
  return table.text();
}

}  // namespace casebridge::cli
