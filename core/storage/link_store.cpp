// Links of accounts to persons at systems.
#include "core/storage/fields.hpp"
#include "core/storage/link_stores.hpp"

namespace casebridge::storage {
namespace {

struct LinkFields {
  using Row = ports::Link;
  static constexpr std::string_view table = "link";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, AnyId{}, {}, {}, {}, {}, {}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("account_id", row.account);
    column("system", row.system);
    column("jurisdiction", row.jurisdiction);
    column("state", row.state);
    column("state_since", row.state_since);
    column("reason", row.reason);
    column("custody", row.custody);
    column("subject_digest", row.subject_digest);
    column("second_step_seen", row.second_step_seen);
    column("version", row.version);
    column("created_at", row.created_at);
  }
};

struct TroubledFields {
  using Row = ports::TroubledLink;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("system", row.system);
    column("state", row.state);
    column("problem", row.problem);
    column("since", row.since);
  }
};

constexpr const char* and_live = " AND state NOT IN ('revoked', 'closed')";

bool is_live(const ports::Link& link) { return link.state != "revoked" && link.state != "closed"; }

}  // namespace

Result<void> SqlLinkStore::refuse_second(const ports::Link& link) {
  if (link.subject_digest.empty() || !is_live(link)) return {};
  CASEBRIDGE_TRY(const auto other, find_live(link.account, link.system, link.subject_digest));
  if (!other || other->id == link.id) return {};
  Trouble exists = trouble(TroubleCode::link_already_exists);
  exists.reference = other->id.text();
  return exists;
}

Result<void> SqlLinkStore::insert(const ports::Link& link) {
  static const std::string sql = insert_sql<LinkFields>();
  // Nothing is stored of it yet, so nothing of it is outdated.
  static const std::string follow_rules =
      "UPDATE link SET projected_by = " + std::string(rules_of_link) + " WHERE id = :id";
  CASEBRIDGE_CHECK(refuse_second(link));
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<LinkFields>(link)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the link is there already");
  CASEBRIDGE_CHECK(scope_.connection().run(follow_rules, Values{}.with("id", link.id)));
  return scope_.raise_version(link.account.text());
}

Result<std::optional<ports::Link>> SqlLinkStore::find(const AccountId& account, const LinkId& id) {
  static const std::string sql = select_sql<LinkFields>("WHERE id = :id AND account_id = :account_id");
  return select_one<LinkFields>(scope_.connection(), sql,
                                Values{}.with("id", id).with("account_id", account));
}

Result<std::vector<ports::Link>> SqlLinkStore::list(const AccountId& account) {
  static const std::string sql = select_sql<LinkFields>("WHERE account_id = :account_id" +
                                                        std::string(and_live) + " ORDER BY created_at, id");
  return select_all<LinkFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

Result<std::optional<ports::Link>> SqlLinkStore::find_live(const AccountId& account,
                                                           const std::string& system,
                                                           const std::string& subject_digest) {
  static const std::string sql = select_sql<LinkFields>(
      "WHERE account_id = :account_id AND system = :system AND subject_digest = :subject_digest"
      " AND subject_digest <> ''" +
      std::string(and_live));
  return select_one<LinkFields>(
      scope_.connection(), sql,
      Values{}.with("account_id", account).with("system", system).with("subject_digest", subject_digest));
}

Result<std::vector<ports::Link>> SqlLinkStore::list_without_job(const std::string& job_kind, int most) {
  static const std::string sql = select_sql<LinkFields>(
      "WHERE state = 'active' AND NOT EXISTS"
      " (SELECT 1 FROM job WHERE job.kind = :kind AND job.subject = link.id) ORDER BY id LIMIT :most");
  return select_all<LinkFields>(scope_.connection(), sql, Values{}.with("kind", job_kind).with("most", most));
}

Result<std::vector<ports::TroubledLink>> SqlLinkStore::list_in_trouble(int most) {
  static const std::string sql =
      "SELECT system, state, reason AS problem, state_since AS since FROM link"
      " WHERE state = 'action_required'"
      " UNION ALL"
      " SELECT l.system, l.state, d.trouble, MIN(COALESCE(d.verified_at, l.created_at))"
      " FROM link l JOIN dataset_state d ON d.link_id = l.id"
      " WHERE l.state = 'active' AND d.trouble <> '' GROUP BY l.id, l.system, l.state, d.trouble"
      " ORDER BY since, system LIMIT :most";
  return select_all<TroubledFields>(scope_.connection(), sql, Values{}.with("most", most));
}

Result<void> SqlLinkStore::update(const ports::Link& link) {
  static const std::string sql =
      update_sql<LinkFields>("WHERE id = :id AND account_id = :account_id AND version = :expected_version");
  CASEBRIDGE_CHECK(refuse_second(link));
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<LinkFields>(link).with(
                                                                      "expected_version", link.version - 1)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the link changed meanwhile");
  return scope_.raise_version(link.account.text());
}

Result<void> SqlLinkStore::remove(const AccountId& account, const LinkId& id) {
  static const std::string sql = "DELETE FROM link WHERE id = :id AND account_id = :account_id";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("id", id).with("account_id", account)));
  if (written == 0) return trouble(TroubleCode::not_found, "no such link");
  return scope_.raise_version(account.text());
}

}  // namespace casebridge::storage
