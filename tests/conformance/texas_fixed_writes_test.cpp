// Answers to writes that no simulator gives: the real adapter against octets written by hand. TX-11, TX-12.
#include <gtest/gtest.h>

#include "tests/conformance/gateway_side.hpp"
#include "tests/support/byte_server.hpp"

namespace casebridge::conformance {
namespace {

using model::Receipt;
using testing::ByteServer;
using testing::http_answer;

const Instant noon = *parse_instant("2026-03-16T14:00:00Z");

constexpr const char* still_running =
    R"({"status": "ERROR", "error": {"code": "ICOP-3003", "message": "Wait."}})";
constexpr const char* sent = R"({"status": "OK", "messageId": "MSG-2", "threadId": "T1"})";

struct FixedAnswer {
  int status = 201;
  std::string body{};
};

// A state that gives these answers one after the other, the last one again and again.
class FixedTexas {
 public:
  explicit FixedTexas(std::vector<FixedAnswer> answers)
      : answers_(std::move(answers)),
        server_([this](const std::string&) {
          const FixedAnswer& next = answers_[std::min(given_++, answers_.size() - 1)];
          return testing::Reply{.octets = http_answer(next.status, next.body)};
        }),
        side_({"tx-icop", server_.origin()}, noon) {}

  ports::Answer<Receipt> perform(const model::WriteOrder& order) {
    return side_.adapter().perform_write({Deadline(std::chrono::seconds{30}), "req-fixed"},
                                         SecretBytes::copy_of(std::string(43, 'a')), order);
  }
  std::vector<std::string> requests() const { return server_.requests(); }

 private:
  std::vector<FixedAnswer> answers_;
  std::size_t given_ = 0;
  ByteServer server_;
  GatewaySide side_;
};

model::MessageOrder message() {
  model::MessageOrder order;
  order.write_id = "00000000-0000-4000-8000-000000000001";
  order.case_key = "0012345678";
  order.subject = "New employer";
  order.body = "I changed jobs.";
  return order;
}

model::PaymentOrder payment() {
  model::PaymentOrder order;
  order.write_id = "00000000-0000-4000-8000-000000000002";
  order.case_key = "0012345678";
  order.amount = model::Money{12500};
  order.return_url = "https://gateway.example/v1/return/abc123";
  return order;
}

std::string hosted(const std::string& state, const std::string& url) {
  return R"({"status": "OK", "paymentRequestId": "PR-1", "state": ")" + state + R"(", "hostedUrl": ")" + url +
         R"(", "expiresAt": "2026-03-16T14:30:00Z"})";
}

const Receipt& receipt_in(const ports::Answer<Receipt>& answer) {
  if (!answer) throw std::runtime_error("a write failed: " + std::string(answer.error().row().name));
  return std::get<Receipt>(*answer);
}

TEST(TexasFixedWrites, TX_11_order_that_is_still_worked_on_is_asked_for_again_later) {
  FixedTexas texas({{409, still_running}, {201, sent}});
  const auto first = texas.perform(message());
  ASSERT_TRUE(first);
  const auto* const pending = std::get_if<model::Pending>(&*first);
  ASSERT_NE(pending, nullptr);
  EXPECT_GE(pending->not_before, noon + std::chrono::seconds{2});
  EXPECT_EQ(receipt_in(texas.perform(message())).state, "taken");
  const auto requests = texas.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0], requests[1]);
}

TEST(TexasFixedWrites, TX_11_failing_server_is_asked_once_more_with_the_same_octets) {
  for (const int status : {500, 502, 504}) {
    FixedTexas texas({{status, "{}"}, {201, sent}});
    EXPECT_EQ(receipt_in(texas.perform(message())).state, "taken") << status;
    const auto requests = texas.requests();
    ASSERT_EQ(requests.size(), 2U) << status;
    EXPECT_EQ(requests[0], requests[1]) << status;
  }
}

TEST(TexasFixedWrites, TX_11_answer_without_the_number_of_what_was_made_leaves_it_unknown) {
  FixedTexas texas({{201, R"({"status": "OK", "threadId": "T1"})"}});
  EXPECT_EQ(receipt_in(texas.perform(message())).state, "unknown");
  EXPECT_EQ(texas.requests().size(), 2U);
}

TEST(TexasFixedWrites, request_id_that_was_used_for_something_else_is_a_fault_of_ours) {
  FixedTexas texas({{409, R"({"status": "ERROR", "error": {"code": "ICOP-3002", "message": "Used."}})"}});
  const auto refused = texas.perform(message());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, TroubleCode::adapter_fault);
  EXPECT_EQ(texas.requests().size(), 1U);
}

TEST(TexasFixedWrites, TX_12_state_of_a_payment_that_is_new_to_us_is_unknown_and_keeps_its_number) {
  FixedTexas texas({{201, hosted("ON_HOLD", "https://icop.test/hosted/x")}});
  const auto told = texas.perform(payment());
  EXPECT_EQ(receipt_in(told).state, "unknown");
  EXPECT_EQ(receipt_in(told).key, "PR-1");
  EXPECT_TRUE(receipt_in(told).url.empty());
}

TEST(TexasFixedWrites, address_that_is_no_page_is_not_passed_on) {
  for (const char* url :
       {"javascript:alert(1)", "ftp://icop.test/x", "https://icop.test/a b", "//icop.test/x"}) {
    FixedTexas texas({{201, hosted("CREATED", url)}});
    const auto told = texas.perform(payment());
    EXPECT_EQ(receipt_in(told).state, "unknown") << url;
    EXPECT_TRUE(receipt_in(told).url.empty()) << url;
  }
}

TEST(TexasFixedWrites, document_that_arrived_as_another_one_is_not_called_taken) {
  model::DocumentUpload order;
  order.write_id = "00000000-0000-4000-8000-000000000003";
  order.case_key = "0012345678";
  order.kind = "income";
  order.title = "Wage statement";
  order.file_name = "wages.pdf";
  order.media_type = "application/pdf";
  order.content = SecretBytes::copy_of("%PDF-1.4");
  FixedTexas texas(
      {{201, R"({"status": "OK", "docId": "UP-1", "sha256": ")" + std::string(64, '0') + R"("})"}});
  EXPECT_EQ(receipt_in(texas.perform(std::move(order))).state, "unknown");
}

}  // namespace
}  // namespace casebridge::conformance
