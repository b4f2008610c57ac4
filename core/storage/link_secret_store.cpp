// Sealed sessions and credentials of links.
#include "core/storage/fields.hpp"
#include "core/storage/link_stores.hpp"

namespace casebridge::storage {
namespace {

struct Secret {
  std::string link_id;
  ports::SealedRow row;
};

struct SecretFields {
  using Row = Secret;
  static constexpr std::string_view table = "link_secret";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("link_id", row.link_id);
    column("kind", row.row.kind);
    column("sealed", row.row.sealed);
    column("version", row.row.version);
    column("idle_end", row.row.idle_end);
    column("absolute_end", row.row.absolute_end);
  }
};

}  // namespace

Result<void> SqlLinkSecretStore::put(const LinkId& link, const ports::SealedRow& row) {
  static const std::string sql = upsert_sql<SecretFields>();
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<SecretFields>({link.text(), row})));
  return {};
}

Result<std::optional<ports::SealedRow>> SqlLinkSecretStore::get(const LinkId& link, const std::string& kind) {
  static const std::string sql = select_sql<SecretFields>("WHERE link_id = :link_id AND kind = :kind");
  CASEBRIDGE_TRY(auto found, select_one<SecretFields>(scope_.connection(), sql,
                                                      Values{}.with("link_id", link).with("kind", kind)));
  std::optional<ports::SealedRow> row;
  if (found) row = std::move(found->row);
  return row;
}

Result<void> SqlLinkSecretStore::remove(const LinkId& link, const std::string& kind) {
  static const std::string sql = "DELETE FROM link_secret WHERE link_id = :link_id AND kind = :kind";
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("link_id", link).with("kind", kind)));
  return {};
}

Result<void> SqlLinkSecretStore::remove_all(const LinkId& link) {
  static const std::string sql = "DELETE FROM link_secret WHERE link_id = :link_id";
  CASEBRIDGE_CHECK(scope_.connection().run(sql, Values{}.with("link_id", link)));
  return {};
}

}  // namespace casebridge::storage
