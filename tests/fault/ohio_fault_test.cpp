// Runs Ohio's table through the switchboard, with a twentieth of the deadline.
#include "tests/conformance/ohio_suite.hpp"
#include "tests/fault/ohio_rows.hpp"

namespace casebridge::fault {
namespace {

using conformance::OhioManner;
using conformance::OhioSession;
using conformance::OhioSuite;
using model::Dataset;
using nlohmann::json;

constexpr int deadline_ms = 20'000 / 20;

template <class T>
std::string outcome_of(const Result<T>& result) {
  return result ? "ok" : std::string(result.error().row().name);
}

class OhioFaults : public OhioSuite {
 protected:
  void SetUp() override { use_settings({{"call_deadline_ms", deadline_ms}}); }

  json account_where(const std::function<bool(const conformance::OhioView&)>& holds) {
    const auto found = scenario().credential([&](const json& one) { return holds(view(one)); });
    if (!found) throw std::runtime_error("the scenario has no such case");
    return *found;
  }
  json account_for(const std::string& group) {
    if (group == "overpaid")
      return account_where([](const auto& view) {
        const json sum = conformance::ohio_sum(view, "total_arrears");
        return sum.is_number() && sum < 0;
      });
    // With notices in the inbox, and more collections than one line holds.
    return account_where([](const auto& view) {
      return conformance::ohio_collections(view).size() > 9 && !view.one_case.at("enforcement").empty();
    });
  }
  static std::string op_of(const std::string& group) {
    if (group == "auth" || group == "quit") return "auth";
    return group == "job" || group == "inbox" ? group : "csenet";
  }
  std::string dataset_outcome(const OhioSession& in, Dataset dataset) {
    const auto answer = read_one(in, dataset);
    const auto* trouble = std::get_if<Trouble>(&answer.answer);
    return trouble == nullptr ? "ok" : std::string(trouble->row().name);
  }
  std::string performed(const std::string& group, const json& account, const OhioSession& in) {
    if (group == "auth") return outcome_of(begin(account));
    if (group == "quit") return outcome_of(adapter().auth_end(context(), in.done.session));
    return dataset_outcome(in, group == "inbox" ? Dataset::enforcement : Dataset::orders);
  }

  void run(const FaultRow& row) {
    SCOPED_TRACE(std::string(row.calls_of) + " " + row.kind + " " + row.params);
    simulator().post("/control/reset", json::object());
    side().clock().set(now());
    const std::string group = row.calls_of, op = op_of(group);
    const json account = account_for(group);
    const OhioSession in = sign_in(account);
    const std::size_t before = calls(op).size();
    add_fault(op, row.kind, json::parse(row.params));
    EXPECT_EQ(performed(group, account, in), row.outcome);
    EXPECT_GT(simulator().get("/control/faults").at("faults").at(0).at("hits"), 0);
    if (row.times_asked == 0) return;
    EXPECT_EQ(calls(op).size() - before, static_cast<std::size_t>(row.times_asked));
  }
  void run_group(const char* group) {
    int rows = 0;
    for (const FaultRow& row : ohio_rows) {
      if (std::string(row.calls_of) != group) continue;
      ++rows;
      run(row);
    }
    EXPECT_GT(rows, 0);
  }
};

TEST_P(OhioFaults, sign_in_ends_as_the_table_says) { run_group("auth"); }
TEST_P(OhioFaults, sign_out_ends_as_the_table_says) { run_group("quit"); }
TEST_P(OhioFaults, case_ends_as_the_table_says) { run_group("case"); }
TEST_P(OhioFaults, case_of_many_lines_ends_as_the_table_says) { run_group("long"); }
TEST_P(OhioFaults, overpaid_case_ends_as_the_table_says) { run_group("overpaid"); }
TEST_P(OhioFaults, inbox_ends_as_the_table_says) { run_group("inbox"); }
TEST_P(OhioFaults, job_ends_as_the_table_says) {
  OhioManner manner = GetParam();
  manner.mode = "async";
  use_manner(manner);
  SetUp();
  run_group("job");
}
TEST(OhioFaultTable, HasEveryKindOfTheDocument) { EXPECT_EQ(kinds_in(ohio_rows), ohio_kinds); }

INSTANTIATE_TEST_SUITE_P(Table, OhioFaults, ::testing::Values(conformance::ohio_manners[0]),
                         conformance::manner_name);

}  // namespace
}  // namespace casebridge::fault
