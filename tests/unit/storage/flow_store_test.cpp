// Flows and one-time codes: a flow moves on once for each step, a code is used once.
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class FlowStoreTest : public StoreSuite {};
CASEBRIDGE_ON_BOTH_ENGINES(FlowStoreTest);

ports::Flow sample_flow() {
  ports::Flow flow{FlowId::make(at(0)),     "registration", "cookie", "credentials", 0, {}, {},
                   R"({"email":"a:b 'c'"})"};
  flow.created_at = at(0);
  flow.expires_at = at(600);
  return flow;
}

ports::OneTimeCode sample_code(const std::string& subject, const std::string& digest) {
  return {"verify_email", subject, digest, 1, 2, at(0), at(600)};
}

TEST_P(FlowStoreTest, GivesBackAFlowWithAndWithoutAccount) {
  auto flow = sample_flow();
  ASSERT_TRUE(write([&](auto& t) { return t.flows().insert(flow); }));
  auto found = read([&](auto& t) { return t.flows().find(flow.id); });
  ASSERT_TRUE(found && *found);
  EXPECT_FALSE((*found)->account);
  EXPECT_FALSE((*found)->session);
  EXPECT_EQ((*found)->data, R"({"email":"a:b 'c'"})");
  EXPECT_FALSE((*found)->done);

  flow.account = new_account("ana").id;
  flow.session = SessionId::make(at(0));
  flow.seq = 1;
  flow.done = true;
  ASSERT_TRUE(write([&](auto& t) { return t.flows().update(flow, 0); }));
  found = read([&](auto& t) { return t.flows().find(flow.id); });
  EXPECT_EQ((*found)->account, flow.account);
  EXPECT_EQ((*found)->session, flow.session);
  EXPECT_TRUE((*found)->done);
}

TEST_P(FlowStoreTest, TakesEachStepOnce) {
  auto flow = sample_flow();
  ASSERT_TRUE(write([&](auto& t) { return t.flows().insert(flow); }));
  flow.seq = 1;
  flow.step = "code";
  ASSERT_TRUE(write([&](auto& t) { return t.flows().update(flow, 0); }));
  flow.step = "other";
  const auto again = write([&](auto& t) { return t.flows().update(flow, 0); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, TroubleCode::version_conflict);
  EXPECT_EQ((*read([&](auto& t) { return t.flows().find(flow.id); }))->step, "code");
}

TEST_P(FlowStoreTest, PurgesExpiredFlowsAndCodes) {
  const auto old_flow = sample_flow();
  auto young_flow = sample_flow();
  young_flow.expires_at = at(1200);
  ASSERT_TRUE(write([&](auto& t) { return t.flows().insert(old_flow); }));
  ASSERT_TRUE(write([&](auto& t) { return t.flows().insert(young_flow); }));
  auto young_code = sample_code("somebody", "digest");
  young_code.expires_at = at(1200);
  ASSERT_TRUE(write([&](auto& t) { return t.codes().replace(sample_code("old", "digest")); }));
  ASSERT_TRUE(write([&](auto& t) { return t.codes().replace(young_code); }));
  EXPECT_EQ(*write([&](auto& t) { return t.flows().purge(at(601)); }), 1);
  EXPECT_FALSE(*read([&](auto& t) { return t.flows().find(old_flow.id); }));
  EXPECT_TRUE(*read([&](auto& t) { return t.flows().find(young_flow.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.codes().find("verify_email", "old"); }));
  EXPECT_TRUE(*read([&](auto& t) { return t.codes().find("verify_email", "somebody"); }));
}

TEST_P(FlowStoreTest, ANewCodeVoidsTheOlderOne) {
  ASSERT_TRUE(write([&](auto& t) { return t.codes().replace(sample_code("acc", "old")); }));
  ASSERT_TRUE(write([&](auto& t) { return t.codes().count_try("verify_email", "acc"); }));
  ASSERT_TRUE(write([&](auto& t) { return t.codes().replace(sample_code("acc", "new")); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.codes().consume("verify_email", "acc", "old"); }));
  const auto found = read([&](auto& t) { return t.codes().find("verify_email", "acc"); });
  EXPECT_EQ((*found)->digest, "new");
  EXPECT_EQ((*found)->tries_left, 2);
}

TEST_P(FlowStoreTest, ACodeIsConsumedOnceAndOnlyWhileTriesAreLeft) {
  ASSERT_TRUE(write([&](auto& t) { return t.codes().replace(sample_code("one", "digest")); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.codes().consume("sign_in", "one", "digest"); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.codes().consume("verify_email", "one", "digest"); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.codes().consume("verify_email", "one", "digest"); }));

  ASSERT_TRUE(write([&](auto& t) { return t.codes().replace(sample_code("two", "digest")); }));
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(write([&](auto& t) { return t.codes().count_try("verify_email", "two"); }));
  EXPECT_EQ((*read([&](auto& t) { return t.codes().find("verify_email", "two"); }))->tries_left, 0);
  EXPECT_FALSE(*write([&](auto& t) { return t.codes().consume("verify_email", "two", "digest"); }));
}

}  // namespace
}  // namespace casebridge::storage
