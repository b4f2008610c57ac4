// When Texas is slow, closed, busy or forgetful: TX-06 to TX-10, TX-16, and which calls are made again.
#include <set>

#include "tests/conformance/texas_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

class TexasTrouble : public TexasSuite {
 protected:
  // The case with most payments, in a Texas that shows two of them on a page.
  struct Paged {
    json credential;
    json one_case;
    Facts expected;
    std::size_t pages = 0;
  };
  Paged many_pages() {
    json document = scenario().document();
    document["systems"]["tx-icop"]["options"]["pageSize"] = page_size;
    use(document);
    Paged most;
    (void)scenario().credential([&](const json& credential) {
      const auto person = credential.at("person").get<std::string>();
      for (const json& one : scenario().cases_of(person)) {
        Facts facts = expected_facts(view(one, person), Dataset::payments);
        if (facts.size() > most.expected.size()) most = {credential, one, std::move(facts), 0};
      }
      return false;
    });
    most.pages = (most.expected.size() + page_size - 1) / page_size;
    return most;
  }
  static constexpr std::size_t page_size = 2;
};

TEST_P(TexasTrouble, TX_06_pages_are_followed_to_their_end) {
  const Paged paged = many_pages();
  if (paged.pages < 2) GTEST_SKIP() << "no case with more than one page of payments";
  const SignedIn in = sign_in(paged.credential);
  EXPECT_EQ(facts_of(records_of(read_one(in.done.session, paged.one_case, Dataset::payments))),
            paged.expected);
  EXPECT_EQ(calls("payments").size(), paged.pages);
  for (const char* kind : {"duplicate_page", "empty_page_with_token"}) {
    simulator().post("/control/faults", {{"clear", true}});
    add_fault("payments", kind, json::object(), 0, 1);
    EXPECT_EQ(facts_of(records_of(read_one(in.done.session, paged.one_case, Dataset::payments))),
              paged.expected)
        << kind;
  }
}

TEST_P(TexasTrouble, TX_06_token_that_repeats_stops_the_reading) {
  const Paged paged = many_pages();
  if (paged.pages < 2) GTEST_SKIP() << "no case with more than one page of payments";
  const SignedIn in = sign_in(paged.credential);
  add_fault("payments", "page_loop");
  EXPECT_EQ(trouble_of(read_one(in.done.session, paged.one_case, Dataset::payments)).code,
            TroubleCode::source_changed);
  EXPECT_LE(calls("payments").size(), 3U);
}

TEST_P(TexasTrouble, TX_07_lost_page_token_starts_over_once_without_duplicates) {
  const Paged paged = many_pages();
  if (paged.pages < 2) GTEST_SKIP() << "no case with more than one page of payments";
  const SignedIn in = sign_in(paged.credential);
  add_fault("payments", "page_token_expired", json::object(), 1, 1);
  EXPECT_EQ(facts_of(records_of(read_one(in.done.session, paged.one_case, Dataset::payments))),
            paged.expected);
  EXPECT_EQ(calls("payments").size(), 2 + paged.pages);
  simulator().post("/control/faults", {{"clear", true}});
  add_fault("payments", "page_token_expired", json::object(), 1);
  const std::size_t before = calls("payments").size();
  EXPECT_NO_THROW(trouble_of(read_one(in.done.session, paged.one_case, Dataset::payments)));
  EXPECT_LE(calls("payments").size() - before, 4U);
}

TEST_P(TexasTrouble, TX_08_session_that_ends_in_the_middle_is_told_and_not_renewed) {
  const SignedIn in = sign_in();
  const json one = scenario().cases_of(in.person()).front();
  add_fault("balances", "expire_session", json::object(), 0, 1);
  const auto refused = read(in.done.session, one, {Dataset::cases, Dataset::balances, Dataset::orders});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_session_ended);
  EXPECT_EQ(calls("login").size(), 1U);
  EXPECT_EQ(calls("case").size(), 1U);
  EXPECT_TRUE(calls("orders").empty());
}

TEST_P(TexasTrouble, TX_09_maintenance_page_tells_when_it_ends_and_shows_no_html) {
  const SignedIn in = sign_in();
  add_fault("*", "maintenance", {{"untilSeconds", 1800}});
  // A clock of ours that is wrong changes nothing: the time is counted from the state's own.
  side().clock().advance(std::chrono::hours{5});
  const auto listed = adapter().list_cases(context(), in.done.session);
  const auto login = begin(in.credential);
  ASSERT_FALSE(listed);
  ASSERT_FALSE(login);
  for (const Trouble& trouble : {listed.error(), login.error()}) {
    EXPECT_EQ(trouble.code, TroubleCode::source_maintenance);
    EXPECT_EQ(trouble.retry_at, now() + std::chrono::seconds{1800});
    EXPECT_EQ(trouble.detail.find('<'), std::string::npos);
  }
  EXPECT_EQ(calls("cases").size(), 1U);
}

