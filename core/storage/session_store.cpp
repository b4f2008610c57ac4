// Sessions of accounts.
#include "core/storage/account_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct SessionFields {
  using Row = ports::Session;
  static constexpr std::string_view table = "session";
  static constexpr std::size_t keys = 1;
  static Row blank() {
    return {AnyId{}, AnyId{}, {}, {}, {}, model::Assurance::none, {}, {}, {}, {}, {}, {}};
  }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("account_id", row.account);
    column("token_digest", row.token_digest);
    column("transport", row.transport);
    column("csrf_digest", row.csrf_digest);
    column("assurance", row.assurance);
    column("created_at", row.created_at);
    column("authenticated_at", row.authenticated_at);
    column("last_seen_at", row.last_seen_at);
    column("absolute_end", row.absolute_end);
    column("device", row.device);
    column("address", row.address);
    column("locale", row.locale);
    column("role", row.role);
  }
};

struct FoundFields {
  using Row = ports::FoundSession;
  static Row blank() { return {SessionFields::blank(), 0}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    SessionFields::visit(row.session, column);
    column("version", row.account_version);
  }
};

}  // namespace

Result<void> SqlSessionStore::insert(const ports::Session& session) {
  static const std::string sql = insert_sql<SessionFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<SessionFields>(session)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the session is there already");
  return {};
}

Result<std::optional<ports::FoundSession>> SqlSessionStore::find_by_digest(const std::string& token_digest) {
  static const std::string sql = "SELECT " + columns<SessionFields>("s.") +
                                 ", COALESCE(v.version, 0) FROM session s"
                                 " LEFT JOIN account_version v ON v.account_id = s.account_id"
                                 " WHERE s.token_digest = :token_digest";
  return select_one<FoundFields>(scope_.connection(), sql, Values{}.with("token_digest", token_digest));
}

Result<std::vector<ports::Session>> SqlSessionStore::list(const AccountId& account) {
  static const std::string sql =
      select_sql<SessionFields>("WHERE account_id = :account_id ORDER BY created_at DESC, id DESC");
  return select_all<SessionFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

// A session that ended meanwhile stays ended: no trouble.
Result<void> SqlSessionStore::touch(const SessionId& id, Instant last_seen) {
  static const std::string sql = "UPDATE session SET last_seen_at = :last_seen_at WHERE id = :id";
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("last_seen_at", last_seen).with("id", id)));
  return {};
}

Result<void> SqlSessionStore::set_csrf(const SessionId& id, const std::string& csrf_digest) {
  static const std::string sql = "UPDATE session SET csrf_digest = :csrf_digest WHERE id = :id";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("csrf_digest", csrf_digest).with("id", id)));
  if (written == 0) return trouble(TroubleCode::not_found, "no such session");
  return {};
}

Result<bool> SqlSessionStore::remove(const AccountId& account, const SessionId& id) {
  static const std::string sql = "DELETE FROM session WHERE id = :id AND account_id = :account_id";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("id", id).with("account_id", account)));
  return written > 0;
}

Result<int> SqlSessionStore::remove_all_but(const AccountId& account, const std::optional<SessionId>& keep) {
  static const std::string sql = "DELETE FROM session WHERE account_id = :account_id AND id <> :keep";
  const std::string kept = keep ? keep->text() : std::string();
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("account_id", account).with("keep", kept)));
  return static_cast<int>(written);
}

Result<int> SqlSessionStore::remove_ended(Instant idle_before, Instant now) {
  static const std::string sql =
      "DELETE FROM session WHERE last_seen_at < :idle_before OR absolute_end <= :now";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("idle_before", idle_before).with("now", now)));
  return static_cast<int>(written);
}

}  // namespace casebridge::storage
