// link: a link attempt at the terminal. Shows what the state asks, passes the answer on, waits for the first
// sync.
#include <chrono>
#include <iostream>
#include <thread>

#include "core/cli/answers.hpp"
#include "core/cli/commands.hpp"
#include "core/cli/prompt.hpp"

namespace casebridge::cli {

namespace {

constexpr auto sync_wait_max = std::chrono::seconds(120);
constexpr auto sync_poll_every = std::chrono::milliseconds(200);

void show_challenge(const AttemptAnswer& attempt) {
  if (!attempt.refusal.empty()) std::cerr << attempt.refusal << '\n';
  if (!attempt.prompt.empty()) std::cerr << attempt.prompt << '\n';
  if (!attempt.upstream_text.empty()) std::cerr << "The state asks: \"" << attempt.upstream_text << "\"\n";
  if (!attempt.action_url.empty()) std::cerr << "Go to " << attempt.action_url << '\n';
  if (attempt.attempts_left) std::cerr << "Tries left: " << *attempt.attempts_left << '\n';
}

Result<std::vector<TypedField>> fill_in(const AttemptAnswer& attempt) {
  std::vector<TypedField> fields;
  for (const Input& input : attempt.inputs) {
    auto typed = ask(input.label, input.secret);
    if (!typed) return trouble(TroubleCode::invalid_request, "the input ended before the form was filled");
    fields.push_back({input.name, std::move(*typed)});
  }
  return fields;
}

// True when the person typed yes: one more refusal would lock the account at the state.
bool confirms_last_attempt() {
  const auto typed = ask("One try is left before the state locks the account. Try again (yes/no)", false);
  return typed && typed->reveal() == "yes";
}

int wait_for_sync(ApiClient& api, const std::string& sync_id) {
  const auto until = std::chrono::steady_clock::now() + sync_wait_max;
  while (std::chrono::steady_clock::now() < until) {
    const auto answer = api.get("/v1/syncs/" + sync_id);
    if (!answer) return fail(answer.error());
    if (!is_success(*answer)) return fail(*answer);
    const auto sync = read_sync(*answer);
    if (!sync) return fail(sync.error());
    if (sync->state != "queued" && sync->state != "running") {
      std::cout << "The first reading " << sync->state << ".\n";
      return sync->state == "failed" ? exit_refused : exit_good;
    }
    std::this_thread::sleep_for(sync_poll_every);
  }
  std::cout << "The first reading is still running.\n";
  return exit_good;
}

}  // namespace

int link_system(ApiClient& api, const std::string& system, const std::string& custody) {
  auto answer = api.post("/v1/link-attempts", write_attempt_start(system, custody));
  if (!answer) return fail(answer.error());
  if (!is_success(*answer)) return fail(*answer);
  bool confirm_last = false;
  while (true) {
    auto attempt = read_attempt(*answer);
    if (!attempt) return is_success(*answer) ? fail(attempt.error()) : fail(*answer);
    if (attempt->state == "succeeded") {
      std::cout << "Linked.\n";
      return attempt->sync_id.empty() ? exit_good : wait_for_sync(api, attempt->sync_id);
    }
    if (attempt->state != "challenge") return fail(*answer);
    show_challenge(*attempt);
    if (attempt->last_attempt_risk && !confirms_last_attempt()) return exit_refused;
    confirm_last = attempt->last_attempt_risk;
    auto fields = fill_in(*attempt);
    if (!fields) return fail(fields.error());
    answer = api.post("/v1/link-attempts/" + attempt->id + "/challenges/" + attempt->challenge_id + "/answer",
                      write_challenge_answer(attempt->seq, *fields, confirm_last));
    if (!answer) return fail(answer.error());
  }
}

}  // namespace casebridge::cli
