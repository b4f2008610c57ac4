// Every answer that passes here is checked: its schema, its problem shape, and the fields all answers carry.
#include "tests/http/front_world.hpp"

#include <map>

#include "core/base/text.hpp"
#include "core/desk/run_sync.hpp"
#include "core/desk/scheduler.hpp"
#include "core/http/request_id.hpp"
#include "core/http/router.hpp"
#include "core/http/session_cookie.hpp"

namespace casebridge::tests {

using nlohmann::json;

void FrontWorld::SetUp() {
  FlowWorld::SetUp();
  desk_ = std::make_unique<desk::Desk>(desk::Desk{*store_, systems_, *vault_, clock_, log_, *trail_, {}, {}});
  reads_ = std::make_unique<desk::ReadLog>(*store_, *trail_, clock_);
  dispatcher_ = std::make_unique<http::Dispatcher>(http::DispatcherParts{
      use_cases(), *messages_, clock_, log_, {}, pages_, streams_, "https://gateway.example"});
}

http::UseCases FrontWorld::use_cases() {
  return {*desk_,
          flows_->alerts(),
          desk::IdentifyCaller(*store_, clock_, {}),
          desk::ConfirmCaller(*store_, clock_),
          desk::StartFlow(*flows_),
          desk::ReadFlow(*flows_),
          desk::SubmitFlow(*flows_),
          desk::ReadMe(*store_),
          desk::ListSessions(*store_, clock_, {}),
          desk::EndSession(*store_, *trail_),
          desk::WatchAccount(*store_, clock_, {}),
          desk::ListPasskeys(*store_),
          desk::RenamePasskey(*store_),
          desk::RemovePasskey(*store_, *trail_, flows_->alerts(), clock_, identity::step_up_age_default),
          *reads_};
}

void FrontWorld::TearDown() {
  dispatcher_.reset();
  FlowWorld::TearDown();
}

Answer FrontWorld::ask(http::Method method, const std::string& target, const std::string& body,
                       const With& with) {
  http::Request request;
  request.head.method = method;
  request.head.path = target.substr(0, target.find('?'));
  if (target.find('?') != std::string::npos) request.head.query = target.substr(target.find('?') + 1);
  request.head.host = "gateway.example";
  request.peer = "127.0.0.1";
  request.peer_is_loopback = with.loopback;
  request.tls = true;
  request.body = body;
  request.request_id = http::request_id_of("");
  auto& fields = request.head.fields;
  if (!body.empty()) fields.emplace_back("content-type", "application/json");
  if (!with.bearer.empty()) fields.emplace_back("authorization", "Bearer " + with.bearer);
  if (!with.cookie.empty())
    fields.emplace_back("cookie", std::string(http::session_cookie_name) + "=" + with.cookie);
  if (!with.csrf.empty()) fields.emplace_back("x-csrf-token", with.csrf);
  fields.emplace_back("idempotency-key", with.key.empty() ? "test-key-" + std::to_string(++keys_) : with.key);
  fields.insert(fields.end(), with.fields.begin(), with.fields.end());

  Answer answer;
  answer.response = dispatcher_->handle(request);
  answer.status = answer.response.status();
  answer.text = answer.response.body();
  if (answer.response.field("content-type").find("json") != std::string_view::npos) {
    answer.body = json::parse(answer.text);
  }
  check(request, answer);
  return answer;
}

void FrontWorld::check(const http::Request& request, const Answer& answer) {
  SCOPED_TRACE(std::string(http::name_of(request.head.method)) + ' ' + request.head.path);
  EXPECT_EQ(answer.response.field("request-id"), request.request_id);
  EXPECT_EQ(answer.response.field("x-content-type-options"), "nosniff");
  EXPECT_NE(answer.response.field("content-security-policy").find("default-src 'none'"),
            std::string_view::npos);
  EXPECT_FALSE(answer.response.field("strict-transport-security").empty());
  EXPECT_FALSE(answer.response.field("cache-control").empty());
  if (answer.status >= 400) {
    if (request.head.path == "/health/ready") return;
    EXPECT_EQ(answer.response.field("content-type"), "application/problem+json");
    EXPECT_EQ(schemas_.mismatch("Problem", answer.body), "") << answer.text;
    EXPECT_EQ(answer.body.value("status", 0), answer.status);
    EXPECT_EQ(answer.body.value("type", ""), "urn:casebridge:problem:" + answer.code());
    EXPECT_FALSE(answer.body.value("user_message", "").empty()) << answer.code();
    EXPECT_EQ(answer.response.field("cache-control"), "no-store");
    return;
  }
  const http::Match match = http::find_route(http::routes(), request.head.method, request.head.path);
  if (match.route == nullptr) return;  // a file of the page
  if (match.route->response_schema.empty() || answer.status == 304) return;
  EXPECT_EQ(schemas_.mismatch(std::string(match.route->response_schema), answer.body), "") << answer.text;
}

Answer FrontWorld::step(const Answer& flow, const json& fields, const With& with) {
  return post("/v1/flows/" + flow.body.at("id").get<std::string>(),
              {{"seq", flow.body.at("seq")}, {"fields", fields}}, with);
}

With FrontWorld::signed_in(const std::string& email) {
  const json details{{"email", email}, {"password", identity::testing::good_password}};
  const Answer registering =
      step(post("/v1/flows", {{"kind", "registration"}, {"transport", "bearer"}}), details);
  const Answer verified = step(registering, {{"code", mailed_code()}});
  EXPECT_EQ(verified.status, 200) << verified.text;
  const Answer done = step(post("/v1/flows", {{"kind", "sign_in"}, {"transport", "bearer"}}), details);
  EXPECT_EQ(done.status, 200) << done.text;
  return {.bearer = done.body.at("session").at("token").get<std::string>()};
}

Answer FrontWorld::begin_link(const With& with, const std::string& custody) {
  return post("/v1/link-attempts", {{"mode", "create"}, {"system_id", "tx-icop"}, {"custody", custody}},
              with);
}

Answer FrontWorld::answer_credentials(const Answer& attempt, const With& with, const std::string& password) {
  const json& challenge = attempt.body.at("challenge");
  return post("/v1/link-attempts/" + attempt.body.at("id").get<std::string>() + "/challenges/" +
                  challenge.at("id").get<std::string>() + "/answer",
              {{"seq", challenge.at("seq")}, {"fields", {{"user_name", "priya.h"}, {"password", password}}}},
              with);
}

FrontWorld::Turn FrontWorld::next_turn(const Answer& opened, bool stopping) {
  static const std::map<std::string, std::string> schema_of{
      {"sync", "Sync"}, {"account", "AccountEvent"}, {"end", "EndEvent"}};
  Turn turn;
  turn.more = opened.response.stream()->next(turn.text, stopping);
  Event event;
  for (const std::string& line : text::split(turn.text, '\n')) {
    if (line.starts_with("event: ")) event.name = line.substr(7);
    if (line.starts_with("id: ")) event.id = line.substr(4);
    if (line.starts_with("data: ")) event.data = json::parse(line.substr(6));
    if (!line.empty() || event.name.empty()) continue;
    EXPECT_EQ(schemas_.mismatch(schema_of.at(event.name), event.data), "") << turn.text;
    turn.events.push_back(std::exchange(event, {}));
  }
  return turn;
}

void FrontWorld::state_has(const casebridge::testing::SampleCase& sample) {
  systems_.texas.next_list(
      [key = sample.key] { return ports::Answer<model::CaseList>(casebridge::testing::list_of({key})); });
  systems_.texas.next_read([sample](const model::CaseReadQuery&) {
    return ports::Answer<model::CaseContent>(casebridge::testing::content_of(sample));
  });
}

std::string FrontWorld::linked(const With& with, const casebridge::testing::SampleCase& sample) {
  const Instant idle_end = clock_.now() + std::chrono::minutes{15};
  systems_.texas.next_begin([idle_end] { return casebridge::testing::signed_in("person-1", idle_end); });
  const Answer done = answer_credentials(begin_link(with), with);
  EXPECT_EQ(done.status, 200) << done.text;
  state_has(sample);
  run_jobs();
  return done.body.at("link_id").get<std::string>();
}

int FrontWorld::run_jobs() {
  desk::Scheduler scheduler(*store_, clock_, log_, {});
  scheduler.handle(desk::job_sync, [this](const ports::Job& job) { return desk::run_sync(*desk_, job); });
  return scheduler.run_due();
}

}  // namespace casebridge::tests
