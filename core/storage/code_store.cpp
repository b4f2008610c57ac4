// One-time codes: at most one of a purpose for a subject, used at most once.
#include "core/storage/account_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct CodeFields {
  using Row = ports::OneTimeCode;
  static constexpr std::string_view table = "one_time_code";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("purpose", row.purpose);
    column("subject", row.subject);
    column("digest", row.digest);
    column("credential_version", row.credential_version);
    column("tries_left", row.tries_left);
    column("sent_at", row.sent_at);
    column("expires_at", row.expires_at);
  }
};

}  // namespace

Result<void> SqlCodeStore::replace(const ports::OneTimeCode& code) {
  static const std::string sql = upsert_sql<CodeFields>();
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<CodeFields>(code)));
  return {};
}

Result<std::optional<ports::OneTimeCode>> SqlCodeStore::find(const std::string& purpose,
                                                             const std::string& subject) {
  static const std::string sql = select_sql<CodeFields>("WHERE purpose = :purpose AND subject = :subject");
  return select_one<CodeFields>(scope_.connection(), sql,
                                Values{}.with("purpose", purpose).with("subject", subject));
}

Result<void> SqlCodeStore::count_try(const std::string& purpose, const std::string& subject) {
  static const std::string sql =
      "UPDATE one_time_code SET tries_left = tries_left - 1"
      " WHERE purpose = :purpose AND subject = :subject AND tries_left > 0";
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("purpose", purpose).with("subject", subject)));
  return {};
}

Result<bool> SqlCodeStore::consume(const std::string& purpose, const std::string& subject,
                                   const std::string& digest) {
  static const std::string sql =
      "DELETE FROM one_time_code"
      " WHERE purpose = :purpose AND subject = :subject AND digest = :digest AND tries_left > 0";
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(
                     sql, Values{}.with("purpose", purpose).with("subject", subject).with("digest", digest)));
  return written == 1;
}

}  // namespace casebridge::storage
