// LinkView: a link as its owner sees it, with the state of every dataset.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/trouble.hpp"

namespace casebridge::desk {

struct DatasetView {
  std::string dataset;
  std::string sync;  // never, queued, running, ok, partial, failed, needs_user, unsupported, ...
  std::optional<std::string> as_of{};  // the oldest of its cases
  std::optional<Instant> retrieved_at{};
  std::optional<Instant> verified_at{};
  std::optional<Instant> last_attempt_at{};
  std::optional<Instant> retry_at{};
  int failures = 0;  // in a row
  std::optional<Trouble> trouble{};
  std::optional<std::string> history_from{};  // date; nothing older is told of at least one of its cases
};

struct LinkView {
  LinkId id;
  std::string system, system_name;
  std::string jurisdiction, jurisdiction_name;
  std::string state;  // active, action_required, revoked, closed
  Instant state_since{};
  std::string reason;                        // why action is required; empty otherwise
  std::string remedy;                        // repair_link, sync_link; empty when nothing is to be done
  std::string custody;                       // session_only, vaulted
  bool session_live = false;                 // a session with the state is open as far as we know
  std::optional<Instant> session_ends_at{};  // the earlier of its two ends
  std::vector<DatasetView> datasets;
  std::optional<SyncId> open_sync{};
  Instant created_at{};
  std::int64_t version = 1;  // ETag
};

}  // namespace casebridge::desk
