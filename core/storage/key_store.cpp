// Rows of vault_key and vault_rewrap, and walks through the columns of sealed records.
#include "core/storage/key_store.hpp"

#include <algorithm>

#include "core/storage/fields.hpp"
#include "core/storage/sealed_columns.hpp"

namespace casebridge::storage {
namespace {

struct KeyFields {
  using Row = ports::StoredKey;
  static constexpr std::string_view table = "vault_key";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("provider", row.provider);
    column("state", row.state);
    column("since", row.since);
    column("wraps", row.wraps);
  }
};

struct RewrapFields {
  using Row = ports::RewrapProgress;
  static constexpr std::string_view table = "vault_rewrap";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("place", row.place);
    column("key_id", row.key_id);
    column("done_up_to", row.done_up_to);
    column("seen", row.seen);
    column("wrapped", row.wrapped);
    column("finished", row.finished);
  }
};

std::string name_of(const SealedColumn& one) {
  return std::string(one.table) + "." + std::string(one.column);
}

// Names of tables and columns come from the list alone, never from the caller.
const SealedColumn* column_of(const std::string& place) {
  for (const SealedColumn& one : sealed_columns())
    if (name_of(one) == place) return &one;
  return nullptr;
}

Trouble no_such_place() { return trouble(TroubleCode::internal, "no such column of sealed records"); }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string whole;
  for (const std::string_view part : parts) whole += part;
  return whole;
}

std::string next_sql(const SealedColumn& one) {
  const std::string_view second = one.second_key.empty() ? "''" : one.second_key;
  const std::string_view purpose = one.purpose.empty() ? "''" : one.purpose;
  const std::string after = one.second_key.empty()
                                ? joined({one.first_key, " > :first"})
                                : joined({"(", one.first_key, ", ", second, ") > (:first, :second)"});
  return joined({"SELECT ",
                 one.first_key,
                 ", ",
                 second,
                 ", ",
                 one.column,
                 ", ",
                 purpose,
                 ", ",
                 one.account,
                 ", ",
                 one.owner,
                 ", ",
                 one.system,
                 ", ",
                 one.version,
                 " FROM ",
                 one.table,
                 " WHERE ",
                 after,
                 " ORDER BY ",
                 one.first_key,
                 one.second_key.empty() ? "" : ", ",
                 one.second_key,
                 " LIMIT :most"});
}

}  // namespace

Result<std::vector<ports::StoredKey>> SqlKeyStore::list() {
  static const std::string sql = select_sql<KeyFields>("ORDER BY id");
  return select_all<KeyFields>(scope_.connection(), sql, {});
}

Result<bool> SqlKeyStore::insert(const ports::StoredKey& key) {
  static const std::string sql = insert_sql<KeyFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<KeyFields>(key)));
  return written > 0;
}

Result<bool> SqlKeyStore::move(const std::string& id, const std::string& from, const std::string& to,
                               Instant since) {
  static const std::string sql =
      "UPDATE vault_key SET state = :to_state, since = :since WHERE id = :id AND state = :from_state";
  CASEBRIDGE_TRY(
      const auto written,
      scope_.connection().run(
          sql, Values{}.with("to_state", to).with("since", since).with("id", id).with("from_state", from)));
  return written > 0;
}

Result<std::int64_t> SqlKeyStore::add_wraps(const std::string& id, std::int64_t more) {
  static const std::string add = "UPDATE vault_key SET wraps = wraps + :more WHERE id = :id";
  static const std::string look = "SELECT wraps FROM vault_key WHERE id = :id";
  CASEBRIDGE_CHECK(scope_.connection().run(add, Values{}.with("more", more).with("id", id)));
  CASEBRIDGE_TRY(const auto found,
                 select_column<std::int64_t>(scope_.connection(), look, Values{}.with("id", id)));
  if (found.empty()) return trouble(TroubleCode::not_found, "key");
  return found.front();
}

