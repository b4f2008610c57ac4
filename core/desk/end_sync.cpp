// A sync that ends badly changes what is known about the datasets, never the datasets themselves.
#include "core/desk/end_sync.hpp"

#include <algorithm>

#include "core/desk/dataset_states.hpp"
#include "core/federation/sync_merge.hpp"

namespace casebridge::desk {
namespace {

constexpr std::chrono::seconds pause_first_s{60};
constexpr std::chrono::seconds pause_longest_s{6 * 3600};

Result<void> write_end(ports::Transaction& tx, ports::Sync& sync, std::string_view state, const Trouble& why,
                       Instant now) {
  sync.state = state;
  sync.trouble = why.row().name;
  sync.finished_at = now;
  CASEBRIDGE_CHECK(tx.syncs().update(sync));
  return tx.raise_account_version(sync.account);
}

}  // namespace

Instant pause_end(const Trouble& why, int failures, Instant now) {
  const auto growing = pause_first_s * (std::int64_t{1} << std::clamp(failures - 1, 0, 10));
  return std::max(now + std::min<std::chrono::seconds>(growing, pause_longest_s), why.retry_at.value_or(now));
}

Result<void> end_needing_user(ports::Transaction& tx, const ports::Link& link, ports::Sync& sync,
                              const Trouble& why, Instant now) {
  CASEBRIDGE_CHECK(mark_needs_user(tx, link, why, now));
  return write_end(tx, sync, "needs_user", why, now);
}

Result<void> end_failed(ports::Transaction& tx, const ports::Link& link, ports::Sync& sync,
                        const Trouble& why, Instant now) {
  CASEBRIDGE_TRY(const auto states, tx.snapshots().states(link.account));
  ports::DatasetState list = state_or_new(states, link.id, {}, std::string(dataset_cases));
  list = federation::after_failure(std::move(list), why, now);
  list.retry_at = pause_end(why, list.failures, now);
  CASEBRIDGE_CHECK(tx.snapshots().put_state(list));
  return write_end(tx, sync, "failed", why, now);
}

}  // namespace casebridge::desk
