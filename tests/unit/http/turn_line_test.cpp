// Who is let in, who goes first, and how a line recovers, by a clock that the test turns.
#include "core/http/turn_line.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>
#include <vector>

namespace casebridge::http {
namespace {

using namespace std::chrono_literals;
using enum TurnClass;

class Line : public testing::Test {
 protected:
  using Turns = TurnLine<int>;
  // Nobody is let in for being one of few, so that few requests show the rest.
  static TurnBounds bounds() {
    TurnBounds made;
    made.standing = {{5ms, 5ms, 100ms, 500ms}};
    made.few = 0;
    return made;
  }
  // Keeps the line filled with one guest and takes turns at this pace until the pace is known.
  void settle(std::chrono::microseconds pace) {
    for (int i = 0; i < 200; ++i) {
      line.enter(-1, read, now);
      if (i > 0) line.next(now);
      now += pace;
    }
    while (line.next(now)) now += pace;
  }
  int let_in(int many, TurnClass turn) {
    int in = 0;
    for (int i = 0; i < many; ++i) in += line.join(i, turn, now) ? 1 : 0;
    return in;
  }
  // A line that has not been empty for long, with nobody of the class asked about.
  void make_it_stand() {
    line.enter(-2, background, now);
    now += 101ms;
  }

  Turns::TimePoint now{1h};
  Turns line{bounds()};
};

TEST_F(Line, LetsABurstInUpToWhatIsThroughInTime) {
  settle(1ms);
  const int in = let_in(500, read);
  EXPECT_GE(in, 95);
  EXPECT_LE(in, 105);
}

TEST_F(Line, AsksForLessWaitingOnceItAlwaysStands) {
  settle(1ms);
  make_it_stand();
  const int in = let_in(500, read);
  EXPECT_GE(in, 4);
  EXPECT_LE(in, 6);
}

TEST_F(Line, GoesByTimeAndNotByLength) {
  settle(10us);
  make_it_stand();
  EXPECT_GE(let_in(2'000, read), 400);
}

TEST_F(Line, LessUrgentRequestsMayWaitLonger) {
  settle(1ms);
  make_it_stand();
  const int reads = let_in(500, read), sign_ins = let_in(500, sign_in);
  EXPECT_GT(sign_ins, 10 * reads);
}

TEST_F(Line, ReadsGoBeforeSignInsAndThoseBeforeBackgroundWork) {
  line.enter(1, background, now);
  line.enter(2, sign_in, now);
  line.enter(3, read, now);
  line.enter(4, probe, now);
  for (const int expected : {4, 3, 2, 1}) EXPECT_EQ(line.next(now), expected);
  EXPECT_EQ(line.next(now), std::nullopt);
}

TEST_F(Line, OfOneClassWhoCameFirstGoesFirst) {
  for (int i = 0; i < 5; ++i) line.enter(i, sign_in, now += 1ms);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(line.next(now), i);
}

TEST_F(Line, ReadsThatKeepComingDoNotStarveASignIn) {
  settle(1ms);
  make_it_stand();
  ASSERT_TRUE(line.join(1'000, sign_in, now));
  const auto joined = now;
  bool served = false;
  for (int i = 0; i < 500 && !served; ++i) {
    let_in(2, read);  // twice what can be served
    served = line.next(now) == 1'000;
    now += 1ms;
  }
  ASSERT_TRUE(served);
  EXPECT_GE(now - joined, 90ms);
  EXPECT_LE(now - joined, 110ms);
}

TEST_F(Line, WhoeverWasLetInHasATurn) {
  settle(1ms);
  int in = 0, out = 0;
  for (int i = 0; i < 1'000; ++i) {
    in += let_in(3, i % 3 == 0 ? sign_in : read);
    out += line.next(now) ? 1 : 0;
    now += 1ms;
  }
  while (line.next(now)) ++out;
  EXPECT_EQ(in, out);
  EXPECT_LT(in, 1'200);  // and most of the others were told so
}

TEST_F(Line, ReadsWaitNoLongerThanTheirBoundWhileTwiceAsManyCome) {
  settle(1ms);
  std::vector<Turns::TimePoint> since;
  std::chrono::nanoseconds longest{0};
  for (int i = 0; i < 2'000; ++i) {
    for (int twice = 0; twice < 2; ++twice) {
      const int ticket = static_cast<int>(since.size());
      if (line.join(ticket, read, now)) since.push_back(now);
    }
    const auto served = line.next(now);
    ASSERT_TRUE(served);
    if (i > 500)
      longest =
          std::max<std::chrono::nanoseconds>(longest, now - since.at(static_cast<std::size_t>(*served)));
    now += 1ms;
  }
  EXPECT_LE(longest, 8ms);
}

TEST_F(Line, WhenNoThreadComesBackTheFirstInLineTellsIt) {
  settle(10us);
  ASSERT_TRUE(line.join(1, read, now));
  now += 99ms;
  EXPECT_TRUE(line.join(2, read, now));
  now += 2ms;
  EXPECT_FALSE(line.join(3, read, now));
  EXPECT_TRUE(line.join(4, background, now));  // that has time
}

TEST_F(Line, AnEmptyLineLetsAnybodyInHoweverSlowItWas) {
  settle(900ms);
  EXPECT_TRUE(line.join(1, read, now));
  EXPECT_FALSE(line.join(2, read, now));
  EXPECT_EQ(line.next(now), 1);
  EXPECT_TRUE(line.join(2, read, now));
}

TEST_F(Line, LearnsANewPaceWithinSomeTurns) {
  settle(50ms);
  EXPECT_LE(let_in(100, read), 4);
  while (line.next(now)) now += 1ms;
  settle(1ms);
  now += 200ms;  // for then a burst is one again
  EXPECT_GE(let_in(500, read), 90);
}

TEST_F(Line, AStallDoesNotMakeASlowMachine) {
  settle(50us);
  make_it_stand();
  for (int i = 0; i < 20; ++i) line.enter(i, read, now);
  line.next(now);
  now += 60ms;
  line.next(now);
  EXPECT_GE(let_in(30, read), 30);
}

// Sixty clients that ask again as soon as they are answered, and a machine that is away for 2 ms now and
// then.
TEST(LineOfShortTurns, RefusesNobodyForStalls) {
  TurnLine<int> line;
  TurnLine<int>::TimePoint now{1h};
  for (int i = 0; i < 60; ++i) line.enter(i, read, now);
  int refused = 0;
  for (int i = 1; i < 20'000; ++i) {
    now += i % 300 == 0 || i % 300 == 5 ? 2ms : 25us;
    refused += line.next(now) && line.join(i, read, now) ? 0 : 1;
  }
  EXPECT_EQ(refused, 0);
}

TEST(LineOfShortTurns, IsNoLongerThanIsThroughInTenMilliseconds) {
  TurnLine<int> line;
  TurnLine<int>::TimePoint now{1h};
  for (int i = 0; i < 20'000; ++i, now += 25us) {
    while (line.join(i, read, now)) continue;
    line.next(now);
  }
  EXPECT_GE(line.size(), 380U);
  EXPECT_LE(line.size(), 420U);
}

TEST_F(Line, ThreadsThatComeBackTogetherAreAsSlowAsAllOfThem) {
  for (int batch = 0; batch < 100; ++batch) {
    for (int i = 0; i < 16; ++i) line.enter(-1, read, now);
    if (batch > 0)
      for (int i = 0; i < 16; ++i) line.next(now);
    now += 20ms;
  }
  while (line.next(now)) {
  }
  make_it_stand();
  const int in = let_in(500, read);
  EXPECT_GE(in, 2);  // a turn each 1.25 ms
  EXPECT_LE(in, 20);
}

TEST_F(Line, ProbesDoNotKeepReadsOutOfALineThatStands) {
  settle(1ms);
  make_it_stand();
  let_in(300, probe);
  EXPECT_GE(let_in(500, read), 4);
}

TEST_F(Line, ABurstIsOneAgainOnceNobodyWasRefusedForAWhile) {
  settle(1ms);
  let_in(500, read);
  while (line.next(now)) now += 1ms;
  EXPECT_LE(let_in(500, read), 6);
  while (line.next(now)) now += 1ms;
  now += 200ms;
  EXPECT_GE(let_in(500, read), 90);
}

TEST_F(Line, DoesNotTakeIdleTimeForASlowPace) {
  settle(1ms);
  for (int i = 0; i < 50; ++i) {
    now += 1h;
    line.enter(1, read, now);
    line.next(now);
  }
  EXPECT_GE(let_in(500, read), 90);
}

TEST_F(Line, ForgetsAPaceOfBadMomentsAlthoughNobodyStandsBehindAnother) {
  settle(900ms);
  for (int i = 0; i < 200; ++i) {
    line.enter(1, read, now);
    now += 1ms;
    line.next(now);
    now += 1ms;
  }
  now += 200ms;
  EXPECT_GE(let_in(500, read), 90);
}

TEST(LineOfFew, LetsThemInHoweverSlowTheMachineIs) {
  TurnLine<int> line;
  TurnLine<int>::TimePoint now{1h};
  for (int i = 0; i < 200; ++i) {
    line.enter(-1, read, now);
    if (i > 0) line.next(now);
    now += 500ms;
  }
  while (line.next(now)) now += 500ms;
  int in = 0;
  for (int i = 0; i < 20; ++i, now += 50ms) in += line.join(i, read, now) ? 1 : 0;
  EXPECT_EQ(in, 3);
}

TEST_F(Line, ProbesInTheirHundredsDoNotKeepReadsOut) {
  settle(1ms);
  EXPECT_EQ(let_in(500, probe), 8);
  EXPECT_TRUE(line.join(1, read, now));
}

TEST_F(Line, SomeProbesAreLetInWithoutAsking) {
  settle(900ms);
  make_it_stand();
  EXPECT_FALSE(line.join(1, read, now += 1s));
  EXPECT_EQ(let_in(100, probe), 8);
}

TEST(TurnClasses, AreTheRows) {
  const auto of = [](std::string_view operation) {
    for (const Route& route : routes())
      if (route.operation == operation) return turn_class_of(&route);
    ADD_FAILURE() << operation;
    return probe;
  };
  for (const char* one : {"readLive", "readReady", "readMetrics"}) EXPECT_EQ(of(one), probe) << one;
  for (const char* one : {"listCases", "listLedger", "readMe", "listJurisdictions", "readSync"})
    EXPECT_EQ(of(one), read) << one;
  for (const char* one : {"submitFlow", "startFlow", "readFlow", "answerChallenge", "unlink", "endSession"})
    EXPECT_EQ(of(one), sign_in) << one;
  for (const char* one : {"watchAccount", "syncLink"}) EXPECT_EQ(of(one), background) << one;
  EXPECT_EQ(turn_class_of(nullptr), read);
}

TEST(TurnClasses, LessUrgentOnesComeBackLater) {
  EXPECT_LT(retry_after(read), retry_after(sign_in));
  EXPECT_LT(retry_after(sign_in), retry_after(background));
  EXPECT_GE(retry_after(probe).count(), 1);
}

TEST(TurnClasses, AreCountedApart) {
  std::set<std::string_view> labels;
  for (const TurnClass one : {probe, read, sign_in, background}) labels.insert(refusal_label(one));
  EXPECT_EQ(labels.size(), 4U);
}

}  // namespace
}  // namespace casebridge::http
