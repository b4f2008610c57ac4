// Attempts to link: what a sign-in at a state has come to so far.
#include "core/storage/fields.hpp"
#include "core/storage/link_stores.hpp"

namespace casebridge::storage {
namespace {

struct AttemptFields {
  using Row = ports::LinkAttempt;
  static constexpr std::string_view table = "link_attempt";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, AnyId{}, {}, {}, {}, {}, {}, 0, {}, {}, {}, {}, {}, {}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("account_id", row.account);
    column("link_id", row.link);
    column("system", row.system);
    column("mode", row.mode);
    column("custody", row.custody);
    column("state", row.state);
    column("seq", row.seq);
    column("challenge_id", row.challenge_id);
    column("challenge", row.challenge);
    column("sealed_resume", row.sealed_resume);
    column("identity_digest", row.identity_digest);
    column("credential_digest", row.credential_digest);
    column("sealed_credential", row.sealed_credential);
    column("trouble", row.trouble);
    column("trouble_detail", row.trouble_detail);
    column("second_step_seen", row.second_step_seen);
    column("created_at", row.created_at);
    column("expires_at", row.expires_at);
    column("version", row.version);
  }
};

}  // namespace

Result<void> SqlLinkAttemptStore::insert(const ports::LinkAttempt& attempt) {
  static const std::string sql = insert_sql<AttemptFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<AttemptFields>(attempt)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the attempt is there already");
  return {};
}

Result<std::optional<ports::LinkAttempt>> SqlLinkAttemptStore::find(const AccountId& account,
                                                                    const LinkAttemptId& id) {
  static const std::string sql = select_sql<AttemptFields>("WHERE id = :id AND account_id = :account_id");
  return select_one<AttemptFields>(scope_.connection(), sql,
                                   Values{}.with("id", id).with("account_id", account));
}

Result<void> SqlLinkAttemptStore::update(const ports::LinkAttempt& attempt) {
  static const std::string sql = update_sql<AttemptFields>(
      "WHERE id = :id AND account_id = :account_id AND version = :expected_version");
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(
                     sql, values_of<AttemptFields>(attempt).with("expected_version", attempt.version - 1)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the attempt went on meanwhile");
  return {};
}

Result<std::vector<ports::LinkAttempt>> SqlLinkAttemptStore::list_open(const AccountId& account) {
  static const std::string sql = select_sql<AttemptFields>(
      "WHERE account_id = :account_id AND state IN ('challenge', 'verifying', 'waiting') ORDER BY "
      "created_at, id");
  return select_all<AttemptFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

Result<int> SqlLinkAttemptStore::purge(Instant expired_before) {
  static const std::string sql = "DELETE FROM link_attempt WHERE expires_at < :before";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}.with("before", expired_before)));
  return static_cast<int>(written);
}

}  // namespace casebridge::storage
