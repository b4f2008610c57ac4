// SyncView: one sync of one link, running or ended.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/trouble.hpp"

namespace casebridge::desk {

struct SyncDataset {
  std::string case_id;  // cas_...; empty for the list of cases
  std::string dataset;
  std::string sync;  // queued, running, ok, failed, needs_user, unsupported
  int records = 0;
};

struct SyncView {
  SyncId id;
  LinkId link;
  std::string state;    // queued, running, succeeded, partial, failed, needs_user
  std::string trigger;  // user, scheduled
  std::vector<SyncDataset> datasets;
  std::optional<Trouble> trouble{};
  int added = 0, changed = 0, removed = 0;
  Instant created_at{};
  std::optional<Instant> finished_at{};
};

}  // namespace casebridge::desk
