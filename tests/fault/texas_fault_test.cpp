// Runs Texas' table through the switchboard, with a twentieth of the deadlines.
#include "tests/conformance/texas_suite.hpp"
#include "tests/fault/texas_rows.hpp"

namespace casebridge::fault {
namespace {

using conformance::SignedIn;
using conformance::TexasSuite;
using model::Dataset;
using nlohmann::json;

constexpr int login_deadline_ms = 15'000 / 20, list_deadline_ms = 10'000 / 20,
              document_deadline_ms = 30'000 / 20;

struct Call {
  std::string op;
  std::optional<Dataset> dataset{};
};

// The calls of a group must all end as its row says.
std::vector<Call> calls_in(const std::string& group) {
  if (group == "login") return {{"login"}};
  if (group == "step") return {{"challenge"}, {"resend"}};
  if (group == "logout") return {{"logout"}};
  if (group == "document") return {{"document_content"}};
  if (group == "payments") return {{"payments", Dataset::payments}};
  if (group == "pages") return {{"payments", Dataset::payments}, {"disbursements", Dataset::disbursements}};
  if (group == "money") return {{"orders", Dataset::orders}, {"balances", Dataset::balances}};
  return {{"cases"},
          {"profile"},
          {"case", Dataset::cases},
          {"enforcement", Dataset::enforcement},
          {"events", Dataset::events},
          {"documents", Dataset::documents},
          {"messages", Dataset::messages},
          {"contacts", Dataset::contacts}};
}

template <class T>
std::string outcome_of(const Result<T>& result) {
  return result ? "ok" : std::string(result.error().row().name);
}
std::string outcome_of(const ports::Answer<model::AuthStep>& answer) {
  if (!answer) return std::string(answer.error().row().name);
  return std::holds_alternative<model::AuthAction>(std::get<model::AuthStep>(*answer)) ? "action" : "ok";
}

class TexasFaults : public TexasSuite {
 protected:
  void SetUp() override {
    use_settings({{"login_deadline_ms", login_deadline_ms},
                  {"list_deadline_ms", list_deadline_ms},
                  {"document_deadline_ms", document_deadline_ms}});
  }

  json case_of(const json& credential) const {
    return scenario().cases_of(credential.at("person").get<std::string>()).front();
  }
  // For steps an account with a code by e-mail; else one whose case has documents and money.
  json account_for(const std::string& op) const {
    const bool step = op == "challenge" || op == "resend";
    const auto found = scenario().credential([&](const json& one) {
      const json its_case = case_of(one);
      if (step) return one.value("otp", json()) == "email";
      return one.value("otp", json()).is_null() && one.value("securityQuestion", json()).is_null() &&
             !scenario().list(its_case, "documents").empty() &&
             !scenario().list(its_case, "payments").empty();
    });
    if (!found) throw std::runtime_error("the scenario has no such account");
    return *found;
  }

  std::string performed(const Call& call, const json& account, const SecretBytes& session) {
    if (call.op == "login") return outcome_of(begin(account));
    if (call.op == "logout") return outcome_of(adapter().auth_end(context(), session));
    if (call.op == "cases") return outcome_of(adapter().list_cases(context(), session));
    if (call.op == "profile") return outcome_of(adapter().read_profile(context(), session));
    const json its_case = case_of(account);
    if (call.op == "document_content") {
      const auto key = scenario().list(its_case, "documents").front().at("id").get<std::string>();
      return outcome_of(
          adapter().read_document(context(), session, its_case.at("caseNumber").get<std::string>(), key));
    }
    const auto answer = read_one(session, its_case, *call.dataset);
    const auto* trouble = std::get_if<Trouble>(&answer.answer);
    return trouble == nullptr ? "ok" : std::string(trouble->row().name);
  }

  void run(const FaultRow& row, const Call& call) {
    SCOPED_TRACE(call.op + " " + row.kind + " " + row.params);
    simulator().post("/control/reset", json::object());
    side().clock().set(now());
    const json account = account_for(call.op);
    const bool step = call.op == "challenge" || call.op == "resend";
    std::string told;
    if (step) {
      const auto asked = begin(account);
      const auto& challenge = std::get<model::AuthChallenge>(conformance::step_of(asked));
      const std::string code = latest_code(account.at("person").get<std::string>());
      advance(30);
      add_fault(call.op, row.kind, json::parse(row.params));
      told = outcome_of(call.op == "resend" ? resend(challenge) : answer(challenge, code));
    } else {
      const SignedIn in = sign_in(account);
      simulator().post("/control/reset", {{"calls", true}});
      add_fault(call.op, row.kind, json::parse(row.params));
      told = performed(call, account, in.done.session);
    }
    EXPECT_EQ(told, row.outcome);
    EXPECT_GT(simulator().get("/control/faults").at("faults").at(0).at("hits"), 0);
    if (row.times_asked == 0) return;
    EXPECT_EQ(calls(call.op).size(), static_cast<std::size_t>(row.times_asked));
  }
  void run_group(const char* group) {
    int rows = 0;
    for (const FaultRow& row : texas_rows) {
      if (std::string(row.calls_of) != group) continue;
      ++rows;
      for (const Call& call : calls_in(group)) run(row, call);
    }
    EXPECT_GT(rows, 0);
  }
};

TEST_P(TexasFaults, sign_in_ends_as_the_table_says) { run_group("login"); }
TEST_P(TexasFaults, second_step_ends_as_the_table_says) { run_group("step"); }
TEST_P(TexasFaults, sign_out_ends_as_the_table_says) { run_group("logout"); }
TEST_P(TexasFaults, lists_end_as_the_table_says) { run_group("list"); }
TEST_P(TexasFaults, money_ends_as_the_table_says) { run_group("money"); }
TEST_P(TexasFaults, pages_end_as_the_table_says) { run_group("pages"); }
TEST_P(TexasFaults, payments_end_as_the_table_says) { run_group("payments"); }
TEST_P(TexasFaults, document_ends_as_the_table_says) { run_group("document"); }
TEST(TexasFaultTable, HasEveryKindOfTheDocument) { EXPECT_EQ(kinds_in(texas_rows), texas_kinds); }

INSTANTIATE_TEST_SUITE_P(Table, TexasFaults, ::testing::Values(testing::Simulator::Carrier::tls));

}  // namespace
}  // namespace casebridge::fault
