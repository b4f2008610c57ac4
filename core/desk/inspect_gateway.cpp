// Told first, then read: all of it is of one moment, but keys, adapters and checkpoints keep their own.
#include "core/desk/inspect_gateway.hpp"

#include <utility>

#include "core/audit/chain.hpp"
#include "core/ports/vault_health.hpp"

namespace casebridge::desk {
namespace {

constexpr int links_max = 500;

Result<void> read_keys(ports::KeyStore& store, InspectedKeys& into) {
  CASEBRIDGE_TRY(into.keys, store.list());
  CASEBRIDGE_TRY(const auto progress, store.progress());
  into.rows_seen = 0;
  int finished = 0;
  for (const ports::RewrapProgress& one : progress) {
    into.rows_seen += one.seen;
    if (one.finished) ++finished;
  }
  // Nobody has ever asked for it where there is no progress at all.
  into.columns_left = progress.empty() ? 0 : static_cast<int>(store.places().size()) - finished;
  return {};
}

}  // namespace

Result<InspectedKeys> inspect_keys(const Operating& operating, const OperatorCall& call) {
  CASEBRIDGE_CHECK(watching(operating, call, "keys", [](ports::Transaction&) { return Result<void>(); }));
  InspectedKeys seen;
  const auto* const health = dynamic_cast<const ports::VaultHealth*>(&operating.desk.vault);
  seen.works = health == nullptr || health->works();
  CASEBRIDGE_CHECK(operating.keys.read([&](ports::KeyStore& store) { return read_keys(store, seen); }));
  return seen;
}

Result<std::vector<InspectedAdapter>> inspect_adapters(const Operating& operating, const OperatorCall& call) {
  CASEBRIDGE_CHECK(watching(operating, call, "adapters", [](ports::Transaction&) { return Result<void>(); }));
  std::vector<InspectedAdapter> seen;
  for (ports::SystemHealth& health : operating.desk.systems.health()) {
    const ports::SystemInfo* const info = operating.desk.systems.find(health.system);
    seen.push_back({std::move(health), info ? info->adapter : std::string(),
                    info ? info->adapter_version : std::string()});
  }
  return seen;
}

Result<std::vector<ports::TroubledLink>> inspect_links(const Operating& operating, const OperatorCall& call) {
  CASEBRIDGE_CHECK(watching(operating, call, "links", [](ports::Transaction&) { return Result<void>(); }));
  // Not with the note: it looks at everybody's troubles, and nobody who writes shall wait for that.
  std::vector<ports::TroubledLink> seen;
  CASEBRIDGE_CHECK(operating.desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(seen, tx.links().list_in_trouble(links_max));
    return {};
  }));
  return seen;
}

Result<InspectedAudit> inspect_audit(const Operating& operating, const OperatorCall& call) {
  InspectedAudit seen;
  CASEBRIDGE_CHECK(watching(operating, call, "audit", [&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto head, tx.audit().head(std::string(audit::accounts_stream)));
    seen.entries = head ? head->seq : 0;
    return {};
  }));
  if (operating.checkpoint == nullptr) return seen;
  const audit::CheckpointState state = operating.checkpoint->state();
  const bool was_looked_at = state.entries_checked > 0 || state.finding.verdict != audit::Verdict::good;
  if (was_looked_at) seen.checkpoint = state;
  return seen;
}

}  // namespace casebridge::desk
