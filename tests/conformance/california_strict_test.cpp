// What the California portal must not get away with: CA-02, CA-06, CA-07, CA-11, CA-15, CA-17, CA-18.
#include "plugins/california_connect/datasets.hpp"
#include "tests/conformance/california_suite.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;

class CaliforniaStrict : public CaliforniaSuite {
 protected:
  TroubleCode code_of(const SecretBytes& session, Dataset dataset) {
    const auto content = read(session, first_case(account()), {dataset});
    if (!content) return content.error().code;
    const auto* trouble = std::get_if<Trouble>(&content->datasets.at(0).answer);
    return trouble == nullptr ? TroubleCode::internal : trouble->code;
  }
};

TEST_P(CaliforniaStrict, CA_02_broken_markup_is_refused_whole) {
  const json one = account();
  for (const char* kind : {"markup_c", "dup_label"}) {
    clear_faults();
    const SecretBytes session = sign_in(one);
    add_fault("summary", kind);
    for (const Dataset dataset : {Dataset::cases, Dataset::orders, Dataset::balances})
      EXPECT_EQ(code_of(session, dataset), TroubleCode::source_changed) << kind;
  }
  use_markup("C");
  const SecretBytes session = sign_in(one);
  EXPECT_EQ(code_of(session, Dataset::balances), TroubleCode::source_changed);
}

TEST_P(CaliforniaStrict, CA_02_missing_anchor_is_refused_whole) {
  const std::string page =
      "<!DOCTYPE html><html lang=\"en\"><head><title>x</title></head><body id=\"cc-sum\"><table class=\"kv\">"
      "<tr><th>Case Number:</th><td>2000012345678</td></tr></table><table id=\"bal\"><tr><th>Balance "
      "Type</th>"
      "<th>Amount</th><th>As Of</th></tr><tr><td>Interest</td><td>$ 5.00</td><td>03/14/2026</td></tr></table>"
      "</body></html>";
  sdk::HttpResponse answered;
  answered.status = 200;
  answered.headers = {{"Content-Type", "text/html; charset=utf-8"}};
  answered.body = page;
  const auto opened = california_connect::open_page(std::move(answered), now());
  ASSERT_TRUE(opened);
  california_connect::Reading reading;
  (void)california_connect::read_summary(*opened, "2000012345678", "CA", reading);
  EXPECT_FALSE(reading.followed());
}

TEST_P(CaliforniaStrict, changed_markup_is_read_when_it_is_the_other_known_one) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  add_fault("*", "drift");
  for (const Dataset dataset : portal_datasets)
    EXPECT_EQ(read_facts(session, first_case(one), dataset),
              expected(first_case(one), person_of(one), dataset))
        << model::name_of(dataset);
}

TEST_P(CaliforniaStrict, CA_06_login_or_expiry_page_in_place_of_data_is_the_end_of_the_session) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"expired_page", "login_page_instead"})
    for (const char* op : {"home", "summary", "payments", "documents", "appointments", "contacts"}) {
      SCOPED_TRACE(std::string(op) + " " + kind);
      clear_faults();
      add_fault(op, kind);
      if (std::string(op) == "home") {
        const auto listed = adapter().list_cases(context(), session);
        ASSERT_FALSE(listed);
        EXPECT_EQ(listed.error().code, TroubleCode::source_session_ended);
        continue;
      }
      const auto content =
          read(session, first_case(one),
               {Dataset::cases, Dataset::payments, Dataset::documents, Dataset::events, Dataset::contacts});
      ASSERT_FALSE(content);
      EXPECT_EQ(content.error().code, TroubleCode::source_session_ended);
    }
  clear_faults();
  advance(scenario().option("idleSeconds", 600));
  EXPECT_EQ(code_of(session, Dataset::balances), TroubleCode::source_session_ended);
  EXPECT_EQ(code_of(session, Dataset::balances), TroubleCode::source_session_ended);
}

TEST_P(CaliforniaStrict, CA_07_maintenance_page_tells_when_it_ends) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"maint_page", "maintenance"}) {
    clear_faults();
    add_fault("*", kind, {{"untilSeconds", 1800}});
    const auto closed = adapter().list_cases(context(), session);
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().code, TroubleCode::source_maintenance) << kind;
    EXPECT_EQ(closed.error().retry_at, now() + std::chrono::seconds{1800}) << kind;
  }
}

