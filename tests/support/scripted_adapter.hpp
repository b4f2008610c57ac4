// ScriptedAdapter: a state that answers what a test told it to, and remembers every call.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "core/ports/state_adapter.hpp"

namespace casebridge::testing {

// What a call brought, in the clear: test data only.
struct Call {
  std::string operation;  // auth_begin, auth_continue, auth_end, list_cases, read_case ...
  std::map<std::string, std::string> fields;  // of a sign-in
  std::string session;                        // or resume of the step before
  std::string case_key;
  std::string pending;  // resume of a "not yet"
  bool interactive = false;
  std::optional<ports::AssertedPerson> person{};  // whom the gateway vouches for
};

using StepAnswer = ports::Answer<model::AuthStep>;
StepAnswer signed_in(const std::string& subject = "person-1", std::optional<Instant> idle_end = {},
                     bool second_step_used = false);
StepAnswer asks_code(std::optional<int> attempts_left = 3, const std::string& resume = "step-1",
                     std::optional<Instant> resend_after = {});
// A letter with a PIN of eight digits; `until` as the state tells it.
StepAnswer sends_letter(std::optional<Instant> until, const std::string& resume = "letter-1",
                        const std::string& prompt_key = "challenge.mailed_code.pin");
StepAnswer sent_away(const std::string& kind, const std::string& url);
template <class T>
ports::Answer<T> not_yet(Instant not_before, const std::string& resume) {
  return std::variant<T, model::Pending>(model::Pending{not_before, SecretBytes::copy_of(resume)});
}
template <class T>
ports::Answer<T> read(T value) {
  return std::variant<T, model::Pending>(std::move(value));
}
Trouble refusal(TroubleCode code, std::optional<int> attempts_left = {},
                std::optional<Instant> retry_at = {});

// Any thread. A call without a script left answers adapter_fault, so that a test notices it.
class ScriptedAdapter final : public ports::StateAdapter {
 public:
  using Step = StepAnswer;
  void next_begin(std::function<Step()> reply) { push(begins_, std::move(reply)); }
  void next_begin(Trouble reply) {
    next_begin([reply]() -> Step { return reply; });
  }
  void next_enrolment(std::function<Step()> reply) { push(enrolments_, std::move(reply)); }
  void next_enrolment(Trouble reply) {
    next_enrolment([reply]() -> Step { return reply; });
  }
  void next_recovery(std::function<ports::Answer<model::RecoveryAnswer>()> reply) {
    push(recoveries_, std::move(reply));
  }
  void next_continue(std::function<Step()> reply) { push(continues_, std::move(reply)); }
  void next_continue(Trouble reply) {
    next_continue([reply]() -> Step { return reply; });
  }
  void next_end(std::function<Result<void>()> reply) { push(ends_, std::move(reply)); }
  void next_list(std::function<ports::Answer<model::CaseList>()> reply) { push(lists_, std::move(reply)); }
  void next_read(std::function<ports::Answer<model::CaseContent>(const model::CaseReadQuery&)> reply) {
    push(reads_, std::move(reply));
  }

  std::vector<Call> calls() const;
  int count(const std::string& operation) const;

  ports::Answer<model::AuthStep> auth_begin(const ports::CallContext&, const model::AuthBegin&) override;
  ports::Answer<model::AuthStep> auth_continue(const ports::CallContext&, const SecretBytes& resume,
                                               const model::AuthAnswer&) override;
  Result<void> auth_end(const ports::CallContext&, const SecretBytes& session) override;
  ports::Answer<model::CaseList> list_cases(const ports::CallContext&, const SecretBytes& session) override;
  ports::Answer<model::CaseContent> read_case(const ports::CallContext&, const SecretBytes& session,
                                              const model::CaseReadQuery&) override;
  ports::Answer<model::DocumentContent> read_document(const ports::CallContext&, const SecretBytes& session,
                                                      const std::string& case_key,
                                                      const std::string& key) override;
  ports::Answer<model::Profile> read_profile(const ports::CallContext&, const SecretBytes& session) override;
  ports::Answer<model::AuthStep> enrol_begin(const ports::CallContext&, const model::AuthBegin&) override;
  ports::Answer<model::RecoveryAnswer> recover_credential(const ports::CallContext&,
                                                          const model::RecoveryQuery&) override;

 private:
  template <class F>
  void push(std::deque<F>& queue, F reply) {
    const std::lock_guard lock(mutex_);
    queue.push_back(std::move(reply));
  }
  template <class F>
  std::optional<F> pop(std::deque<F>& queue) {
    const std::lock_guard lock(mutex_);
    if (queue.empty()) return std::nullopt;
    F reply = std::move(queue.front());
    queue.pop_front();
    return reply;
  }
  void note(Call call, const ports::CallContext& context);

  mutable std::mutex mutex_;
  std::vector<Call> calls_;
  std::deque<std::function<Step()>> begins_, continues_, enrolments_;
  std::deque<std::function<ports::Answer<model::RecoveryAnswer>()>> recoveries_;
  std::deque<std::function<Result<void>()>> ends_;
  std::deque<std::function<ports::Answer<model::CaseList>()>> lists_;
  std::deque<std::function<ports::Answer<model::CaseContent>(const model::CaseReadQuery&)>> reads_;
};

}  // namespace casebridge::testing
