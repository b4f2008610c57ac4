// Outgoing mail: an outbox that survives, taken by one sender at a time.
#include "core/storage/account_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct MailFields {
  using Row = ports::MailItem;
  static constexpr std::string_view table = "mail";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, {}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("recipient", row.to);
    column("subject", row.subject);
    column("sealed_text", row.sealed_text);
    column("tries", row.tries);
    column("next_at", row.next_at);
    column("created_at", row.created_at);
    column("plain", row.plain);
  }
};

}  // namespace

Result<void> SqlMailStore::insert(const ports::MailItem& item) {
  static const std::string sql = insert_sql<MailFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<MailFields>(item)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the mail is there already");
  return {};
}

Result<std::vector<ports::MailItem>> SqlMailStore::take_due(Instant now, Instant lease_until, int most) {
  static const std::string due =
      select_sql<MailFields>("WHERE next_at <= :now ORDER BY next_at, id LIMIT :most");
  static const std::string lease = "UPDATE mail SET next_at = :lease_until WHERE id = :id";
  CASEBRIDGE_TRY(auto items, select_all<MailFields>(scope_.connection(), due,
                                                    Values{}.with("now", now).with("most", most)));
  for (const ports::MailItem& item : items) {
    CASEBRIDGE_CHECK(
        scope_.connection().run(lease, Values{}.with("lease_until", lease_until).with("id", item.id)));
  }
  return items;
}

Result<void> SqlMailStore::remove(const MailId& id) {
  static const std::string sql = "DELETE FROM mail WHERE id = :id";
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("id", id)));
  return {};
}

Result<void> SqlMailStore::retry_at(const MailId& id, int tries, Instant at) {
  static const std::string sql = "UPDATE mail SET tries = :tries, next_at = :next_at WHERE id = :id";
  CASEBRIDGE_CHECK(
      scope_.connection().run(sql, Values{}.with("tries", tries).with("next_at", at).with("id", id)));
  return {};
}

}  // namespace casebridge::storage
