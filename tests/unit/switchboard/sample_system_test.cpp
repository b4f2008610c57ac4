// The sample adapter, loaded as a plugin and run against a small local server: every way through the
// switchboard.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/switchboard/switchboard.hpp"
#include "tests/support/byte_server.hpp"
#include "tests/support/places.hpp"
#include "tests/support/state_folder.hpp"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;
using model::Dataset;
using testing::http_answer;
using testing::Reply;

constexpr const char* settings = "    settings: {base_path: /api}\n";

Reply tiny_system(const std::string& request) {
  const auto is = [&](const char* line) { return request.starts_with(line); };
  if (is("POST /api/login")) {
    const bool right = request.find(R"({"name":"pat","password":"Blue-Harbor7!"})") != std::string::npos;
    return {right ? http_answer(200, R"({"token":"t0k","member":"M1"})") : http_answer(401, "{}")};
  }
  if (request.find("Authorization: Bearer t0k\r\n") == std::string::npos) return {http_answer(401, "{}")};
  if (is("POST /api/logout")) return {"HTTP/1.1 204 X\r\n\r\n"};
  if (is("GET /api/cases/A1/balances"))
    return {http_answer(
        200, R"({"balances":[{"kind":"OWED","amount":"1200.50"},{"kind":"ODD","amount":"0.00"}]})")};
  if (is("GET /api/cases/A2/balances"))
    return {http_answer(200, R"({"balances":[{"kind":"OWED","amount":12.5}]})")};
  if (is("GET /api/cases HTTP")) return {http_answer(200, R"({"cases":["A1","A2"]})")};
  return {http_answer(404, "{}")};
}

class SampleSystem : public ::testing::Test {
 protected:
  std::unique_ptr<ports::Systems> open(const testing::StateFolder& states,
                                       std::vector<std::string> overrides = {}) {
    SwitchboardOptions options;
    options.states_folder = states.path();
    options.plugins_folder = casebridge::tests::in_build("plugins");
    options.schemas_folder = casebridge::tests::in_source("schemas");
    options.override_files = std::move(overrides);
    options.grace = 100ms;
    options.breaker = {.failures_max = 3, .window = 60s, .rest = 60s};
    auto opened = open_switchboard(options, clock_, Log{});
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }
  static ports::CallContext context() { return {Deadline{3s}, "req_1"}; }
  static model::AuthBegin credentials(std::string_view password) {
    model::AuthBegin begin;
    begin.credential_kind = "username_password";
    begin.fields.emplace("user_name", SecretBytes::copy_of("pat"));
    begin.fields.emplace("password", SecretBytes::copy_of(password));
    return begin;
  }

  ManualClock clock_{*parse_instant("2026-03-16T14:00:00Z")};
  testing::ByteServer server_{tiny_system};
  testing::StateFolder states_{{{"tx-one", "sample", server_.origin(), settings}}};
  SecretBytes session_ = SecretBytes::copy_of("t0k");
};

TEST_F(SampleSystem, SignsInReadsAndSignsOut) {
  const auto systems = open(states_);
  auto* adapter = systems->adapter("tx-one");
  ASSERT_NE(adapter, nullptr);
  auto step = adapter->auth_begin(context(), credentials("Blue-Harbor7!"));
  ASSERT_TRUE(step) << step.error().detail;
  auto& done = std::get<model::AuthDone>(std::get<model::AuthStep>(*step));
  EXPECT_EQ(done.session.reveal(), "t0k");
  EXPECT_EQ(done.subject_key, "M1");

  const auto list = adapter->list_cases(context(), done.session);
  ASSERT_TRUE(list);
  ASSERT_EQ(std::get<model::CaseList>(*list).cases.size(), 2U);
  EXPECT_EQ(std::get<model::CaseList>(*list).cases[1].key, "A2");

  const auto read = adapter->read_case(context(), done.session, {"A1", {Dataset::balances, Dataset::orders}});
  ASSERT_TRUE(read) << read.error().detail;
  const auto& datasets = std::get<model::CaseContent>(*read).datasets;
  ASSERT_EQ(datasets.size(), 2U);
  const auto& records = std::get<model::DatasetContent>(datasets[0].answer).records;
  const auto& lines = std::get<std::vector<model::BalanceLine>>(records);
  EXPECT_EQ(lines.at(0).amount.cents, 120050);
  EXPECT_EQ(lines.at(1).bucket, model::Coded<model::Bucket>::unrecognised("ODD"));
  EXPECT_TRUE(std::holds_alternative<model::Unsupported>(datasets[1].answer));
  EXPECT_TRUE(adapter->auth_end(context(), done.session));
}

