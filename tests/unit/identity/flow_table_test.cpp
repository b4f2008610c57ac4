// The table of flows: every kind has a first step, every step a form, every text a translation.
#include "core/identity/flow_table.hpp"

#include <gtest/gtest.h>

#include "core/base/messages.hpp"
#include "core/identity/flow_data.hpp"
#include "tests/support/places.hpp"

namespace casebridge::identity {
namespace {

TEST(FlowTable, EveryKindBeginsWithAForm) {
  for (const char* kind :
       {"registration", "sign_in", "verify_email", "change_password", "step_up", "add_totp", "remove_totp",
        "add_passkey", "recovery_codes", "reset_password", "unlock", "not_me", "lost_phone", "stop_hold",
        "delete_account", "add_address", "change_email", "revert_email"}) {
    const FlowKind* row = find_flow_kind(kind);
    ASSERT_NE(row, nullptr) << kind;
    EXPECT_FALSE(nodes_of(row->first_step).empty()) << kind;
  }
  EXPECT_EQ(find_flow_kind("recovery"), nullptr);
  EXPECT_TRUE(nodes_of("done").empty());
}

TEST(FlowTable, PasswordsAndCodesAreSecret) {
  for (const std::string& step : flow_steps())
    for (const FlowNode& node : nodes_of(step))
      EXPECT_EQ(node.secret,
                node.type == "password" || (node.name.ends_with("code") && node.type != "action"))
          << node.name;
}

TEST(FlowTable, EveryTextIsShipped) {
  const auto messages = Messages::load(casebridge::tests::in_source("config/messages"), {"en", "es"});
  ASSERT_TRUE(messages);
  EXPECT_TRUE(messages->require(flow_message_keys()));
}

TEST(FlowData, ComesBackAsItWasAndNothingElseDoes) {
  const auto back =
      read_flow_data(write_flow_data({"A@b.example", "a@b.example", "es", "sealed", 7, true, "offered"}));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->email, "A@b.example");
  EXPECT_EQ(back->canonical, "a@b.example");
  EXPECT_EQ(back->locale, "es");
  EXPECT_EQ(back->sealed_hash, "sealed");
  EXPECT_EQ(back->proved_version, 7);
  EXPECT_TRUE(back->second_factor);
  EXPECT_EQ(back->sealed_secret, "offered");
  for (const char* text : {"", "[]", "{", "{}", R"({"email":1,"canonical":"","locale":"","sealed_hash":""})"})
    EXPECT_FALSE(read_flow_data(text)) << text;
}

TEST(FlowData, OfAnOlderGatewayIsRead) {
  const auto back = read_flow_data(R"({"email":"a","canonical":"b","locale":"en","sealed_hash":""})");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->proved_version, 0);
  EXPECT_EQ(back->sealed_secret, "");
}

}  // namespace
}  // namespace casebridge::identity
