// By which rules records are projected: of each system, and of each link.
#include "core/storage/case_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct OutdatedFields {
  using Row = ports::OutdatedLink;
  static Row blank() { return {AnyId{}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.link);
    column("system", row.system);
  }
};

}  // namespace

Result<std::string> SqlSnapshotStore::projection_rules(const std::string& system) {
  static const std::string sql = "SELECT rules FROM projection_rules WHERE system = :system";
  CASEBRIDGE_TRY(const auto found,
                 select_column<std::string>(scope_.connection(), sql, Values{}.with("system", system)));
  return found.empty() ? std::string() : found.front();
}

// Answers that were kept under the older version show what may not be shown any more.
Result<void> SqlSnapshotStore::set_projection_rules(const std::string& system, const std::string& rules) {
  static const std::string upsert =
      "INSERT INTO projection_rules (system, rules) VALUES (:system, :rules)"
      " ON CONFLICT (system) DO UPDATE SET rules = excluded.rules";
  static const std::string raise =
      "UPDATE account_version SET version = version + 1 WHERE account_id IN"
      " (SELECT account_id FROM link WHERE system = :system)";
  CASEBRIDGE_TRY(const std::string before, projection_rules(system));
  if (before == rules) return {};
  CASEBRIDGE_CHECK(scope_.connection().run(upsert, Values{}.with("system", system).with("rules", rules)));
  CASEBRIDGE_CHECK(scope_.connection().run(raise, Values{}.with("system", system)));
  return {};
}

Result<std::vector<ports::OutdatedLink>> SqlSnapshotStore::outdated(const AccountId& account) {
  static const std::string sql = "SELECT l.id, l.system FROM link l WHERE l.account_id = :account_id AND " +
                                 std::string(live_link) + " AND NOT (" + up_to_date_link +
                                 ") ORDER BY l.created_at, l.id";
  return select_all<OutdatedFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

Result<void> SqlSnapshotStore::mark_projected(const LinkId& link) {
  static const std::string sql =
      "UPDATE link SET projected_by = " + std::string(rules_of_link) + " WHERE id = :id";
  CASEBRIDGE_CHECK(scope_.raise_version_of_link(link.text()));
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("id", link)));
  return {};
}

}  // namespace casebridge::storage