TEST_F(SampleSystem, TellsAWrongPassword) {
  const auto systems = open(states_);
  const auto step = systems->adapter("tx-one")->auth_begin(context(), credentials("wrong"));
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().code, TroubleCode::credential_refused);
  EXPECT_EQ(step.error().detail.find("wrong"), std::string::npos);
}

TEST_F(SampleSystem, TellsAnEndedSession) {
  const auto systems = open(states_);
  const auto list = systems->adapter("tx-one")->list_cases(context(), SecretBytes::copy_of("old"));
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, TroubleCode::source_session_ended);
  EXPECT_TRUE(systems->adapter("tx-one")->auth_end(context(), SecretBytes::copy_of("old")));
}

TEST_F(SampleSystem, DoesNotGuessAboutMoney) {
  const auto systems = open(states_);
  const auto read = systems->adapter("tx-one")->read_case(context(), session_, {"A2", {Dataset::balances}});
  ASSERT_TRUE(read);
  const auto& answer = std::get<model::CaseContent>(*read).datasets.at(0).answer;
  EXPECT_EQ(std::get<Trouble>(answer).code, TroubleCode::source_changed);
}

TEST_F(SampleSystem, SaysWhatItDoesNotSupport) {
  const auto systems = open(states_);
  const auto profile = systems->adapter("tx-one")->read_profile(context(), session_);
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().code, TroubleCode::not_supported);
  const auto document = systems->adapter("tx-one")->read_document(context(), session_, "A1", "d1");
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, TroubleCode::not_supported);
}

TEST_F(SampleSystem, ShowsItsSystemsAndTheirHealth) {
  const auto systems = open(states_);
  const auto* info = systems->find("tx-one");
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(info->jurisdiction, "us-tx");
  EXPECT_EQ(info->adapter_version, "1.0.0");
  EXPECT_EQ(info->form.fields.size(), 2U);
  EXPECT_FALSE(info->vaulted_allowed);
  EXPECT_EQ(systems->jurisdictions().at(0).systems, std::vector<std::string>{"tx-one"});
  EXPECT_EQ(systems->find("tx-two"), nullptr);
  EXPECT_EQ(systems->adapter("tx-two"), nullptr);
  EXPECT_TRUE(systems->adapter("tx-one")->list_cases(context(), session_));
  const auto health = systems->health();
  ASSERT_EQ(health.size(), 1U);
  EXPECT_EQ(health[0].state, "ready");
  ASSERT_EQ(health[0].operations.size(), 1U);
  EXPECT_EQ(health[0].operations[0].operation, "case.list");
  EXPECT_EQ(health[0].operations[0].succeeded, 1);
  EXPECT_EQ(health[0].operations[0].last_success, clock_.now());
}

TEST_F(SampleSystem, GivesASilentSystemARest) {
  const auto systems = open(states_);
  server_.stop();
  for (int i = 0; i < 3; ++i) {
    const auto list = systems->adapter("tx-one")->list_cases(context(), session_);
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().code, TroubleCode::source_unavailable);
    EXPECT_FALSE(list.error().retry_at);
  }
  const auto rested = systems->adapter("tx-one")->list_cases(context(), session_);
  ASSERT_FALSE(rested);
  EXPECT_TRUE(rested.error().retry_at);
  EXPECT_EQ(systems->health()[0].state, "resting");
  // Other operations have breakers of their own.
  const auto read = systems->adapter("tx-one")->read_case(context(), session_, {"A1", {Dataset::balances}});
  ASSERT_TRUE(read);
}

TEST_F(SampleSystem, KnowsThatAnAnnouncedSilenceIsMaintenance) {
  const testing::StateFolder states{
      {{"tx-one", "sample", server_.origin(),
        std::string(settings) + "    maintenance: [{day: monday, from: \"08:00\", to: \"10:00\"}]\n"}}};
  const auto systems = open(states);
  server_.stop();
  const auto list = systems->adapter("tx-one")->list_cases(context(), session_);
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, TroubleCode::source_maintenance);
  EXPECT_EQ(list.error().retry_at, parse_instant("2026-03-16T15:00:00Z"));
  EXPECT_EQ(systems->health()[0].maintenance_until, parse_instant("2026-03-16T15:00:00Z"));
  clock_.set(*parse_instant("2026-03-16T15:00:00Z"));
  const auto later = systems->adapter("tx-one")->list_cases(context(), session_);
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().code, TroubleCode::source_unavailable);
}

