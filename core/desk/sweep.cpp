// Purges by age; how long is kept stands in the settings.
#include "core/desk/sweep.hpp"

namespace casebridge::desk {
namespace {

constexpr std::chrono::hours answer_life{24};  // of an answer to a request with an Idempotency-Key

}  // namespace

Result<Swept> sweep(const Desk& desk) {
  Swept swept;
  const Instant now = desk.clock.now();
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(swept.attempts, tx.attempts().purge(now - desk.settings.attempt_keep_s));
    CASEBRIDGE_TRY(swept.stored_answers, tx.idempotency().purge(now - answer_life));
    return {};
  });
  if (!written) return written.error();
  return swept;
}

}  // namespace casebridge::desk
