// register, sign-in, sign-out: flows rendered at the terminal. No login logic lives here.
#include <algorithm>
#include <iostream>

#include "core/cli/answers.hpp"
#include "core/cli/commands.hpp"
#include "core/cli/prompt.hpp"
#include "core/cli/token_file.hpp"

namespace casebridge::cli {

namespace {

constexpr int refusals_max = 5;

Trouble no_input() {
  return trouble(TroubleCode::invalid_request, "the input ended before the form was filled");
}

// A terminal has no passkeys: the first button beside one leads to another way. nullptr where none is asked
// for.
const Input* way_around_passkey(const std::vector<Input>& inputs) {
  const auto is_asked = [](const Input& input) { return input.passkey && input.required; };
  if (std::none_of(inputs.begin(), inputs.end(), is_asked)) return nullptr;
  const auto button =
      std::find_if(inputs.begin(), inputs.end(), [](const Input& input) { return input.action; });
  return button == inputs.end() ? nullptr : &*button;
}

// Asks for each required field of the form; what may be left out is left out. Where none is required, because
// a button stands beside them, all fields are asked for.
Result<std::vector<TypedField>> fill_in(const std::vector<Input>& inputs) {
  const bool some_required =
      std::any_of(inputs.begin(), inputs.end(), [](const Input& input) { return input.required; });
  std::vector<TypedField> fields;
  if (const Input* button = way_around_passkey(inputs)) {
    fields.push_back({button->name, SecretBytes::copy_of("1")});
    return fields;
  }
  for (const Input& input : inputs) {
    if (input.action || input.passkey || (some_required && !input.required)) continue;
    auto typed = ask(input.label, input.secret);
    if (!typed) return no_input();
    fields.push_back({input.name, std::move(*typed)});
  }
  return fields;
}

}  // namespace

int fail(const Trouble& trouble) {
  std::cerr << "casebridge: " << (trouble.detail.empty() ? std::string(trouble.row().title) : trouble.detail)
            << '\n';
  return trouble.code == TroubleCode::dependency_failed ? exit_unreachable : exit_refused;
}

int fail(const ApiAnswer& answer) {
  std::cerr << "casebridge: " << complaint_of(answer) << '\n';
  return exit_refused;
}

int run_flow(ApiClient& api, const std::string& kind, const std::filesystem::path& session_file) {
  auto answer = api.post("/v1/flows", write_flow_start(kind));
  if (!answer) return fail(answer.error());
  if (!is_success(*answer)) return fail(*answer);
  for (int refusals = 0; refusals < refusals_max;) {
    auto flow = read_flow(*answer);
    if (!flow) return is_success(*answer) ? fail(flow.error()) : fail(*answer);
    if (!flow->refusal.empty()) {
      std::cerr << flow->refusal << '\n';
      ++refusals;
    }
    for (const auto& message : flow->messages) std::cerr << message << '\n';
    if (flow->done) {
      if (flow->token.empty()) return exit_good;
      const auto kept = write_token(session_file, flow->token);
      return kept ? exit_good : fail(kept.error());
    }
    auto fields = fill_in(flow->inputs);
    if (!fields) return fail(fields.error());
    answer = api.post("/v1/flows/" + flow->id, write_flow_fields(flow->seq, *fields));
    if (!answer) return fail(answer.error());
  }
  return fail(*answer);
}

int sign_out(ApiClient& api, const std::filesystem::path& session_file) {
  const auto answer = api.remove("/v1/me/sessions/current");
  forget_token(session_file);
  if (!answer) return fail(answer.error());
  return is_success(*answer) ? exit_good : fail(*answer);
}

}  // namespace casebridge::cli
