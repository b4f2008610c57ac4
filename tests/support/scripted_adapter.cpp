// The script is a queue for each operation; the log is one list in the order of the calls.
#include "tests/support/scripted_adapter.hpp"

#include <algorithm>

namespace casebridge::testing {
namespace {

std::map<std::string, std::string> in_the_clear(const model::SecretFields& fields) {
  std::map<std::string, std::string> clear;
  for (const auto& [name, value] : fields) clear.emplace(name, value.reveal());
  return clear;
}

StepAnswer answer_of(model::AuthStep step) {
  return std::variant<model::AuthStep, model::Pending>(std::move(step));
}

Trouble no_script() { return trouble(TroubleCode::adapter_fault, "nothing scripted"); }

}  // namespace

StepAnswer signed_in(const std::string& subject, std::optional<Instant> idle_end, bool second_step_used) {
  return answer_of(model::AuthDone{
      SecretBytes::copy_of("session-of-" + subject), idle_end, {}, subject, second_step_used});
}

StepAnswer sent_away(const std::string& kind, const std::string& url) {
  return answer_of(model::AuthAction{kind, url});
}

StepAnswer asks_code(std::optional<int> attempts_left, const std::string& resume,
                     std::optional<Instant> resend_after) {
  model::ChallengeSpec spec;
  spec.kind = "otp";
  spec.prompt_key = "challenge.otp.email";
  spec.fields = {{"code", "digits", true, 6, 6}};
  spec.channel = "email";
  spec.destination_hint = "p***@example.com";
  spec.attempts_left = attempts_left;
  spec.resend_allowed = true;
  spec.resend_after = resend_after;
  return answer_of(model::AuthChallenge{std::move(spec), SecretBytes::copy_of(resume)});
}

StepAnswer sends_letter(std::optional<Instant> until, const std::string& resume,
                        const std::string& prompt_key) {
  model::ChallengeSpec spec;
  spec.kind = "mailed_code";
  spec.prompt_key = prompt_key;
  spec.fields = {{"pin", "digits", true, 8, 8}};
  spec.channel = "post";
  spec.expires_at = until;
  return answer_of(model::AuthChallenge{std::move(spec), SecretBytes::copy_of(resume)});
}

Trouble refusal(TroubleCode code, std::optional<int> attempts_left, std::optional<Instant> retry_at) {
  Trouble made = trouble(code);
  made.attempts_left = attempts_left;
  made.retry_at = retry_at;
  return made;
}

std::vector<Call> ScriptedAdapter::calls() const {
  const std::lock_guard lock(mutex_);
  return calls_;
}

int ScriptedAdapter::count(const std::string& operation) const {
  const std::vector<Call> all = calls();
  return static_cast<int>(
      std::count_if(all.begin(), all.end(), [&](const Call& call) { return call.operation == operation; }));
}

void ScriptedAdapter::note(Call call, const ports::CallContext& context) {
  call.interactive = context.interactive;
  call.person = context.person;
  if (context.resume != nullptr) call.pending = context.resume->reveal();
  const std::lock_guard lock(mutex_);
  calls_.push_back(std::move(call));
}

ports::Answer<model::AuthStep> ScriptedAdapter::auth_begin(const ports::CallContext& context,
                                                           const model::AuthBegin& begin) {
  note({"auth_begin", in_the_clear(begin.fields), {}, {}, {}, false}, context);
  const auto reply = pop(begins_);
  return reply ? (*reply)() : Step(no_script());
}

ports::Answer<model::AuthStep> ScriptedAdapter::auth_continue(const ports::CallContext& context,
                                                              const SecretBytes& resume,
                                                              const model::AuthAnswer& answer) {
  note({answer.resend ? "resend" : "auth_continue",
        in_the_clear(answer.fields),
        std::string(resume.reveal()),
        {},
        {},
        false},
       context);
  const auto reply = pop(continues_);
  return reply ? (*reply)() : Step(no_script());
}

Result<void> ScriptedAdapter::auth_end(const ports::CallContext& context, const SecretBytes& session) {
  note({"auth_end", {}, std::string(session.reveal()), {}, {}, false}, context);
  const auto reply = pop(ends_);
  return reply ? (*reply)() : Result<void>{};
}

ports::Answer<model::CaseList> ScriptedAdapter::list_cases(const ports::CallContext& context,
                                                           const SecretBytes& session) {
  note({"list_cases", {}, std::string(session.reveal()), {}, {}, false}, context);
  const auto reply = pop(lists_);
  return reply ? (*reply)() : ports::Answer<model::CaseList>(no_script());
}

ports::Answer<model::CaseContent> ScriptedAdapter::read_case(const ports::CallContext& context,
                                                             const SecretBytes& session,
                                                             const model::CaseReadQuery& query) {
  note({"read_case", {}, std::string(session.reveal()), query.case_key, {}, false}, context);
  const auto reply = pop(reads_);
  return reply ? (*reply)(query) : ports::Answer<model::CaseContent>(no_script());
}

ports::Answer<model::DocumentContent> ScriptedAdapter::read_document(const ports::CallContext& context,
                                                                     const SecretBytes& session,
                                                                     const std::string& case_key,
                                                                     const std::string&) {
  note({"read_document", {}, std::string(session.reveal()), case_key, {}, false}, context);
  return no_script();
}

ports::Answer<model::Profile> ScriptedAdapter::read_profile(const ports::CallContext& context,
                                                            const SecretBytes& session) {
  note({"read_profile", {}, std::string(session.reveal()), {}, {}, false}, context);
  return no_script();
}

ports::Answer<model::AuthStep> ScriptedAdapter::enrol_begin(const ports::CallContext& context,
                                                            const model::AuthBegin& begin) {
  note({"enrol_begin", in_the_clear(begin.fields), {}, {}, {}, false}, context);
  const auto reply = pop(enrolments_);
  return reply ? (*reply)() : Step(no_script());
}

ports::Answer<model::RecoveryAnswer> ScriptedAdapter::recover_credential(const ports::CallContext& context,
                                                                         const model::RecoveryQuery& query) {
  note({"recover " + query.what, in_the_clear(query.fields), {}, {}, {}, false}, context);
  const auto reply = pop(recoveries_);
  return reply ? (*reply)() : ports::Answer<model::RecoveryAnswer>(no_script());
}

}  // namespace casebridge::testing