std::vector<std::string> SqlKeyStore::places() const {
  std::vector<std::string> names;
  for (const SealedColumn& one : sealed_columns()) names.push_back(name_of(one));
  return names;
}

Result<std::vector<ports::SealedText>> SqlKeyStore::next(const std::string& place,
                                                         const std::string& done_up_to, int rows_max) {
  const SealedColumn* const one = column_of(place);
  if (one == nullptr) return no_such_place();
  const std::size_t split = std::min(done_up_to.find(ports::between_row_keys), done_up_to.size());
  Values values = Values{}.with("first", done_up_to.substr(0, split));
  if (!one->second_key.empty())
    values.with("second", split < done_up_to.size() ? done_up_to.substr(split + 1) : std::string());
  values.with("most", rows_max);
  std::vector<ports::SealedText> found;
  constexpr Kind text = Kind::text;
  CASEBRIDGE_CHECK(scope_.connection().select(next_sql(*one), std::move(values),
                                              {text, text, text, text, text, text, text, Kind::number},
                                              [&](Row& cells) {
                                                ports::SealedText row;
                                                cells.read(row.first_key);
                                                cells.read(row.second_key);
                                                cells.read(row.text);
                                                cells.read(row.place.purpose);
                                                cells.read(row.place.account);
                                                cells.read(row.place.owner);
                                                cells.read(row.place.system);
                                                cells.read(row.place.version);
                                                found.push_back(std::move(row));
                                              }));
  return found;
}

Result<bool> SqlKeyStore::replace(const std::string& place, const ports::SealedText& old,
                                  const std::string& text) {
  const SealedColumn* const one = column_of(place);
  if (one == nullptr) return no_such_place();
  std::string sql = joined({"UPDATE ", one->table, " SET ", one->column, " = :after WHERE ", one->first_key,
                            " = :first AND ", one->column, " = :before"});
  Values values = Values{}.with("after", text).with("first", old.first_key).with("before", old.text);
  if (!one->second_key.empty()) {
    sql += joined({" AND ", one->second_key, " = :second"});
    values.with("second", old.second_key);
  }
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, std::move(values)));
  return written > 0;
}

Result<std::int64_t> SqlKeyStore::count(const std::string& place, const std::string& beginning) {
  const SealedColumn* const one = column_of(place);
  if (one == nullptr) return no_such_place();
  // The one way to look into a text that both engines have and that tells capital letters from small ones.
  const std::string sql = joined({"SELECT COUNT(*) FROM ", one->table, " WHERE replace(", one->column,
                                  ", :beginning, '') <> ", one->column});
  CASEBRIDGE_TRY(const auto found, select_column<std::int64_t>(scope_.connection(), sql,
                                                               Values{}.with("beginning", beginning)));
  return found.empty() ? 0 : found.front();
}

Result<std::vector<ports::RewrapProgress>> SqlKeyStore::progress() {
  static const std::string sql = select_sql<RewrapFields>("ORDER BY place");
  return select_all<RewrapFields>(scope_.connection(), sql, {});
}

Result<bool> SqlKeyStore::advance(const std::optional<ports::RewrapProgress>& before,
                                  const ports::RewrapProgress& after) {
  if (!before) {
    static const std::string first = insert_sql<RewrapFields>();
    CASEBRIDGE_TRY(const auto written, scope_.connection().run(first, values_of<RewrapFields>(after)));
    return written > 0;
  }
  static const std::string sql = update_sql<RewrapFields>(
      "WHERE place = :place AND key_id = :old_key_id AND done_up_to = :old_done_up_to AND seen = :old_seen");
  Values values = values_of<RewrapFields>(after);
  values.with("old_key_id", before->key_id)
      .with("old_done_up_to", before->done_up_to)
      .with("old_seen", before->seen);
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, std::move(values)));
  return written > 0;
}

}  // namespace casebridge::storage
