// What must be remembered so that no parent is locked out of a state's system by the gateway.
#include "core/storage/fields.hpp"
#include "core/storage/link_stores.hpp"

namespace casebridge::storage {
namespace {

struct Guarded {
  std::string system;
  std::string identity_digest;
  ports::GuardState state;
};

struct GuardFields {
  using Row = Guarded;
  static constexpr std::string_view table = "lockout";
  static constexpr std::size_t keys = 2;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("system", row.system);
    column("identity_digest", row.identity_digest);
    column("attempts_left", row.state.attempts_left);
    column("refused", row.state.refused);
    column("window_start", row.state.window_start);
    column("locked_until", row.state.locked_until);
  }
};

}  // namespace

Result<ports::GuardState> SqlGuardStore::read(const std::string& system, const std::string& identity_digest) {
  static const std::string sql =
      select_sql<GuardFields>("WHERE system = :system AND identity_digest = :identity_digest");
  CASEBRIDGE_TRY(auto found, select_one<GuardFields>(
                                 scope_.connection(), sql,
                                 Values{}.with("system", system).with("identity_digest", identity_digest)));
  return found ? found->state : ports::GuardState{};
}

Result<void> SqlGuardStore::write(const std::string& system, const std::string& identity_digest,
                                  const ports::GuardState& state) {
  static const std::string sql = upsert_sql<GuardFields>();
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<GuardFields>({system, identity_digest, state})));
  return {};
}

Result<bool> SqlGuardStore::was_refused(const std::string& system, const std::string& credential_digest) {
  static const std::string sql =
      "SELECT refused_at FROM refused_credential WHERE system = :system AND credential_digest = "
      ":credential_digest";
  CASEBRIDGE_TRY(
      const auto found,
      select_column<Instant>(scope_.connection(), sql,
                             Values{}.with("system", system).with("credential_digest", credential_digest)));
  return !found.empty();
}

Result<void> SqlGuardStore::remember_refused(const std::string& system, const std::string& credential_digest,
                                             Instant at) {
  static const std::string sql =
      "INSERT INTO refused_credential (system, credential_digest, refused_at)"
      " VALUES (:system, :credential_digest, :refused_at) ON CONFLICT DO NOTHING";
  CASEBRIDGE_CHECK(scope_.connection().run(
      sql,
      Values{}.with("system", system).with("credential_digest", credential_digest).with("refused_at", at)));
  return {};
}

}  // namespace casebridge::storage
