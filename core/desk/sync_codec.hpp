// The progress of a sync as text, and a stored sync as it is shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/desk/sync_view.hpp"
#include "core/ports/store_cases.hpp"

namespace casebridge::desk {

std::string encode_progress(const std::vector<SyncDataset>& datasets);
std::vector<SyncDataset> decode_progress(std::string_view text);  // empty for "" and for anything foreign
SyncView view_of(const ports::Sync& sync);

}  // namespace casebridge::desk
