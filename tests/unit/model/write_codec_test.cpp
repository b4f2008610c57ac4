// Orders and receipts survive the way to the adapter and back; what is not an order is refused with its
// place.
#include "core/model/write_codec.hpp"

#include <gtest/gtest.h>

#include "tests/unit/model/sample_orders.hpp"

namespace casebridge::model {
namespace {

TEST(WriteCodec, BringsEveryOrderAcross) {
  for (const WriteOrder& order : sample::one_order_of_each()) {
    const SecretBytes json = encode(order);
    const auto again = decode_order(operation_of(order), json.reveal());
    ASSERT_TRUE(again) << operation_of(order) << again.error().detail;
    EXPECT_EQ(again->index(), order.index());
    EXPECT_EQ(encode(*again).reveal(), json.reveal()) << operation_of(order);
    EXPECT_TRUE(is_write(operation_of(order)));
  }
}

TEST(WriteCodec, KeepsWhatWasTyped) {
  const auto orders = sample::one_order_of_each();
  const auto payment = decode_order("payment.create", encode(orders[1]).reveal());
  ASSERT_TRUE(payment);
  const auto& order = std::get<PaymentOrder>(*payment);
  EXPECT_EQ(order.amount.cents, 12500);
  EXPECT_EQ(order.method_token.reveal(), "vt_1");
  EXPECT_EQ(order.accepted_fee->cents, 255);
  const auto upload = decode_order("document.upload", encode(orders[7]).reveal());
  EXPECT_EQ(std::get<DocumentUpload>(*upload).content.reveal(), "%PDF");
}

TEST(WriteCodec, BringsAnswersAcross) {
  const auto receipt = decode_receipt(encode(sample::a_receipt()));
  ASSERT_TRUE(receipt) << receipt.error().detail;
  EXPECT_EQ(encode(*receipt), encode(sample::a_receipt()));
  const auto options = decode_payment_options(encode(sample::some_options()));
  ASSERT_TRUE(options) << options.error().detail;
  EXPECT_EQ(encode(*options), encode(sample::some_options()));
  EXPECT_EQ(options->plans.at(0).frequency.raw, "FORTNIGHT");
  const auto recovery = decode_recovery_query(encode(sample::a_recovery()).reveal());
  ASSERT_TRUE(recovery);
  EXPECT_EQ(recovery->fields.at("participant_id").reveal(), "0100200300400");
}

TEST(WriteCodec, RefusesWhatIsNone) {
  EXPECT_FALSE(is_write("case.list"));
  EXPECT_FALSE(decode_order("case.list", "{}"));
  const auto wrong = decode_order("message.send", R"({"write_id":"x","case_key":"7"})");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().field, "/thread_key");
  const auto state = decode_receipt(
      R"({"key":"","state":"great","confirmation":"","url":"","thread_key":"","upstream_text":""})");
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().field, "/state");
}

}  // namespace
}  // namespace casebridge::model
