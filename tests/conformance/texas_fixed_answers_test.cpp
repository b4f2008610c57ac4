// Answers that no simulator gives: the real adapter against octets written by hand. TX-05, TX-06, TX-15.
#include <gtest/gtest.h>

#include "tests/conformance/gateway_side.hpp"
#include "tests/support/byte_server.hpp"

namespace casebridge::conformance {
namespace {

using model::Dataset;
using testing::ByteServer;
using testing::http_answer;

const Instant noon = *parse_instant("2026-03-16T14:00:00Z");

// A state that answers every request with what `body` makes of it.
class FixedTexas {
 public:
  explicit FixedTexas(std::function<std::string(const std::string& request)> body)
      : server_([body = std::move(body)](const std::string& request) {
          return testing::Reply{.octets = http_answer(200, body(request))};
        }),
        side_({"tx-icop", server_.origin()}, noon) {}

  model::DatasetAnswer read(Dataset dataset) {
    const SecretBytes session = SecretBytes::copy_of(std::string(43, 'a'));
    auto answered = side_.adapter().read_case({Deadline(std::chrono::seconds{30}), "req-fixed"}, session,
                                              {"0012345678", {dataset}});
    if (!answered) return {dataset, answered.error()};
    return std::move(std::get<model::CaseContent>(*answered).datasets.at(0));
  }
  std::size_t requests() const { return server_.requests().size(); }

 private:
  ByteServer server_;
  GatewaySide side_;
};

// The name of the trouble, or "content".
std::string end_of(const model::DatasetAnswer& answer) {
  const auto* trouble = std::get_if<Trouble>(&answer.answer);
  return trouble == nullptr ? "content" : std::string(trouble->row().name);
}

std::string balances_with(const std::string& amount) {
  return R"({"status": "OK", "balances": [
    {"bucket": "CURRENT", "amount": 650.0, "assignedTo": "FAMILY", "asOf": "03/01/2026", "isTotal": false},
    {"bucket": "ARR_FAM", "amount": )" +
         amount + R"(, "assignedTo": "FAMILY", "asOf": "03/01/2026", "isTotal": false}]})";
}

TEST(TexasFixedAnswers, TX_05_spellings_of_one_amount_are_the_same_cents) {
  std::string amount;
  FixedTexas texas([&](const std::string&) { return balances_with(amount); });
  for (const char* spelling : {R"("3,800.00")", "3800", "3800.0", R"("3800")"}) {
    amount = spelling;
    const auto answer = texas.read(Dataset::balances);
    ASSERT_EQ(end_of(answer), "content") << spelling;
    const auto& content = std::get<model::DatasetContent>(answer.answer);
    const auto& lines = std::get<std::vector<model::BalanceLine>>(content.records);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[1].amount.cents, 380000) << spelling;
  }
}

TEST(TexasFixedAnswers, TX_05_amount_of_another_form_leaves_no_balance_at_all) {
  std::string amount;
  FixedTexas texas([&](const std::string&) { return balances_with(amount); });
  for (const char* spelling : {R"("3,80.00")", R"("12.345")", "12.345", R"("$12.00")", "1e3", "null"}) {
    amount = spelling;
    EXPECT_EQ(end_of(texas.read(Dataset::balances)), "source_changed") << spelling;
  }
}

std::string payments_page(int number, const std::string& posted, const std::string& next) {
  return R"({"status": "OK", "totalCount": 1, "payments": [{"paymentId": "P)" + std::to_string(number) +
         R"(", "amount": 1, "collectionDate": "02/03/2026", "postedDate": )" + posted +
         R"(, "type": "CASH", "status": "APPLIED"}], "nextPageToken": )" + next + "}";
}

TEST(TexasFixedAnswers, TX_06_reading_stops_after_two_hundred_pages) {
  int last = 0, number = 0;
  FixedTexas texas([&](const std::string&) {
    ++number;
    return payments_page(number, "null", number == last ? "null" : "\"t" + std::to_string(number) + '"');
  });
  last = 200;
  const auto whole = texas.read(Dataset::payments);
  ASSERT_EQ(end_of(whole), "content");
  const auto& content = std::get<model::DatasetContent>(whole.answer);
  EXPECT_EQ(std::get<std::vector<model::Payment>>(content.records).size(), 200U);
  last = 201;
  number = 0;
  EXPECT_EQ(end_of(texas.read(Dataset::payments)), "source_changed");
  EXPECT_EQ(texas.requests(), 400U);
}

TEST(TexasFixedAnswers, TX_15_dates_are_absent_or_of_the_calendar) {
  std::string posted;
  FixedTexas texas([&](const std::string&) { return payments_page(1, posted, "null"); });
  for (const char* none : {R"("")", R"("00/00/0000")", "null"}) {
    posted = none;
    const auto answer = texas.read(Dataset::payments);
    ASSERT_EQ(end_of(answer), "content") << none;
    const auto& content = std::get<model::DatasetContent>(answer.answer);
    EXPECT_EQ(std::get<std::vector<model::Payment>>(content.records).at(0).posted.reason(), Missing::absent);
  }
  for (const char* wrong : {R"("02/30/2026")", R"("2026-02-03")", R"("13/01/2026")", "20260203"}) {
    posted = wrong;
    EXPECT_EQ(end_of(texas.read(Dataset::payments)), "source_changed") << wrong;
  }
}

TEST(TexasFixedAnswers, requests_are_worded_as_the_document_says) {
  std::string request;
  FixedTexas texas([&](const std::string& octets) {
    request = octets;
    return payments_page(1, "null", "null");
  });
  ASSERT_EQ(end_of(texas.read(Dataset::payments)), "content");
  EXPECT_TRUE(request.starts_with(
      "GET /icop/v1/cases/0012345678/payments?from=2024-03-16&to=2026-03-16 HTTP/1.1\r\n"))
      << request;
  for (const char* line : {"\r\nAccept: application/json\r\n", "\r\nX-Icop-Client: gw-test-1\r\n"})
    EXPECT_NE(request.find(line), std::string::npos) << line;
  EXPECT_NE(request.find("\r\nAuthorization: Bearer " + std::string(43, 'a') + "\r\n"), std::string::npos);
}

}  // namespace
}  // namespace casebridge::conformance
