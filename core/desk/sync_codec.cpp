// Writes and reads the JSON column `progress`.
#include "core/desk/sync_codec.hpp"

#include <nlohmann/json.hpp>

namespace casebridge::desk {

using nlohmann::json;

std::string encode_progress(const std::vector<SyncDataset>& datasets) {
  json list = json::array();
  for (const SyncDataset& one : datasets) {
    list.push_back(
        {{"case_id", one.case_id}, {"dataset", one.dataset}, {"sync", one.sync}, {"records", one.records}});
  }
  return list.dump();
}

std::vector<SyncDataset> decode_progress(std::string_view text) {
  std::vector<SyncDataset> datasets;
  const json list = json::parse(text, nullptr, false);
  if (!list.is_array()) return datasets;
  for (const json& one : list) {
    if (!one.is_object() || !one.contains("records") || !one["records"].is_number_integer()) return {};
    for (const char* name : {"case_id", "dataset", "sync"}) {
      if (!one.contains(name) || !one[name].is_string()) return {};
    }
    datasets.push_back({one["case_id"].get<std::string>(), one["dataset"].get<std::string>(),
                        one["sync"].get<std::string>(), one["records"].get<int>()});
  }
  return datasets;
}

SyncView view_of(const ports::Sync& sync) {
  SyncView view{sync.id,
                sync.link,
                sync.state,
                sync.trigger,
                decode_progress(sync.progress),
                {},
                sync.added,
                sync.changed,
                sync.removed,
                sync.created_at,
                sync.finished_at};
  if (!sync.trouble.empty()) {
    view.trouble = trouble(trouble_code_of(sync.trouble).value_or(TroubleCode::internal));
    // After an ended session a refresh may be all it takes; what a refresh could not do, a repair can.
    const bool session_ended = view.trouble->code == TroubleCode::source_session_ended;
    if (sync.state == "needs_user") view.trouble->remedy_action = session_ended ? "sync_link" : "repair_link";
    view.trouble->reference = sync.link.text();
  }
  return view;
}

}  // namespace casebridge::desk
