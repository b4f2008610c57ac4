// One question each; a write is asked once more after the session was confirmed.
#include "core/cli/admin_commands.hpp"

#include <functional>

#include "core/audit/trail.hpp"
#include "core/cli/admin_answers.hpp"
#include "core/cli/answers.hpp"
#include "core/cli/commands.hpp"
#include "core/cli/token_file.hpp"
#include "core/desk/appoint_operator.hpp"

namespace casebridge::cli {
namespace {

using Write = std::function<Result<ApiAnswer>()>;

// The answer about an account, found by its id or by its address.
Result<ApiAnswer> find(ApiClient& api, const std::string& who) {
  if (who.find('@') == std::string::npos) return api.get("/v1/admin/accounts/" + who);
  return api.post("/v1/admin/account-search", write_account_search(who));
}

// The address of an account's resources, once the account was found.
int about(ApiClient& api, const std::string& who, const std::function<int(const std::string&)>& then) {
  if (who.find('@') == std::string::npos) return then("/v1/admin/accounts/" + who);
  const auto found = find(api, who);
  if (!found) return fail(found.error());
  if (!is_success(*found)) return fail(*found);
  const auto id = account_id_of(*found);
  if (!id) return fail(id.error());
  return then("/v1/admin/accounts/" + *id);
}

int write(ApiClient& api, const AdminWords& words, const Write& ask) {
  auto answer = ask();
  if (answer && asks_for_confirmation(*answer)) {
    const int confirmed = run_flow(api, "step_up", words.session_file);
    if (confirmed != exit_good) return confirmed;
    auto token = read_token(words.session_file);
    if (!token) return fail(token.error());
    api.use_token(std::move(*token));
    answer = ask();
  }
  if (!answer) return fail(answer.error());
  return is_success(*answer) ? exit_good : fail(*answer);
}

using Change = Result<void> (*)(ports::Store&, const ports::AuditTrail&, const Clock&, const std::string&);

int beside_the_gateway(const KeyWords& where, const std::string& email, Change change) {
  auto room = open_key_room(where);
  if (!room) return fail(room.error());
  KeyRoom& here = **room;
  const audit::Trail trail(*here.vault, here.clock);
  const auto changed = change(*here.store, trail, here.clock, email);
  return changed ? exit_good : fail(changed.error());
}

}  // namespace

int show_account(ApiClient& api, const AdminWords& words) {
  return print(find(api, words.who), show_inspected_account);
}

int unlock_account(ApiClient& api, const AdminWords& words) {
  return about(api, words.who, [&](const std::string& account) {
    return write(api, words, [&] { return api.remove(account + "/lock"); });
  });
}

int list_or_end_sessions(ApiClient& api, const AdminWords& words) {
  return about(api, words.who, [&](const std::string& account) {
    const std::string sessions = account + "/sessions";
    if (words.end.empty()) return print(api.get(sessions), show_inspected_sessions);
    return write(api, words,
                 [&] { return api.remove(words.end == "all" ? sessions : sessions + "/" + words.end); });
  });
}

int begin_reset(ApiClient& api, const AdminWords& words) {
  return about(api, words.who, [&](const std::string& account) {
    return write(api, words,
                 [&] { return api.post(account + "/password-reset", SecretBytes::copy_of("{}")); });
  });
}

int show_keys(ApiClient& api) { return print(api.get("/v1/admin/keys"), show_inspected_keys); }
int show_adapters(ApiClient& api) { return print(api.get("/v1/admin/adapters"), show_inspected_adapters); }
int show_links_in_trouble(ApiClient& api) { return print(api.get("/v1/admin/links"), show_inspected_links); }

int show_audit(ApiClient& api, const AdminWords& words) {
  if (words.who.empty()) return print(api.get("/v1/admin/audit"), show_inspected_audit);
  return about(api, words.who, [&](const std::string& account) {
    return print(api.get(account + "/events"), show_inspected_events);
  });
}

int appoint_operator(const KeyWords& where, const std::string& email) {
  return beside_the_gateway(where, email, desk::appoint_operator);
}

int dismiss_operator(const KeyWords& where, const std::string& email) {
  return beside_the_gateway(where, email, desk::dismiss_operator);
}

}  // namespace casebridge::cli
