// The commands of `casebridge admin`: those of operators over the API, and appointing them beside a gateway.
#pragma once

#include <filesystem>
#include <string>

#include "core/cli/api_client.hpp"
#include "core/cli/key_room.hpp"

namespace casebridge::cli {

// About whom, and where the session is kept: a write may ask for the second factor again, which renews it.
struct AdminWords {
  std::string who;  // an account's id, or the whole address it is signed in to with
  std::string end;  // of sessions: one to end, or "all"; empty ends none
  std::filesystem::path session_file;
};

int show_account(ApiClient& api, const AdminWords& words);
int unlock_account(ApiClient& api, const AdminWords& words);
int list_or_end_sessions(ApiClient& api, const AdminWords& words);
int begin_reset(ApiClient& api, const AdminWords& words);
int show_keys(ApiClient& api);
int show_adapters(ApiClient& api);
int show_links_in_trouble(ApiClient& api);
// The state of the log; with somebody named, what happened to that account.
int show_audit(ApiClient& api, const AdminWords& words);

// From the settings file of a gateway, as `casebridge keys`: whoever may read that, the keys and the
// database.
int appoint_operator(const KeyWords& where, const std::string& email);
int dismiss_operator(const KeyWords& where, const std::string& email);

}  // namespace casebridge::cli
