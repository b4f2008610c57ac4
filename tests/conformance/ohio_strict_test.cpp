// How strict Ohio's answers are read: OH-01 to OH-04, OH-07, OH-10, OH-13, OH-20.
#include <set>

#include "tests/conformance/ohio_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

class OhioStrict : public OhioSuite {
 protected:
  // An account whose case needs more than one line, made so if none is.
  json long_case() {
    json account = any_account();
    json document = scenario().document();
    for (json& one : document["cases"]) {
      if (one.at("caseNumber") != account.at("caseNumber")) continue;
      one["views"] = json::object();
      json some = one["payments"].empty() ? json() : one["payments"].front();
      if (some.is_null()) throw std::runtime_error("the case has no payment to repeat");
      for (int day = 1; day <= 12; ++day) {
        some["id"] = "MORE-" + std::to_string(day);
        some["status"] = "applied";
        some["source"] = "direct";
        some["amountCents"] = 1000 + day;
        one["payments"].push_back(some);
      }
    }
    use(document);
    return account;
  }
  void answer_with_jobs() {
    OhioManner manner = GetParam();
    manner.mode = "async";
    use_manner(manner);
  }
  void expect_drift(const OhioSession& in, const char* kind) {
    clear_faults();
    add_fault(answering_op(), kind);
    EXPECT_EQ(trouble_of(read_one(in, Dataset::payments)).code, TroubleCode::source_changed) << kind;
    EXPECT_EQ(trouble_of(read_one(in, Dataset::orders)).code, TroubleCode::source_changed) << kind;
  }
  void expect_tolerated(const OhioSession& in, const char* kind) {
    clear_faults();
    add_fault(answering_op(), kind);
    EXPECT_NO_THROW(records_of(read_one(in, Dataset::orders))) << kind;
  }
};

TEST_P(OhioStrict, OH_01_requests_are_taken_in_the_code_page_of_the_system) {
  const OhioSession in = sign_in(any_account());
  const std::vector<Dataset> all(std::begin(model::all_datasets), std::end(model::all_datasets));
  ASSERT_TRUE(read(in.done.session, in.credential.at("caseNumber").get<std::string>(), all));
  EXPECT_EQ(calls("csenet").size(), 3U);
  for (const json& call : calls("csenet")) EXPECT_EQ(call.at("status"), is_asynchronous() ? 202 : 200);
  // In the other code page the system would not have taken them.
  const bool ascii = scenario().option("codePage", std::string("ascii")) == "ascii";
  use_settings({{"code_page", ascii ? "cp037" : "ascii"}});
  const auto refused = begin(in.credential);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::adapter_fault);
}

TEST_P(OhioStrict, OH_02_line_of_another_length_or_a_wrong_counter_rejects_the_whole_answer) {
  const OhioSession in = sign_in(long_case());
  for (const char* kind : {"short_line", "long_line", "bad_counter", "malformed", "truncate_clean"})
    expect_drift(in, kind);
}

TEST_P(OhioStrict, OH_03_carriage_return_and_missing_last_end_pass_and_cut_blanks_do_not) {
  const OhioSession in = sign_in(any_account());
  for (const char* kind : {"trailing_cr", "no_newline"}) expect_tolerated(in, kind);
  expect_drift(in, "rstrip_line");
}

TEST_P(OhioStrict, OH_04_the_form_of_amounts_that_is_not_set_is_refused) {
  json account = any_account();
  json document = scenario().document();
  for (json& one : document["cases"]) {
    if (one.at("caseNumber") != account.at("caseNumber")) continue;
    one["views"] = json::object();
    for (json& line : one["balances"])
      if (line.at("bucket") == "total_arrears") line["amountCents"] = -5000;
  }
  use(document);
  const OhioSession in = sign_in(account);
  const auto told = read_one(in, Dataset::balances);
  bool seen = false;
  for (const auto& line : list_of<model::BalanceLine>(told)) seen = seen || line.amount.cents == -5000;
  EXPECT_TRUE(seen);
  add_fault(answering_op(), "other_sign");
  EXPECT_EQ(trouble_of(read_one(in, Dataset::balances)).code, TroubleCode::source_changed);
  clear_faults();
  add_fault(answering_op(), "bad_amount");
  EXPECT_EQ(trouble_of(read_one(in, Dataset::balances)).code, TroubleCode::source_changed);
}

TEST_P(OhioStrict, OH_07_lines_of_a_long_answer_are_joined_and_must_be_complete_and_in_order) {
  const OhioSession in = sign_in(long_case());
  const std::size_t expected = ohio_collections(view(in.credential)).size();
  ASSERT_GT(expected, 9U);
  const auto whole = read_one(in, Dataset::payments);
  EXPECT_EQ(list_of<model::Payment>(whole).size(), expected + ohio_memos(view(in.credential)).size());
  for (const char* kind : {"cont_missing", "cont_order", "dup_serial", "duplicate_page"})
    expect_drift(in, kind);
}

TEST_P(OhioStrict, answer_of_another_kind_state_or_version_is_refused) {
  const OhioSession in = sign_in(any_account());
  for (const char* kind : {"drift", "swap_local_other", "unknown_reason", "wrong_codepage"})
    expect_drift(in, kind);
  // The letter has a meaning in cp037 and none in ASCII.
  if (scenario().option("codePage", std::string("ascii")) == "ascii")
    expect_drift(in, "latin1");
  else
    expect_tolerated(in, "latin1");
  expect_tolerated(in, "leading_zero_case");
}

