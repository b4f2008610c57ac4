// Syncs: one fetching of a link's data from its state.
#include "core/storage/case_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct SyncFields {
  using Row = ports::Sync;
  static constexpr std::string_view table = "sync";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, AnyId{}, AnyId{}, {}, {}, {}, {}, 0, 0, 0, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("link_id", row.link);
    column("account_id", row.account);
    column("state", row.state);
    column("started_by", row.trigger);
    column("progress", row.progress);
    column("trouble", row.trouble);
    column("added", row.added);
    column("changed", row.changed);
    column("removed", row.removed);
    column("created_at", row.created_at);
    column("finished_at", row.finished_at);
  }
};

}  // namespace

Result<void> SqlSyncStore::insert(const ports::Sync& sync) {
  static const std::string sql = insert_sql<SyncFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<SyncFields>(sync)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the sync is there already");
  return {};
}

Result<void> SqlSyncStore::update(const ports::Sync& sync) {
  static const std::string sql = update_sql<SyncFields>("WHERE id = :id");
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<SyncFields>(sync)));
  if (written == 0) return trouble(TroubleCode::not_found, "no such sync");
  return {};
}

Result<std::optional<ports::Sync>> SqlSyncStore::find(const AccountId& account, const SyncId& id) {
  static const std::string sql = select_sql<SyncFields>("WHERE id = :id AND account_id = :account_id");
  return select_one<SyncFields>(scope_.connection(), sql,
                                Values{}.with("id", id).with("account_id", account));
}

Result<std::optional<ports::Sync>> SqlSyncStore::find_by_id(const SyncId& id) {
  static const std::string sql = select_sql<SyncFields>("WHERE id = :id");
  return select_one<SyncFields>(scope_.connection(), sql, Values{}.with("id", id));
}

Result<std::optional<ports::Sync>> SqlSyncStore::find_open(const LinkId& link) {
  static const std::string sql = select_sql<SyncFields>(
      "WHERE link_id = :link_id AND state IN ('queued', 'running') ORDER BY created_at DESC, id DESC LIMIT "
      "1");
  return select_one<SyncFields>(scope_.connection(), sql, Values{}.with("link_id", link));
}

}  // namespace casebridge::storage
