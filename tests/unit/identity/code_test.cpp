// Codes by mail: how often, how long, and in which flow they work.
#include <atomic>
#include <thread>

#include "tests/unit/identity/flow_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;

class CodeTest : public testing::FlowWorld {
 protected:
  Result<FlowView> enter(const FlowView& view, const std::string& code) {
    return submit(view, fields({{"code", code}}));
  }
  static std::string wrong(const std::string& code) { return code == "00000000" ? "11111111" : "00000000"; }
};

TEST_F(CodeTest, WorksWithTheBlanksPeopleType) {
  const FlowView view = begin_registration("parent@mail.example");
  std::string code = read_mail().at(0).code();
  code.insert(4, " - ");
  EXPECT_TRUE(enter(view, code)->done);
}

TEST_F(CodeTest, FiveWrongTriesEndIt) {
  FlowView view = begin_registration("parent@mail.example");
  const std::string code = read_mail().at(0).code();
  for (int left = 4; left >= 1; --left) {
    view = *enter(view, wrong(code));
    EXPECT_EQ(view.refusal->code, TroubleCode::code_refused);
    EXPECT_EQ(view.refusal->attempts_left, left);
  }
  view = *enter(view, wrong(code));
  EXPECT_EQ(view.refusal->code, TroubleCode::code_expired);
  view = *enter(view, code);
  EXPECT_EQ(view.refusal->code, TroubleCode::code_expired);
  EXPECT_FALSE(account_of("parent@mail.example")->email_verified_at);
}

TEST_F(CodeTest, WorksForTenMinutes) {
  FlowView view = begin_registration("parent@mail.example");
  const std::string code = read_mail().at(0).code();
  clock_.advance(std::chrono::minutes{10});
  view = *enter(view, code);
  EXPECT_EQ(view.refusal->code, TroubleCode::code_expired);
}

TEST_F(CodeTest, ANewOneVoidsTheOldAndComesThirtySecondsLater) {
  FlowView view = begin_registration("parent@mail.example");
  const std::string old_code = read_mail().at(0).code();
  const auto early = submit(view, fields({{"resend", "yes"}}));
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, TroubleCode::resend_too_early);
  EXPECT_EQ(early.error().retry_at, clock_.now() + std::chrono::seconds{30});
  clock_.advance(std::chrono::seconds{30});
  view = *submit(view, fields({{"resend", "yes"}}));
  EXPECT_EQ(view.messages.at(0).key, "flow.code.sent");
  const std::string new_code = read_mail().at(0).code();
  ASSERT_NE(new_code, old_code);
  view = *enter(view, old_code);
  EXPECT_TRUE(view.refusal);
  EXPECT_TRUE(enter(view, new_code)->done);
}

TEST_F(CodeTest, AtMostFiveMailsAnHour) {
  FlowView view = begin_registration("parent@mail.example");
  for (int i = 0; i < 4; ++i) {
    clock_.advance(std::chrono::minutes{1});
    view = *submit(view, fields({{"resend", "yes"}}));
  }
  clock_.advance(std::chrono::minutes{1});
  EXPECT_EQ(submit(view, fields({{"resend", "yes"}})).error().code, TroubleCode::rate_limited);
  const auto elsewhere =
      submit(start("registration"), fields({{"email", "parent@mail.example"}, {"password", good_password}}));
  EXPECT_EQ(elsewhere.error().code, TroubleCode::rate_limited);
  EXPECT_EQ(read_mail().size(), 5U);
}

TEST_F(CodeTest, TenTriesAnHourOverAllFlowsOfAnAddress) {
  int tried = 0;
  for (int flow = 0; flow < 4; ++flow) {
    clock_.advance(std::chrono::minutes{2});
    FlowView view = begin_registration("parent@mail.example");
    for (int i = 0; i < 5; ++i) {
      auto answer = enter(view, wrong(read_mail().empty() ? "x" : "00000000"));
      if (!answer) {
        EXPECT_EQ(answer.error().code, TroubleCode::rate_limited);
        continue;
      }
      ++tried;
      view = std::move(*answer);
    }
  }
  EXPECT_EQ(tried, 10);
}

TEST_F(CodeTest, IsGoodForOneOfManyAtOnce) {
  const FlowView view = begin_registration("parent@mail.example");
  const std::string code = read_mail().at(0).code();
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      const auto answer = enter(view, code);
      if (answer && answer->done) ++done;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, 1);
}

TEST_F(CodeTest, ReadingTheFlowConsumesNothing) {
  const FlowView view = begin_registration("parent@mail.example");
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(flows_->read(view.id.text(), {}));
  EXPECT_TRUE(enter(view, read_mail().at(0).code())->done);
}

TEST_F(CodeTest, AnExpiredFlowSaysSo) {
  const FlowView view = begin_registration("parent@mail.example");
  clock_.advance(std::chrono::hours{1});
  EXPECT_EQ(enter(view, "00000000").error().code, TroubleCode::flow_expired);
  EXPECT_EQ(flows_->read(view.id.text(), {}).error().code, TroubleCode::flow_expired);
  EXPECT_EQ(flows_->read("flw_nonsense", {}).error().code, TroubleCode::flow_not_found);
  EXPECT_EQ(flows_->read(FlowId::make(clock_.now()).text(), {}).error().code, TroubleCode::flow_not_found);
}

}  // namespace
}  // namespace casebridge::identity