TEST_P(CaliforniaStrict, CA_11_redirects_leave_neither_the_portal_nor_their_bound) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"redirect_offsite", "redirect_loop"}) {
    clear_faults();
    add_fault("home", kind);
    const std::size_t before = calls("home").size();
    const auto listed = adapter().list_cases(context(), session);
    ASSERT_FALSE(listed);
    EXPECT_EQ(listed.error().code, TroubleCode::source_changed) << kind;
    EXPECT_LE(calls("home").size() - before, 6U) << kind;
    clear_faults();
    add_fault("login", kind);
    ASSERT_FALSE(begin(one)) << kind;
  }
}

TEST_P(CaliforniaStrict, CA_15_paging_that_leads_back_is_refused_and_nothing_is_doubled) {
  const json one = account();
  use(with_more_payments(one, 25));
  for (const char* markup : {"A", "B"}) {
    use_markup(markup);
    const SecretBytes session = sign_in(one);
    const Facts right = expected(first_case(one), person_of(one), Dataset::payments);
    EXPECT_EQ(read_facts(session, first_case(one), Dataset::payments), right);
    add_fault("payments", "duplicate_page", json::object(), 0, 1);
    EXPECT_EQ(read_facts(session, first_case(one), Dataset::payments), right) << markup;
  }
  use_markup("A");
  const SecretBytes session = sign_in(one);
  add_fault("payments", "next_loop");
  EXPECT_EQ(code_of(session, Dataset::payments), TroubleCode::source_changed);
  EXPECT_LE(calls("payments").size(), 2U);
}

TEST_P(CaliforniaStrict, CA_17_page_that_was_cut_or_spoilt_tells_no_amount) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"truncated_html", "truncate_clean", "malformed", "wrong_content_type",
                           "empty_body", "latin1", "huge_page", "oversize"}) {
    clear_faults();
    add_fault("summary", kind);
    if (std::string(kind) == "latin1") continue;  // an English page of plain names has the same octets
    EXPECT_EQ(code_of(session, Dataset::balances), TroubleCode::source_changed) << kind;
  }
  clear_faults();
  const SecretBytes spanish = sign_in(one, "es");
  add_fault("summary", "latin1");
  EXPECT_EQ(code_of(spanish, Dataset::balances), TroubleCode::source_changed);
}

TEST_P(CaliforniaStrict, answer_that_was_lost_is_asked_for_once_more) {
  const json one = account();
  const SecretBytes session = sign_in(one);
  for (const char* kind : {"lost_answer", "reset", "truncate"}) {
    clear_faults();
    add_fault("summary", kind, json::object(), 0, 1);
    EXPECT_EQ(read_facts(session, first_case(one), Dataset::balances),
              expected(first_case(one), person_of(one), Dataset::balances))
        << kind;
  }
  clear_faults();
  add_fault("summary", "http_status", {{"status", 500}});
  const std::size_t before = calls("summary").size();
  EXPECT_EQ(code_of(session, Dataset::balances), TroubleCode::source_unavailable);
  EXPECT_EQ(calls("summary").size() - before, 1U);
}

TEST_P(CaliforniaStrict, case_of_somebody_else_is_not_there) {
  const SecretBytes session = sign_in(account());
  const auto refused = read(session, {{"caseNumber", "2000099999999"}}, {Dataset::balances});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::source_not_found);
}

TEST_P(CaliforniaStrict, CA_18_nothing_secret_is_in_logs_or_errors) {
  const json one = account();
  ASSERT_FALSE(begin(text(one, "participantId"), "000000"));
  const SecretBytes session = sign_in(one);
  add_fault("summary", "markup_c");
  const auto refused = read_one(session, first_case(one), Dataset::balances);
  (void)read_one(session, first_case(one), Dataset::payments);
  const std::string log = side().log_text();
  ASSERT_FALSE(log.empty());
  for (const std::string& secret :
       {text(one, "pin"), text(one, "participantId"), std::string(session.reveal()), std::string("CCSESSION"),
        std::string("__cct")}) {
    EXPECT_EQ(log.find(secret), std::string::npos);
    EXPECT_EQ(trouble_of(refused).detail.find(secret), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(California, CaliforniaStrict,
                         ::testing::Values(Simulator::Carrier::tls, Simulator::Carrier::plain), carrier_name);

}  // namespace
}  // namespace casebridge::conformance
