// Reads snapshots, keeps the state of datasets, and erases all of a link.
#include "core/storage/case_stores.hpp"
#include "core/storage/change_log.hpp"
#include "core/storage/record_fields.hpp"

namespace casebridge::storage {
namespace {

struct StateFields {
  using Row = ports::DatasetState;
  static constexpr std::string_view table = "dataset_state";
  static constexpr std::size_t keys = 3;
  static Row blank() { return {AnyId{}, {}, {}, {}, {}, {}, {}, {}, 0, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("link_id", row.link);
    column("case_key", row.case_key);
    column("dataset", row.dataset);
    column("sync", row.sync);
    column("as_of", row.as_of);
    column("retrieved_at", row.retrieved_at);
    column("verified_at", row.verified_at);
    column("last_attempt_at", row.last_attempt_at);
    column("failures", row.failures);
    column("trouble", row.trouble);
    column("retry_at", row.retry_at);
    column("history_from", row.history_from);
  }
};

const std::string& live_records() {
  static const std::string sql = "SELECT " + columns<RecordFields>("r.") +
                                 " FROM record_version r JOIN link l ON l.id = r.link_id"
                                 " WHERE l.account_id = :account_id AND " +
                                 live_link + " AND r.known_to IS NULL AND r.removed = 0";
  return sql;
}

// The few shapes of this text are kept as prepared statements; what was asked for is bound, never written in.
std::string page_sql(const ports::RecordQuery& query, Values& values) {
  std::string sql = live_records();
  if (!query.with_outdated) sql.append(" AND ").append(up_to_date_link);
  values.with("account_id", query.account);
  if (query.link) {
    sql += " AND r.link_id = :link_id";
    values.with("link_id", *query.link);
  }
  if (query.case_key) {
    sql += " AND r.case_key = :case_key";
    values.with("case_key", *query.case_key);
  }
  for (std::size_t i = 0; i < query.datasets.size(); ++i) {
    const std::string name = "dataset" + std::to_string(i);
    sql += (i == 0 ? " AND r.dataset IN (:" : ", :") + name;
    values.with(name, query.datasets[i]);
  }
  if (!query.datasets.empty()) sql += ")";
  if (!query.after_record_id.empty()) {
    sql += " AND (r.sort_key, r.record_id) < (:after_sort_key, :after_record_id)";
    values.with("after_sort_key", query.after_sort_key).with("after_record_id", query.after_record_id);
  }
  sql += " ORDER BY r.sort_key DESC, r.record_id DESC";
  if (query.limit > 0) {
    sql += " LIMIT :most";
    values.with("most", query.limit + 1);
  }
  return sql;
}

constexpr std::size_t datasets_max = 32;

}  // namespace

Result<ports::RecordPage> SqlSnapshotStore::current(const ports::RecordQuery& query) {
  if (query.datasets.size() > datasets_max) return field_trouble("datasets", "has too many entries");
  Values values;
  const std::string sql = page_sql(query, values);
  ports::RecordPage page;
  CASEBRIDGE_TRY(page.records, select_all<RecordFields>(scope_.connection(), sql, std::move(values)));
  page.has_more = query.limit > 0 && page.records.size() > static_cast<std::size_t>(query.limit);
  if (page.has_more) page.records.pop_back();
  return page;
}

Result<std::optional<ports::RecordVersion>> SqlSnapshotStore::find(const AccountId& account,
                                                                   const std::string& record_id) {
  static const std::string sql = live_records() + " AND " + up_to_date_link + " AND r.record_id = :record_id";
  return select_one<RecordFields>(scope_.connection(), sql,
                                  Values{}.with("account_id", account).with("record_id", record_id));
}

Result<void> SqlSnapshotStore::put_state(const ports::DatasetState& state) {
  static const std::string sql = upsert_sql<StateFields>();
  CASEBRIDGE_CHECK(scope_.raise_version_of_link(state.link.text()));
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<StateFields>(state)));
  return {};
}

Result<std::vector<ports::DatasetState>> SqlSnapshotStore::states(const AccountId& account) {
  static const std::string sql = "SELECT " + columns<StateFields>("s.") +
                                 " FROM dataset_state s JOIN link l ON l.id = s.link_id"
                                 " WHERE l.account_id = :account_id AND " +
                                 live_link + " ORDER BY s.link_id, s.case_key, s.dataset";
  return select_all<StateFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

// Who follows the changes still learns that there was something: one change tells of the link as a whole.
Result<void> SqlSnapshotStore::erase(const LinkId& link) {
  static const std::string statements[] = {
      "DELETE FROM record_version WHERE link_id = :link_id",
      "DELETE FROM dataset_state WHERE link_id = :link_id",
      "DELETE FROM change WHERE link_id = :link_id",
  };
  CASEBRIDGE_CHECK(scope_.raise_version_of_link(link.text()));
  for (const std::string& sql : statements) {
    CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("link_id", link)));
  }
  ChangeLog log(scope_, link.text());
  CASEBRIDGE_CHECK(log.write("", "", 0, "erased", scope_.now()));
  return log.close();
}

}  // namespace casebridge::storage
