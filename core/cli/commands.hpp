// The commands of `casebridge`, each a conversation with the public API. They answer the process's exit code.
#pragma once

#include <filesystem>
#include <string>

#include "core/cli/api_client.hpp"

namespace casebridge::cli {

constexpr int exit_good = 0, exit_refused = 1, exit_usage = 64, exit_unreachable = 69;

// Prints a trouble on standard error and chooses the exit code.
int fail(const Trouble& trouble);
int fail(const ApiAnswer& answer);
// Prints the table that `show` makes of a good answer.
using Show = Result<std::string> (*)(const ApiAnswer&);
int print(const Result<ApiAnswer>& answer, Show show);

// Goes through a flow, asking for what its forms ask; the session at its end, if any, is written to
// `session_file`.
int run_flow(ApiClient& api, const std::string& kind, const std::filesystem::path& session_file);
int sign_out(ApiClient& api, const std::filesystem::path& session_file);
int link_system(ApiClient& api, const std::string& system, const std::string& custody);
int list_cases(ApiClient& api, bool ids_only);
int show_one_case(ApiClient& api, const std::string& case_id);
int show_summary_of_all(ApiClient& api);
int list_states(ApiClient& api, const std::string& query);
int show_system_status(ApiClient& api);
// Needs no gateway: reads the plugin file itself.
int inspect_adapter(const std::filesystem::path& file);

}  // namespace casebridge::cli
