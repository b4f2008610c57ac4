// Replaces the content of one dataset of one case by what the state says now, version by version.
#include <map>
#include <set>

#include "core/storage/case_stores.hpp"
#include "core/storage/change_log.hpp"
#include "core/storage/record_fields.hpp"

namespace casebridge::storage {
namespace {

// What holds now for one key of the state, a tombstone included.
struct Held {
  std::string upstream_key;
  std::string record_id;
  std::int64_t version = 0;
  std::string content_hash;
  std::string projected;
  std::string sort_key;
  bool removed = false;
};

struct HeldFields {
  using Row = Held;
  static constexpr std::string_view table = RecordFields::table;
  static constexpr std::size_t keys = 1;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("upstream_key", row.upstream_key);
    column("record_id", row.record_id);
    column("version", row.version);
    column("content_hash", row.content_hash);
    column("projected", row.projected);
    column("sort_key", row.sort_key);
    column("removed", row.removed);
  }
};

class Replacement {
 public:
  Replacement(Scope& scope, const LinkId& link, const std::string& case_key, const std::string& dataset,
              Instant now)
      : scope_(scope),
        link_(link),
        case_key_(case_key),
        dataset_(dataset),
        now_(now),
        log_(scope, link.text()) {}

  Result<ports::ChangeCounts> run(const std::vector<ports::RecordVersion>& records) {
    CASEBRIDGE_CHECK(read_held());
    std::set<std::string> seen;
    for (const ports::RecordVersion& record : records) {
      if (!seen.insert(record.upstream_key).second) return field_trouble("upstream_key", "is given twice");
      CASEBRIDGE_CHECK(take(record));
    }
    for (const auto& [key, held] : held_) {
      if (!held.removed && !seen.contains(key)) CASEBRIDGE_CHECK(bury(held));
    }
    CASEBRIDGE_CHECK(log_.close());
    return counts_;
  }

 private:
  Result<void> read_held() {
    static const std::string sql = select_sql<HeldFields>(
        "WHERE link_id = :link_id AND case_key = :case_key AND dataset = :dataset AND known_to IS NULL");
    CASEBRIDGE_TRY(
        auto rows,
        select_all<HeldFields>(
            scope_.connection(), sql,
            Values{}.with("link_id", link_).with("case_key", case_key_).with("dataset", dataset_)));
    for (Held& row : rows) {
      std::string key = row.upstream_key;
      held_.emplace(std::move(key), std::move(row));
    }
    return {};
  }

  Result<void> take(const ports::RecordVersion& record) {
    const auto found = held_.find(record.upstream_key);
    if (found == held_.end()) {
      ++counts_.added;
      return write(record, record.record_id, 1, false, "added");
    }
    const Held& held = found->second;
    if (!held.removed && held.projected == record.projected) {
      ++counts_.unchanged;
      if (held.content_hash == record.content_hash && held.sort_key == record.sort_key) return {};
      return keep_withheld(held, record);
    }
    CASEBRIDGE_CHECK(close(held));
    ++(held.removed ? counts_.added : counts_.changed);
    return write(record, held.record_id, held.version + 1, false, held.removed ? "added" : "changed");
  }

  Result<void> bury(const Held& held) {
    ports::RecordVersion gone = RecordFields::blank();
    gone.upstream_key = held.upstream_key;
    gone.sort_key = held.sort_key;
    gone.retrieved_at = now_;
    CASEBRIDGE_CHECK(close(held));
    ++counts_.removed;
    return write(gone, held.record_id, held.version + 1, true, "removed");
  }

  // What nobody may see is kept up to date without a version: a version would tell that it has changed.
  Result<void> keep_withheld(const Held& held, const ports::RecordVersion& record) {
    static const std::string sql =
        "UPDATE record_version SET body = :body, content_hash = :content_hash, sort_key = :sort_key"
        " WHERE link_id = :link_id AND dataset = :dataset AND record_id = :record_id AND version = :version";
    CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}
                                                      .with("body", record.body)
                                                      .with("content_hash", record.content_hash)
                                                      .with("sort_key", record.sort_key)
                                                      .with("link_id", link_)
                                                      .with("dataset", dataset_)
                                                      .with("record_id", held.record_id)
                                                      .with("version", held.version)));
    return {};
  }

  Result<void> close(const Held& held) {
    static const std::string sql =
        "UPDATE record_version SET known_to = :known_to WHERE link_id = :link_id AND dataset = :dataset"
        " AND record_id = :record_id AND version = :version";
    CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}
                                                      .with("known_to", now_)
                                                      .with("link_id", link_)
                                                      .with("dataset", dataset_)
                                                      .with("record_id", held.record_id)
                                                      .with("version", held.version)));
    return {};
  }

  Result<void> write(ports::RecordVersion record, const std::string& record_id, std::int64_t version,
                     bool removed, std::string_view kind) {
    static const std::string sql = insert_sql<WrittenFields>();
    record.link = link_;
    record.case_key = case_key_;
    record.dataset = dataset_;
    record.record_id = record_id;
    record.version = version;
    record.known_from = now_;
    CASEBRIDGE_TRY(const auto written,
                   scope_.connection().run(sql, values_of<WrittenFields>({std::move(record), removed})));
    if (written == 0) return trouble(TroubleCode::version_conflict, "the record id is taken");
    return log_.write(dataset_, record_id, version, kind, now_);
  }

  Scope& scope_;
  const LinkId& link_;
  const std::string& case_key_;
  const std::string& dataset_;
  const Instant now_;
  ChangeLog log_;
  std::map<std::string, Held> held_;
  ports::ChangeCounts counts_;
};

}  // namespace

Result<ports::ChangeCounts> SqlSnapshotStore::replace(const LinkId& link, const std::string& case_key,
                                                      const std::string& dataset,
                                                      const std::vector<ports::RecordVersion>& records,
                                                      Instant now) {
  return Replacement(scope_, link, case_key, dataset, now).run(records);
}

}  // namespace casebridge::storage