TEST_F(SampleSystem, EndsAtTheDeadlineOfTheCall) {
  testing::ByteServer slow(
      [](const std::string&) { return Reply{.octets = http_answer(200, "{}"), .before = 900ms}; });
  const testing::StateFolder states{{{"tx-one", "sample", slow.origin(), settings}}};
  const auto systems = open(states);
  const auto start = std::chrono::steady_clock::now();
  const auto list = systems->adapter("tx-one")->list_cases({Deadline{200ms}, "req_1"}, session_);
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, TroubleCode::source_timeout);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 600ms);
}

TEST_F(SampleSystem, IsMovedByAnOverride) {
  const testing::StateFolder states{{{"tx-one", "sample", "http://127.0.0.1:1", settings}}};
  const auto file =
      states.write("override.yaml", "systems:\n  tx-one: {origins: ['" + server_.origin() + "']}\n");
  const auto systems = open(states, {file});
  EXPECT_TRUE(systems->adapter("tx-one")->list_cases(context(), session_));
}

// What open_switchboard makes of a system written in this way: why it was refused.
class RefusedSystem : public SampleSystem {
 protected:
  std::string reason(const std::string& origin, const std::string& more,
                     const std::string& adapter = "sample") {
    const testing::StateFolder states{
        {{"tx-odd", adapter, origin, more}, {"tx-one", "sample", server_.origin(), settings}}};
    const auto systems = open(states);
    const auto list = systems->adapter("tx-odd")->list_cases(context(), session_);
    EXPECT_FALSE(list);
    EXPECT_EQ(list.error().code, TroubleCode::adapter_fault);
    EXPECT_TRUE(systems->adapter("tx-one")->list_cases(context(), session_));
    const auto health = systems->health();
    EXPECT_EQ(health.at(0).state, "refused");
    EXPECT_EQ(health.at(1).state, "ready");
    return health.at(0).reason;
  }
};

TEST_F(RefusedSystem, NamesTheReasonAndLeavesTheOthersAlone) {
  EXPECT_EQ(reason("http://10.0.0.1", settings),
            "plain HTTP is for loopback addresses, with allow_plaintext");
  EXPECT_EQ(reason("ftp://127.0.0.1", settings), "an origin of this system is not scheme, host and port");
  EXPECT_EQ(reason(server_.origin(), "    settings: {base_path: 7}\n"),
            "the settings do not follow the manifest at /base_path");
  EXPECT_NE(reason(server_.origin(), "    settings: {base_path: /a, colour: red}\n")
                .find("the settings do not follow"),
            std::string::npos);
  EXPECT_EQ(reason(server_.origin(), std::string(settings) + "    ca: /nowhere/ca.pem\n"),
            "the CA file holds no readable certificates");
  EXPECT_EQ(reason(server_.origin(), std::string(settings) + "    secrets: {k: /nowhere/k}\n"),
            "a secret file of this system cannot be read");
  EXPECT_NE(reason(server_.origin(), settings, "no_such_adapter").find("manifest.yaml"), std::string::npos);
}

TEST_F(SampleSystem, WrongFilesOfOursAreNamedByFileLineAndKey) {
  const auto complaint = [&](const testing::StateFolder& states, std::vector<std::string> overrides) {
    SwitchboardOptions options;
    options.states_folder = states.path();
    options.plugins_folder = casebridge::tests::in_build("plugins");
    options.schemas_folder = casebridge::tests::in_source("schemas");
    options.override_files = std::move(overrides);
    const auto opened = open_switchboard(options, clock_, Log{});
    return opened ? std::string("none") : opened.error().detail;
  };
  const testing::StateFolder zone{{{"tx-one", "sample", "http://127.0.0.1:1", "    color: red\n"}}};
  EXPECT_NE(complaint(zone, {}).find("systems.yaml:10: systems[0].color: "), std::string::npos)
      << complaint(zone, {});
  const auto unknown = states_.write("o.yaml", "systems:\n  tx-none: {origins: []}\n");
  EXPECT_NE(complaint(states_, {unknown}).find("o.yaml:2: systems.tx-none: "), std::string::npos)
      << complaint(states_, {unknown});
  const testing::StateFolder twice{{{"tx-one", "sample", "http://127.0.0.1:1", settings},
                                    {"tx-one", "sample", "http://127.0.0.1:1", settings}}};
  EXPECT_NE(complaint(twice, {}).find("used twice"), std::string::npos);
}

}  // namespace
}  // namespace casebridge::switchboard