TEST_P(TexasTrouble, TX_10_rate_limit_tells_when_it_ends_and_is_not_tried_again) {
  const SignedIn in = sign_in();
  const json one = scenario().cases_of(in.person()).front();
  add_fault("orders", "rate_limit", {{"retryAfter", 45}});
  const auto content = read(in.done.session, one, {Dataset::cases, Dataset::orders, Dataset::balances});
  ASSERT_TRUE(content);
  EXPECT_NO_THROW(records_of(content->datasets[0]));
  for (std::size_t i = 1; i < 3; ++i) {
    EXPECT_EQ(trouble_of(content->datasets[i]).code, TroubleCode::source_rate_limited);
    EXPECT_EQ(trouble_of(content->datasets[i]).retry_at, now() + std::chrono::seconds{45});
  }
  EXPECT_EQ(calls("orders").size(), 1U);
  EXPECT_TRUE(calls("balances").empty());
}

TEST_P(TexasTrouble, TX_16_nothing_secret_is_in_logs_or_errors) {
  std::set<std::string> secrets;
  std::string said;
  (void)scenario().credential([&](const json& credential) {
    const auto user = credential.at("username").get<std::string>();
    const auto password = credential.at("password").get<std::string>();
    secrets.insert({user, password, "Not-The-Word-99"});
    secrets.insert(
        scenario().person(credential.at("person").get<std::string>()).at("ssn").get<std::string>());
    if (!credential.value("securityQuestion", json()).is_null())
      secrets.insert(credential.at("securityQuestion").at("answer").get<std::string>());
    const auto refused = begin(user, "Not-The-Word-99");
    if (!refused) said += refused.error().detail + refused.error().field;
    const SignedIn in = sign_in(credential);
    secrets.insert(std::string(in.done.session.reveal()));
    const auto codes = simulator().outbox("tx-icop", in.person(), "code");
    for (const json& message : codes) secrets.insert(message.at("code").get<std::string>());
    const json one = scenario().cases_of(in.person()).front();
    add_fault("balances", "drift");
    const auto content = read(in.done.session, one, {Dataset::cases, Dataset::balances, Dataset::contacts});
    if (content)
      for (const auto& answer : content->datasets)
        if (const auto* trouble = std::get_if<Trouble>(&answer.answer))
          said += trouble->detail + trouble->field;
    return secrets.size() > 12;
  });
  said += side().log_text();
  EXPECT_NE(said.find("switchboard.call"), std::string::npos);
  for (const std::string& secret : secrets) EXPECT_EQ(said.find(secret), std::string::npos);
}

TEST_P(TexasTrouble, read_is_made_again_once_after_a_broken_connection_or_a_short_absence) {
  const SignedIn in = sign_in();
  const std::pair<const char*, json> faults[] = {{"reset", json::object()},
                                                 {"truncate", json::object()},
                                                 {"lost_answer", json::object()},
                                                 {"http_status", {{"status", 502}}},
                                                 {"http_status", {{"status", 504}}}};
  for (const auto& [kind, params] : faults) {
    simulator().post("/control/faults", {{"clear", true}});
    simulator().post("/control/reset", {{"calls", true}});
    add_fault("cases", kind, params, 0, 1);
    EXPECT_TRUE(adapter().list_cases(context(), in.done.session)) << kind;
    EXPECT_EQ(calls("cases").size(), 2U) << kind;
  }
  simulator().post("/control/faults", {{"clear", true}});
  simulator().post("/control/reset", {{"calls", true}});
  add_fault("cases", "http_status", {{"status", 502}});
  const auto refused = adapter().list_cases(context(), in.done.session);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_unavailable);
  EXPECT_EQ(calls("cases").size(), 2U);
}

TEST_P(TexasTrouble, read_is_not_made_again_when_the_state_names_a_time_or_says_nothing) {
  const SignedIn in = sign_in();
  use_settings({{"list_deadline_ms", 300}});
  add_fault("cases", "http_status", {{"status", 503}, {"retryAfter", 60}}, 0, 1);
  const auto later = adapter().list_cases(context(), in.done.session);
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().code, TroubleCode::source_unavailable);
  EXPECT_EQ(later.error().retry_at, now() + std::chrono::seconds{60});
  EXPECT_EQ(calls("cases").size(), 1U);
  simulator().post("/control/faults", {{"clear", true}});
  add_fault("cases", "hang");
  const auto silent = adapter().list_cases(context(), in.done.session);
  ASSERT_FALSE(silent);
  EXPECT_EQ(silent.error().code, TroubleCode::source_timeout);
  EXPECT_EQ(calls("cases").size(), 2U);
}

std::string carrier_name(const ::testing::TestParamInfo<Simulator::Carrier>& carrier) {
  return carrier.param == Simulator::Carrier::tls ? "tls" : "plain";
}
INSTANTIATE_TEST_SUITE_P(Texas, TexasTrouble,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
