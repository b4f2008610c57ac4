// Links that were mailed and are good once, and holds, of which an account has one of a kind.
#include "core/storage/safety_store.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct MailedLinkFields {
  using Row = ports::MailedLink;
  static constexpr std::string_view table = "mailed_link";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {{}, {}, AnyId{}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("purpose", row.purpose);
    column("digest", row.digest);
    column("account_id", row.account);
    column("subject", row.subject);
    column("created_at", row.created_at);
    column("expires_at", row.expires_at);
  }
};

struct HoldFields {
  using Row = ports::Hold;
  static constexpr std::string_view table = "hold";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {AnyId{}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("account_id", row.account);
    column("kind", row.kind);
    column("begun_at", row.begun_at);
    column("due_at", row.due_at);
    column("ends_at", row.ends_at);
  }
};

}  // namespace

Result<void> SqlSafetyStore::insert_link(const ports::MailedLink& link) {
  static const std::string sql = insert_sql<MailedLinkFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<MailedLinkFields>(link)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the link is there already");
  return {};
}

Result<std::optional<ports::MailedLink>> SqlSafetyStore::find_link(const std::string& purpose,
                                                                   const std::string& digest) {
  static const std::string sql =
      select_sql<MailedLinkFields>("WHERE purpose = :purpose AND digest = :digest");
  return select_one<MailedLinkFields>(scope_.connection(), sql,
                                      Values{}.with("purpose", purpose).with("digest", digest));
}

Result<bool> SqlSafetyStore::consume_link(const std::string& purpose, const std::string& digest) {
  static const std::string sql = "DELETE FROM mailed_link WHERE purpose = :purpose AND digest = :digest";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("purpose", purpose).with("digest", digest)));
  return written == 1;
}

Result<int> SqlSafetyStore::remove_links(const std::string& purpose, const AccountId& account, Instant after,
                                         Instant before) {
  static const std::string sql =
      "DELETE FROM mailed_link WHERE purpose = :purpose AND account_id = :account_id"
      " AND NOT (created_at > :after AND created_at < :before)";
  const Values values = Values{}
                            .with("purpose", purpose)
                            .with("account_id", account)
                            .with("after", after)
                            .with("before", before);
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values));
  return static_cast<int>(written);
}

Result<bool> SqlSafetyStore::begin_hold(const ports::Hold& hold) {
  static const std::string sql = insert_sql<HoldFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<HoldFields>(hold)));
  return written == 1;
}

Result<std::optional<ports::Hold>> SqlSafetyStore::find_hold(const AccountId& account,
                                                             const std::string& kind) {
  static const std::string sql = select_sql<HoldFields>("WHERE account_id = :account_id AND kind = :kind");
  return select_one<HoldFields>(scope_.connection(), sql,
                                Values{}.with("account_id", account).with("kind", kind));
}

Result<std::vector<ports::Hold>> SqlSafetyStore::list_holds(const AccountId& account) {
  static const std::string sql = select_sql<HoldFields>("WHERE account_id = :account_id ORDER BY kind");
  return select_all<HoldFields>(scope_.connection(), sql, Values{}.with("account_id", account));
}

Result<std::vector<ports::Hold>> SqlSafetyStore::due_holds(const std::string& kind, Instant now, int most) {
  static const std::string sql =
      select_sql<HoldFields>("WHERE kind = :kind AND due_at <= :now ORDER BY due_at LIMIT :most");
  return select_all<HoldFields>(scope_.connection(), sql,
                                Values{}.with("kind", kind).with("now", now).with("most", most));
}

Result<bool> SqlSafetyStore::end_hold(const AccountId& account, const std::string& kind) {
  static const std::string sql = "DELETE FROM hold WHERE account_id = :account_id AND kind = :kind";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(sql, Values{}.with("account_id", account).with("kind", kind)));
  return written == 1;
}

Result<std::optional<Instant>> SqlSafetyStore::stopped_at(const AccountId& account) {
  static const std::string sql = "SELECT stopped_at FROM safety_stop WHERE account_id = :account_id";
  CASEBRIDGE_TRY(const auto found,
                 select_column<Instant>(scope_.connection(), sql, Values{}.with("account_id", account)));
  return found.empty() ? std::optional<Instant>() : found.front();
}

Result<void> SqlSafetyStore::stop(const AccountId& account, Instant at) {
  static const std::string sql =
      "INSERT INTO safety_stop (account_id, stopped_at) VALUES (:account_id, :at) ON CONFLICT DO NOTHING";
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("account_id", account).with("at", at)));
  return {};
}

Result<bool> SqlSafetyStore::lift_stop(const AccountId& account) {
  static const std::string sql = "DELETE FROM safety_stop WHERE account_id = :account_id";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}.with("account_id", account)));
  return written == 1;
}

// What refers to the account goes with it by the schema; codes, jobs, kept answers and mails only name it.
Result<bool> SqlSafetyStore::erase_account(const AccountId& account) {
  static const std::string statements[] = {
      "DELETE FROM one_time_code WHERE subject = :account",
      "DELETE FROM one_time_code WHERE subject IN (SELECT id FROM flow WHERE account_id = :account)",
      "DELETE FROM job WHERE subject = :account",
      "DELETE FROM job WHERE subject IN (SELECT id FROM link WHERE account_id = :account)",
      "DELETE FROM job WHERE subject IN (SELECT id FROM link_attempt WHERE account_id = :account)",
      "DELETE FROM job WHERE subject IN (SELECT id FROM sync WHERE account_id = :account)",
      "DELETE FROM idempotency WHERE scope = :account",
      "DELETE FROM mail WHERE recipient IN (SELECT email FROM account WHERE id = :account)",
      "DELETE FROM mail WHERE recipient IN (SELECT email FROM further_address WHERE account_id = :account)",
      "DELETE FROM account WHERE id = :account",
  };
  std::int64_t erased = 0;
  for (const std::string& sql : statements) {
    CASEBRIDGE_TRY(erased, scope_.connection().run(sql, Values{}.with("account", account)));
  }
  return erased == 1;
}

Result<int> SqlSafetyStore::purge(Instant ended_before) {
  static const std::string links = "DELETE FROM mailed_link WHERE expires_at < :before";
  static const std::string holds = "DELETE FROM hold WHERE ends_at < :before";
  static const std::string former = "DELETE FROM further_address WHERE kept_until < :before";
  CASEBRIDGE_CHECK(scope_.connection().run(former, Values{}.with("before", ended_before)));
  CASEBRIDGE_TRY(const auto gone, scope_.connection().run(links, Values{}.with("before", ended_before)));
  CASEBRIDGE_TRY(const auto over, scope_.connection().run(holds, Values{}.with("before", ended_before)));
  return static_cast<int>(gone + over);
}

}  // namespace casebridge::storage
