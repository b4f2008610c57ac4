// Jobs: work that survives a restart, done by whoever holds its lease.
#include "core/storage/case_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct JobFields {
  using Row = ports::Job;
  static constexpr std::string_view table = "job";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, {}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("kind", row.kind);
    column("subject", row.subject);
    column("payload", row.payload);
    column("run_at", row.run_at);
    column("tries", row.tries);
  }
};

}  // namespace

Result<bool> SqlJobStore::enqueue(const ports::Job& job) {
  static const std::string sql = insert_sql<JobFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<JobFields>(job)));
  return written == 1;
}

Result<std::vector<ports::Job>> SqlJobStore::take_due(const std::string& owner, Instant now,
                                                      Instant lease_until, int most) {
  static const std::string due = select_sql<JobFields>(
      "WHERE run_at <= :now AND (lease_until IS NULL OR lease_until <= :now) ORDER BY run_at, id LIMIT "
      ":most");
  static const std::string lease = "UPDATE job SET owner = :owner, lease_until = :lease_until WHERE id = :id";
  CASEBRIDGE_TRY(auto jobs, select_all<JobFields>(scope_.connection(), due,
                                                  Values{}.with("now", now).with("most", most)));
  for (const ports::Job& job : jobs) {
    CASEBRIDGE_CHECK(scope_.connection().run(
        lease, Values{}.with("owner", owner).with("lease_until", lease_until).with("id", job.id)));
  }
  return jobs;
}

Result<bool> SqlJobStore::extend(const JobId& id, const std::string& owner, Instant lease_until) {
  static const std::string sql =
      "UPDATE job SET lease_until = :lease_until WHERE id = :id AND owner = :owner";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(
                     sql, Values{}.with("lease_until", lease_until).with("id", id).with("owner", owner)));
  return written == 1;
}

Result<void> SqlJobStore::finish(const JobId& id) {
  static const std::string sql = "DELETE FROM job WHERE id = :id";
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("id", id)));
  return {};
}

// Gives the lease back.
Result<void> SqlJobStore::retry(const JobId& id, Instant run_at, int tries, const std::string& payload) {
  static const std::string sql =
      "UPDATE job SET run_at = :run_at, tries = :tries, payload = :payload, owner = NULL, lease_until = NULL"
      " WHERE id = :id";
  CASEBRIDGE_CHECK(scope_.connection().run(
      sql, Values{}.with("run_at", run_at).with("tries", tries).with("payload", payload).with("id", id)));
  return {};
}

}  // namespace casebridge::storage
