// Flows: registration, sign-in and the like, step by step.
#include "core/storage/account_stores.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {
namespace {

struct FlowFields {
  using Row = ports::Flow;
  static constexpr std::string_view table = "flow";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, {}, {}, {}, 0, {}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("id", row.id);
    column("kind", row.kind);
    column("transport", row.transport);
    column("step", row.step);
    column("seq", row.seq);
    column("account_id", row.account);
    column("session_id", row.session);
    column("data", row.data);
    column("created_at", row.created_at);
    column("expires_at", row.expires_at);
    column("done", row.done);
  }
};

}  // namespace

Result<void> SqlFlowStore::insert(const ports::Flow& flow) {
  static const std::string sql = insert_sql<FlowFields>();
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<FlowFields>(flow)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the flow is there already");
  return {};
}

Result<std::optional<ports::Flow>> SqlFlowStore::find(const FlowId& id) {
  static const std::string sql = select_sql<FlowFields>("WHERE id = :id");
  return select_one<FlowFields>(scope_.connection(), sql, Values{}.with("id", id));
}

Result<void> SqlFlowStore::update(const ports::Flow& flow, std::int64_t expected_seq) {
  static const std::string sql = update_sql<FlowFields>("WHERE id = :id AND seq = :expected_seq");
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(sql, values_of<FlowFields>(flow).with(
                                                                      "expected_seq", expected_seq)));
  if (written == 0) return trouble(TroubleCode::version_conflict, "the flow went on meanwhile");
  return {};
}

Result<int> SqlFlowStore::purge(Instant expired_before) {
  static const std::string codes = "DELETE FROM one_time_code WHERE expires_at < :before";
  static const std::string codes_of_flows =
      "DELETE FROM one_time_code WHERE subject IN (SELECT id FROM flow WHERE expires_at < :before)";
  static const std::string flows = "DELETE FROM flow WHERE expires_at < :before";
  CASEBRIDGE_CHECK(scope_.connection().run(codes, Values{}.with("before", expired_before)));
  CASEBRIDGE_CHECK(scope_.connection().run(codes_of_flows, Values{}.with("before", expired_before)));
  CASEBRIDGE_TRY(const auto written, scope_.connection().run(flows, Values{}.with("before", expired_before)));
  return static_cast<int>(written);
}

}  // namespace casebridge::storage
