// JSON of /v1/admin into tables.
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "core/cli/admin_answers.hpp"
#include "core/cli/table.hpp"

namespace casebridge::cli {
namespace {

using Json = nlohmann::json;

Trouble strange_answer() { return trouble(TroubleCode::internal, "the gateway's answer was not understood"); }

std::string cell(const Json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  if (!object.is_object() || found == object.end() || found->is_null()) return "-";
  if (found->is_boolean()) return found->get<bool>() ? "yes" : "no";
  if (found->is_string()) return found->get<std::string>();
  return found->is_number_integer() ? std::to_string(found->get<std::int64_t>()) : "-";
}

const Json& part(const Json& object, const char* name) {
  static const Json none;
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() ? *found : none;
}

struct Column {
  const char* title;
  const char* member;
};

// A row for each object of the member "data".
Result<std::string> table_of(const Json& list, std::initializer_list<Column> columns) {
  if (!part(list, "data").is_array()) return strange_answer();
  Table table;
  std::vector<std::string> titles;
  for (const Column& column : columns) titles.emplace_back(column.title);
  table.row(titles);
  for (const Json& one : list["data"]) {
    std::vector<std::string> cells;
    for (const Column& column : columns) cells.push_back(cell(one, column.member));
    table.row(cells);
  }
  return table.text();
}

Json parsed(const ApiAnswer& answer) { return Json::parse(answer.body, nullptr, false); }

}  // namespace

SecretBytes write_account_search(const std::string& email) {
  std::string body = Json{{"email", email}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  return SecretBytes::take(body);
}

bool asks_for_confirmation(const ApiAnswer& answer) {
  const Json problem = parsed(answer);
  return answer.status >= 400 && cell(problem, "code") == "step_up_required" &&
         cell(part(problem, "remedy"), "action") == "step_up";
}

Result<std::string> account_id_of(const ApiAnswer& answer) {
  const std::string id = cell(parsed(answer), "id");
  if (id == "-") return strange_answer();
  return id;
}

Result<std::string> show_inspected_account(const ApiAnswer& answer) {
  const Json account = parsed(answer);
  if (!account.is_object()) return strange_answer();
  const Json &factors = part(account, "factors"), &lock = part(account, "lock"),
             &counts = part(account, "counts");
  Table table;
  table.row({"Account", cell(account, "id")});
  table.row({"Role", cell(account, "role")});
  table.row({"Address", cell(account, "email")});
  table.row({"Confirmed", cell(account, "email_confirmed")});
  table.row({"Made", cell(account, "created_at")});
  table.row({"Last sign-in", cell(account, "signed_in_at")});
  table.row({"Disabled, unused for too long", cell(account, "inactive")});
  table.row({"Password set aside", cell(account, "password_stopped")});
  table.row({"Password locked until", cell(lock, "password_until")});
  table.row({"Second factor locked until", cell(lock, "factor_until")});
  table.row({"Wrong passwords in a row", cell(lock, "failures")});
  table.row({"Needs a new password", cell(lock, "needs_new_password")});
  table.row({"Authenticator app", cell(factors, "app")});
  table.row({"Passkeys", cell(factors, "passkeys")});
  table.row({"Recovery codes left", cell(factors, "recovery_codes_left")});
  table.row({"Sessions", cell(counts, "sessions")});
  table.row({"Known devices", cell(counts, "devices")});
  table.row({"Links", cell(counts, "links")});
  return table.text();
}

Result<std::string> show_inspected_sessions(const ApiAnswer& answer) {
  return table_of(parsed(answer), {{"Session", "id"},
                                   {"Transport", "transport"},
                                   {"Second factor", "second_factor"},
                                   {"Begun", "created_at"},
                                   {"Last seen", "last_seen_at"},
                                   {"Ends", "idle_end"}});
}

Result<std::string> show_inspected_events(const ApiAnswer& answer) {
  return table_of(parsed(answer), {{"At", "at"},
                                   {"What", "action"},
                                   {"Outcome", "outcome"},
                                   {"By", "actor"},
                                   {"Operator", "operator_id"},
                                   {"Reason", "reason"}});
}

Result<std::string> show_inspected_keys(const ApiAnswer& answer) {
  const Json keys = parsed(answer);
  const auto table = table_of(
      keys,
      {{"Key", "id"}, {"Provider", "provider"}, {"State", "state"}, {"Since", "since"}, {"Wraps", "wraps"}});
  if (!table) return table;
  const Json& rewrap = part(keys, "rewrap");
  return *table + "Whoever holds them answers: " + cell(keys, "works") +
         "\nWrapping anew: " + cell(rewrap, "rows_seen") + " rows seen, " + cell(rewrap, "columns_left") +
         " columns left\n";
}

Result<std::string> show_inspected_adapters(const ApiAnswer& answer) {
  return table_of(parsed(answer), {{"System", "system"},
                                   {"Adapter", "adapter"},
                                   {"Version", "version"},
                                   {"State", "state"},
                                   {"Breaker", "breaker"},
                                   {"Maintenance until", "maintenance_until"},
                                   {"Reason", "reason"}});
}

Result<std::string> show_inspected_links(const ApiAnswer& answer) {
  return table_of(parsed(answer),
                  {{"System", "system"}, {"State", "state"}, {"Problem", "problem"}, {"Since", "since"}});
}

Result<std::string> show_inspected_audit(const ApiAnswer& answer) {
  const Json audit = parsed(answer);
  if (!audit.is_object()) return strange_answer();
  const Json& checkpoint = part(audit, "checkpoint");
  Table table;
  table.row({"Entries", cell(audit, "entries")});
  table.row({"As it was written", cell(checkpoint, "good")});
  table.row({"First that is not", cell(checkpoint, "first_bad")});
  table.row({"Entries checked", cell(checkpoint, "entries_checked")});
  table.row({"Entries signed", cell(checkpoint, "entries_signed")});
  return table.text();
}

}  // namespace casebridge::cli
