// In small transactions, so that linking and reading are not held up where there are many links.
#include "core/desk/plan_refreshes.hpp"

#include "core/desk/job_codec.hpp"
#include "core/desk/jobs.hpp"
#include "core/desk/refresh_link.hpp"

namespace casebridge::desk {
namespace {

constexpr int links_max = 200;  // in one transaction

Result<int> plan_some(const Desk& desk) {
  int found = 0;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto links, tx.links().list_without_job(std::string(job_refresh_link), links_max));
    found = static_cast<int>(links.size());
    const Instant now = desk.clock.now();
    for (const ports::Link& link : links) {
      const ports::Job job{JobId::make(now),
                           std::string(job_refresh_link),
                           link.id.text(),
                           encode(RefreshLinkPayload{link.account.text()}),
                           now + refresh_spread(link.id, refresh_look_first),
                           0};
      CASEBRIDGE_TRY([[maybe_unused]] const bool made, tx.jobs().enqueue(job));
    }
    return {};
  });
  if (!written) return written.error();
  return found;
}

}  // namespace

Result<int> plan_refreshes(const Desk& desk) {
  int planned = 0;
  for (int found = links_max; found == links_max; planned += found) {
    CASEBRIDGE_TRY(found, plan_some(desk));
  }
  return planned;
}

}  // namespace casebridge::desk
