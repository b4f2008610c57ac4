// Throttle counters. A transaction that reads and then writes one is alone with it, on both engines.
#include "core/storage/account_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct KeyedThrottle {
  std::string key;
  ports::ThrottleState state;
};

struct ThrottleFields {
  using Row = KeyedThrottle;
  static constexpr std::string_view table = "throttle";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("throttle_key", row.key);
    column("tries", row.state.count);
    column("window_start", row.state.window_start);
    column("locks", row.state.locks);
    column("locked_until", row.state.locked_until);
    column("kept", row.state.kept);
  }
};

}  // namespace

Result<ports::ThrottleState> SqlThrottleStore::read(const std::string& key) {
  static const std::string sql = select_sql<ThrottleFields>("WHERE throttle_key = :throttle_key");
  CASEBRIDGE_TRY(auto found,
                 select_one<ThrottleFields>(scope_.connection(), sql, Values{}.with("throttle_key", key)));
  return found ? found->state : ports::ThrottleState{};
}

Result<void> SqlThrottleStore::write(const std::string& key, const ports::ThrottleState& state) {
  static const std::string sql = upsert_sql<ThrottleFields>();
  CASEBRIDGE_CHECK(scope_.connection().run(sql, values_of<ThrottleFields>({key, state})));
  return {};
}

// A lock that still holds outlives its window, and so does what adds up until a try is good.
Result<int> SqlThrottleStore::purge(Instant window_before) {
  static const std::string sql =
      "DELETE FROM throttle WHERE kept = 0 AND window_start < :before"
      " AND (locked_until IS NULL OR locked_until < :now)";
  CASEBRIDGE_TRY(
      const auto written,
      scope_.connection().run(sql, Values{}.with("before", window_before).with("now", scope_.now())));
  return static_cast<int>(written);
}

}  // namespace casebridge::storage
