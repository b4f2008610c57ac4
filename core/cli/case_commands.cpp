// cases, case, summary, states, status: one question to the API, one table to the terminal.
#include <iostream>

#include "core/base/text.hpp"
#include "core/cli/answers.hpp"
#include "core/cli/commands.hpp"

namespace casebridge::cli {

int print(const Result<ApiAnswer>& answer, Show show) {
  if (!answer) return fail(answer.error());
  if (!is_success(*answer)) return fail(*answer);
  const auto table = show(*answer);
  if (!table) return fail(table.error());
  std::cout << *table;
  return exit_good;
}

int list_cases(ApiClient& api, bool ids_only) {
  if (!ids_only) return print(api.get("/v1/cases"), show_cases);
  const auto answer = api.get("/v1/cases");
  if (!answer) return fail(answer.error());
  if (!is_success(*answer)) return fail(*answer);
  const auto ids = case_ids(*answer);
  if (!ids) return fail(ids.error());
  for (const auto& id : *ids) std::cout << id << '\n';
  return exit_good;
}

int show_one_case(ApiClient& api, const std::string& case_id) {
  return print(api.get("/v1/cases/" + case_id + "?include=obligations,balances,ledger"), show_case);
}

int show_summary_of_all(ApiClient& api) { return print(api.get("/v1/me/summary"), show_summary); }

int list_states(ApiClient& api, const std::string& query) {
  const std::string q = query.empty() ? "" : "?q=" + text::percent_encode(query);
  return print(api.get("/v1/jurisdictions" + q), show_states);
}

int show_system_status(ApiClient& api) { return print(api.get("/v1/status"), show_status); }

}  // namespace casebridge::cli
