// Opens the sealed session of the job and asks the adapter to end it.
#include "core/desk/end_state_session.hpp"

#include <algorithm>

#include "core/desk/job_codec.hpp"
#include "core/desk/tell.hpp"

namespace casebridge::desk {

Result<JobEnd> end_state_session(const Desk& desk, const ports::Job& job) {
  CASEBRIDGE_TRY(const EndSessionPayload payload, decode_end_session(job.payload));
  const ports::SealedPlace place{"session-to-end", payload.account, job.subject, payload.system, 0};
  const auto account = AccountId::parse(payload.account);
  if (!account) return trouble(TroubleCode::internal, "job payload");
  CASEBRIDGE_CHECK(desk.store.write([&](ports::Transaction& tx) {
    return tell(desk, tx, "state_session_opened", *account, {{"system", payload.system}, {"purpose", "end"}},
                By::gateway);
  }));
  CASEBRIDGE_TRY(const SecretBytes session, desk.vault.open(payload.sealed, place));
  ports::StateAdapter* adapter = desk.systems.adapter(payload.system);
  if (adapter == nullptr) return JobEnd{};
  const ports::CallContext context{Deadline{desk.settings.login_timeout_ms}, job.id.text()};
  const Result<void> ended = adapter->auth_end(context, session);
  if (ended || !ended.error().row().retryable) return JobEnd{};
  if (job.tries + 1 >= desk.settings.end_session_tries_max) {
    desk.log.write(LogLevel::warn, "state_session_not_ended",
                   {{"system", payload.system}, {"code", ended.error().row().name}});
    return JobEnd{};
  }
  const Instant pause_end = desk.clock.now() + std::chrono::seconds{30} * (1 << std::min(job.tries, 8));
  return JobEnd{std::max(pause_end, ended.error().retry_at.value_or(pause_end)), job.payload};
}

}  // namespace casebridge::desk
