// The same call with the same input, and with what the state gave us to ask again with.
#include "core/desk/resume_attempt.hpp"

#include "core/desk/job_codec.hpp"
#include "core/desk/login_round.hpp"
#include "core/desk/secret_frame.hpp"
#include "core/model/adapter_codec.hpp"

namespace casebridge::desk {
namespace {

// nullopt: the attempt does not wait any more.
Result<std::optional<LoginRound>> claim(const Desk& desk, ports::Transaction& tx, const AccountId& account,
                                        const LinkAttemptId& id) {
  CASEBRIDGE_TRY(auto found, tx.attempts().find(account, id));
  if (!found || found->state != "waiting") return std::optional<LoginRound>{};
  CASEBRIDGE_TRY(LoginRound round, open_round(desk, std::move(*found)));
  CASEBRIDGE_TRY(auto parts, split_secrets(round.resume, 3));
  round.pending = std::move(parts[0]);
  round.resume = std::move(parts[1]);
  CASEBRIDGE_TRY(round.answer, model::decode_auth_answer(parts[2].reveal()));
  round.at_form = round.shown.spec.kind == "credentials" && round.resume.empty();
  CASEBRIDGE_CHECK(claim_round(desk, tx, round));
  return std::optional<LoginRound>{std::move(round)};
}

}  // namespace

Result<JobEnd> resume_attempt(const Desk& desk, const ports::Job& job) {
  CASEBRIDGE_TRY(const ResumeAttemptPayload payload, decode_resume_attempt(job.payload));
  const auto account = AccountId::parse(payload.account);
  const auto attempt = LinkAttemptId::parse(job.subject);
  if (!account || !attempt) return trouble(TroubleCode::internal, "job payload");
  std::optional<LoginRound> round;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(round, claim(desk, tx, *account, *attempt));
    return {};
  });
  if (!written) return written.error();
  if (!round) return JobEnd{};
  LoginAnswer answer = call_state(desk, *round, job.id.text(), payload.locale);
  const auto* pending = answer ? std::get_if<model::Pending>(&*answer) : nullptr;
  // Its own job is still open, so a further "not yet" is this job once more.
  const JobEnd end =
      pending ? JobEnd{std::max(desk.clock.now(), pending->not_before), job.payload} : JobEnd{};
  CASEBRIDGE_TRY([[maybe_unused]] const AttemptView view,
                 settle_round(desk, *round, std::move(answer), payload.locale));
  return end;
}

}  // namespace casebridge::desk