TEST_P(OhioStrict, inbox_ignores_repeated_serial_numbers) {
  const OhioSession in = sign_in(any_account());
  const Facts once = facts_of(records_of(read_one(in, Dataset::enforcement)));
  add_fault("inbox", "duplicate_page");
  EXPECT_EQ(facts_of(records_of(read_one(in, Dataset::enforcement))), once);
}

TEST_P(OhioStrict, OH_10_after_a_lost_answer_the_same_octets_are_sent_again) {
  const OhioSession in = sign_in(any_account());
  for (const char* kind : {"lost_answer", "reset"}) {
    clear_faults();
    simulator().post("/control/reset", {{"calls", true}});
    add_fault("csenet", kind, json::object(), 0, 1);
    EXPECT_NO_THROW(records_of(read_one(in, Dataset::orders))) << kind;
    ASSERT_EQ(calls("csenet").size(), 2U) << kind;
    EXPECT_EQ(calls("csenet")[0].at("bodySha256"), calls("csenet")[1].at("bodySha256")) << kind;
  }
  clear_faults();
  simulator().post("/control/reset", {{"calls", true}});
  add_fault("csenet", "lost_answer");
  EXPECT_EQ(trouble_of(read_one(in, Dataset::orders)).code, TroubleCode::source_unavailable);
  std::set<json> bodies;
  for (const json& call : calls("csenet")) bodies.insert(call.at("bodySha256"));
  EXPECT_EQ(calls("csenet").size(), 2U);
  EXPECT_EQ(bodies.size(), 1U);
}

TEST_P(OhioStrict, OH_13_job_is_polled_no_faster_than_asked_and_twenty_times_at_most) {
  answer_with_jobs();
  const OhioSession in = sign_in(any_account());
  const std::string number = in.credential.at("caseNumber").get<std::string>();
  const model::CaseReadQuery query{number, {Dataset::orders}};
  auto first = adapter().read_case(context(), in.done.session, query);
  ASSERT_TRUE(first);
  const auto& pending = std::get<model::Pending>(*first);
  const std::chrono::seconds pause{scenario().option("asyncDelaySeconds", 30)};
  EXPECT_GE(pending.not_before, side().clock().now() + pause);
  EXPECT_LE(pending.not_before, side().clock().now() + pause + std::chrono::seconds{1});
  // Called too early, the adapter waits on without a poll.
  auto call = context();
  call.resume = &pending.resume;
  const auto early = adapter().read_case(call, in.done.session, query);
  ASSERT_TRUE(early);
  EXPECT_TRUE(std::holds_alternative<model::Pending>(*early));
  EXPECT_TRUE(calls("job").empty());

  add_fault("job", "job_never");
  const auto given_up = read(in.done.session, number, {Dataset::orders});
  ASSERT_FALSE(given_up);
  EXPECT_EQ(given_up.error().code, TroubleCode::source_timeout);
  EXPECT_EQ(calls("job").size(), 20U);
  for (std::size_t i = 1; i < calls("job").size(); ++i)
    EXPECT_GE(*parse_instant(calls("job")[i].at("at").get<std::string>()),
              *parse_instant(calls("job")[i - 1].at("at").get<std::string>()) + std::chrono::seconds{1});
}

TEST_P(OhioStrict, job_that_the_state_has_lost_is_not_found) {
  answer_with_jobs();
  const OhioSession in = sign_in(any_account());
  add_fault("job", "job_lost");
  EXPECT_EQ(trouble_of(read_one(in, Dataset::orders)).code, TroubleCode::source_not_found);
}

TEST_P(OhioStrict, OH_20_words_of_the_mainframe_are_an_error_and_never_shown) {
  const OhioSession in = sign_in(any_account());
  std::vector<Trouble> seen;
  for (const std::string& op : {answering_op(), std::string("inbox")}) {
    clear_faults();
    add_fault(op, "abend");
    seen.push_back(trouble_of(read_one(in, op == "inbox" ? Dataset::enforcement : Dataset::orders)));
  }
  clear_faults();
  add_fault("auth", "abend");
  const auto refused = begin(in.credential);
  ASSERT_FALSE(refused);
  seen.push_back(refused.error());
  for (const Trouble& trouble : seen) {
    EXPECT_EQ(trouble.code, TroubleCode::source_unavailable);
    EXPECT_EQ(trouble.detail.find("DFHAC"), std::string::npos);
  }
  EXPECT_EQ(side().log_text().find("DFHAC"), std::string::npos);
}

TEST_P(OhioStrict, closed_busy_or_ended_is_told_as_such) {
  const OhioSession in = sign_in(any_account());
  use_settings(json::object());
  add_fault("csenet", "maintenance", {{"untilSeconds", 1800}});
  const auto closed = trouble_of(read_one(in, Dataset::orders));
  EXPECT_EQ(closed.code, TroubleCode::source_maintenance);
  EXPECT_EQ(closed.retry_at, now() + std::chrono::seconds{1800});
  side().clock().advance(std::chrono::seconds{1800});
  clear_faults();
  add_fault("csenet", "rate_limit", {{"retryAfter", 45}});
  const auto busy = trouble_of(read_one(in, Dataset::orders));
  EXPECT_EQ(busy.code, TroubleCode::source_rate_limited);
  EXPECT_EQ(busy.retry_at, now() + std::chrono::seconds{45});
  clear_faults();
  add_fault("csenet", "expire_session", json::object(), 0, 1);
  const auto ended = read(in.done.session, in.credential.at("caseNumber").get<std::string>(),
                          {Dataset::orders, Dataset::balances});
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, TroubleCode::source_session_ended);
}

INSTANTIATE_TEST_SUITE_P(Ohio, OhioStrict, ::testing::ValuesIn(ohio_manners), manner_name);

}  // namespace
}  // namespace casebridge::conformance
