// FrontWorld: the whole front over real flows, use cases, vault and database, with scripted states. No
// sockets: requests go to the dispatcher as the connection would hand them over, and every answer is checked.
#pragma once

#include <nlohmann/json.hpp>

#include "core/http/dispatcher.hpp"
#include "tests/http/answer_schemas.hpp"
#include "tests/support/sample_case.hpp"
#include "tests/support/scripted_systems.hpp"
#include "tests/unit/identity/flow_world.hpp"

namespace casebridge::tests {

struct Answer {
  int status = 0;
  nlohmann::json body;  // null when it is not JSON
  std::string text;
  http::Response response{500};
  std::string code() const { return body.value("code", ""); }
  std::string etag() const { return std::string(response.field("etag")); }
};

// How a request is made, beyond its method, target and body.
struct With {
  std::string bearer{};
  std::string cookie{};
  std::string csrf{};
  std::string key{};  // Idempotency-Key; empty: a fresh one for each request
  std::vector<std::pair<std::string, std::string>> fields{};
  bool loopback = true;
};

class FrontWorld : public identity::testing::FlowWorld {
 protected:
  void SetUp() override;
  void TearDown() override;

  Answer ask(http::Method method, const std::string& target, const std::string& body = "",
             const With& with = {});
  Answer get(const std::string& target, const With& with = {}) {
    return ask(http::Method::get, target, "", with);
  }
  Answer post(const std::string& target, const nlohmann::json& body, const With& with = {}) {
    return ask(http::Method::post, target, body.dump(), with);
  }
  Answer remove(const std::string& target, const With& with = {}) {
    return ask(http::Method::del, target, "", with);
  }
  http::UseCases use_cases();  // they refer to this world
  // Registers and signs in through the API; bearer transport.
  With signed_in(const std::string& email = "priya@example.com");
  // Starts a flow, submits the fields.
  Answer step(const Answer& flow, const nlohmann::json& fields, const With& with = {});
  Answer begin_link(const With& with, const std::string& custody = "session_only");
  Answer answer_credentials(const Answer& attempt, const With& with, const std::string& password = "Right-1");
  // One turn of an event stream that was opened: its events in order, each checked against its schema.
  struct Event {
    std::string name, id;
    nlohmann::json data;
  };
  struct Turn {
    std::vector<Event> events;
    std::string text;  // as it was sent
    bool more = false;
  };
  Turn next_turn(const Answer& opened, bool stopping = false);
  // A link at Texas with this case in it, synced.
  std::string linked(const With& with, const casebridge::testing::SampleCase& sample = {});
  void state_has(const casebridge::testing::SampleCase& sample);
  int run_jobs();

  AnswerSchemas schemas_;
  casebridge::testing::ScriptedSystems systems_;
  std::unique_ptr<desk::Desk> desk_;
  std::unique_ptr<desk::ReadLog> reads_;
  std::unique_ptr<http::Dispatcher> dispatcher_;
  // To be changed before SetUp.
  http::StreamSetting streams_{};
  const http::PageFiles* pages_ = nullptr;
  int keys_ = 0;

 private:
  void check(const http::Request& request, const Answer& answer);
};

}  // namespace casebridge::tests
