// Reserves keys with the one insert that only the first caller makes.
#include "core/storage/idempotency_store.hpp"

#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct KeyedAnswer {
  std::string scope;
  std::string key;
  ports::StoredAnswer answer;
};

struct AnswerFields {
  using Row = KeyedAnswer;
  static constexpr std::string_view table = "idempotency";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("scope", row.scope);
    column("idempotency_key", row.key);
    column("fingerprint", row.answer.fingerprint);
    column("status", row.answer.status);
    column("body", row.answer.body);
    column("created_at", row.answer.created_at);
  }
};

constexpr const char* by_key = " WHERE scope = :scope AND idempotency_key = :idempotency_key";

}  // namespace

Result<std::optional<ports::StoredAnswer>> SqlIdempotencyStore::reserve(const std::string& scope,
                                                                        const std::string& key,
                                                                        const ports::StoredAnswer& running) {
  static const std::string insert = insert_sql<AnswerFields>();
  static const std::string find = select_sql<AnswerFields>(by_key);
  std::optional<ports::StoredAnswer> stored;
  CASEBRIDGE_TRY(const auto written,
                 scope_.connection().run(insert, values_of<AnswerFields>({scope, key, running})));
  if (written == 1) return stored;
  CASEBRIDGE_TRY(auto found,
                 select_one<AnswerFields>(scope_.connection(), find,
                                          Values{}.with("scope", scope).with("idempotency_key", key)));
  if (found) stored = std::move(found->answer);
  return stored;
}

Result<void> SqlIdempotencyStore::complete(const std::string& scope, const std::string& key, int status,
                                           const std::string& body) {
  static const std::string sql =
      std::string("UPDATE idempotency SET status = :status, body = :body") + by_key;
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}
                                                                      .with("status", status)
                                                                      .with("body", body)
                                                                      .with("scope", scope)
                                                                      .with("idempotency_key", key)));
  if (written == 0) return trouble(TroubleCode::not_found, "the key is not reserved");
  return {};
}

Result<void> SqlIdempotencyStore::release(const std::string& scope, const std::string& key) {
  static const std::string sql = std::string("DELETE FROM idempotency") + by_key;
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("scope", scope).with("idempotency_key", key)));
  return {};
}

Result<int> SqlIdempotencyStore::purge(Instant created_before) {
  static const std::string sql = "DELETE FROM idempotency WHERE created_at < :before";
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, Values{}.with("before", created_before)));
  return static_cast<int>(written);
}

}  // namespace casebridge::storage
