// Decides in one transaction what this turn does and when the next one comes; a sign-in follows the commit.
#include "core/desk/refresh_link.hpp"

#include "core/base/crypto.hpp"
#include "core/desk/begin_sync.hpp"
#include "core/desk/dataset_states.hpp"
#include "core/desk/job_codec.hpp"
#include "core/desk/link_row.hpp"
#include "core/desk/state_session.hpp"

namespace casebridge::desk {
namespace {

constexpr std::chrono::hours look_again_h{24};  // at a link that is not refreshed now
constexpr int spread_part = 8;                  // of the interval

class Turn {
 public:
  explicit Turn(const Desk& desk) : desk_(desk) {}

  // nullopt: the link is gone, and its job is over.
  Result<std::optional<Instant>> next(ports::Transaction& tx, const AccountId& account, const LinkId& id) {
    begun_.reset();
    CASEBRIDGE_TRY(const auto link, tx.links().find(account, id));
    if (!link || is_gone(*link)) return std::optional<Instant>{};
    const ports::SystemInfo* system = desk_.systems.find(link->system);
    if (system == nullptr || system->refresh_every.count() == 0 || link->state != "active")
      return std::optional<Instant>{now_ + look_again_h};
    CASEBRIDGE_TRY(const auto states, tx.snapshots().states(account));
    const ports::DatasetState list = state_or_new(states, id, {}, std::string(dataset_cases));
    if (const auto later = rests_until(*system, list)) return later;
    CASEBRIDGE_CHECK(begin(tx, *link, *system, list.sync == "needs_user"));
    return std::optional<Instant>{now_ + system->refresh_every +
                                  refresh_spread(id, system->refresh_every / spread_part)};
  }

  Result<void> sign_in(const std::string& request_id) {
    if (!begun_ || !begun_->sign_in) return {};
    begun_->sign_in->interactive = false;
    // Shown to nobody, so any language serves.
    CASEBRIDGE_TRY([[maybe_unused]] const ports::Sync sync,
                   sign_in_again(desk_, *begun_->sign_in, begun_->queued, request_id, "en"));
    return {};
  }

 private:
  std::optional<Instant> rests_until(const ports::SystemInfo& system, const ports::DatasetState& list) const {
    if (list.last_attempt_at && now_ < *list.last_attempt_at + system.refresh_every)
      return *list.last_attempt_at + system.refresh_every;
    if (list.retry_at && now_ < *list.retry_at) return list.retry_at;
    const auto window = desk_.systems.maintenance_end(system.id, now_);
    if (!window) return std::nullopt;
    return *window + refresh_spread(list.link, refresh_look_first);
  }

  Result<void> begin(ports::Transaction& tx, const ports::Link& link, const ports::SystemInfo& system,
                     bool marked) {
    CASEBRIDGE_TRY(const bool stored, may_sign_in_again(tx, link));
    const bool may_sign_in = stored && !system.password_login;
    CASEBRIDGE_TRY(const auto session, open_live_session(desk_, tx, link));
    // Marked once is enough: no row for each day on which nobody came.
    if (!session && !may_sign_in && marked) return {};
    CASEBRIDGE_TRY(begun_, begin_sync(desk_, tx, link, "scheduled", may_sign_in));
    return {};
  }

  const Desk& desk_;
  const Instant now_ = desk_.clock.now();
  std::optional<BegunSync> begun_;
};

}  // namespace

std::chrono::seconds refresh_spread(const LinkId& link, std::chrono::seconds most) {
  const crypto::Digest digest = crypto::sha256(link.text());
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8U | digest[i];
  return std::chrono::seconds{
      static_cast<std::int64_t>(number % static_cast<std::uint64_t>(most.count() + 1))};
}

Result<JobEnd> refresh_link(const Desk& desk, const ports::Job& job) {
  CASEBRIDGE_TRY(const RefreshLinkPayload payload, decode_refresh_link(job.payload));
  const auto account = AccountId::parse(payload.account);
  const auto link = LinkId::parse(job.subject);
  if (!account || !link) return trouble(TroubleCode::internal, "job subject");
  Turn turn(desk);
  JobEnd end{{}, job.payload};
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(end.again_at, turn.next(tx, *account, *link));
    return {};
  });
  if (!written) return written.error();
  CASEBRIDGE_CHECK(turn.sign_in(job.id.text()));
  if (desk.wake_jobs) desk.wake_jobs();
  return end;
}

}  // namespace casebridge::desk
