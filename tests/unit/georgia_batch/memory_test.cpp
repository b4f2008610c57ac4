// What the adapter keeps in the system's memory, also when another gateway writes at the same time.
#include <gtest/gtest.h>

#include "plugins/georgia_batch/case_shelf.hpp"
#include "plugins/georgia_batch/requests.hpp"
#include "plugins/georgia_batch/tries.hpp"
#include "tests/unit/georgia_batch/memory_host.hpp"

namespace casebridge::georgia_batch {
namespace {

constexpr const char* number = "700000001";

TEST(Tries, TwoGatewaysNeverCountTheSameTry) {
  MemoryHost host;
  const sdk::Call call = host.call();
  auto first = Tries::open(call, number);
  auto second = Tries::open(call, number);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->count(call, {"PIN-1"})->left, 4);
  const auto lost = second->count(call, {"PIN-1"});
  ASSERT_TRUE(lost.refused());
  EXPECT_EQ(lost.refusal().reason, "version_conflict");
  EXPECT_EQ(Tries::open(call, number)->count(call, {"PIN-1"})->left, 3);
}

TEST(Tries, RightTryIsGivenBackToEveryPinItWasCountedAgainst) {
  MemoryHost host;
  const sdk::Call call = host.call();
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(Tries::open(call, number)->count(call, {"PIN-1", "PIN-2"}));
  auto tries = Tries::open(call, number);
  ASSERT_EQ(tries->count(call, {"PIN-1", "PIN-2"})->left, 0);
  ASSERT_TRUE(tries->give_back(call, {"PIN-1", "PIN-2"}, "PIN-1"));
  auto later = Tries::open(call, number);
  EXPECT_FALSE(later->is_void("PIN-1"));
  EXPECT_FALSE(later->is_void("PIN-2"));
  EXPECT_FALSE(later->blocked_until(host.now));
  EXPECT_EQ(later->count(call, {"PIN-2"})->voided, std::vector<std::string>{"PIN-2"});
  EXPECT_EQ(Tries::open(call, number)->count(call, {"PIN-1"})->left, 4);
}

TEST(CaseShelf, LinkIsAddedThoughAnotherGatewayWasFaster) {
  MemoryHost host;
  const sdk::Call call = host.call();
  const CaseShelf shelf(call);
  host.before_put = [&] { ASSERT_TRUE(shelf.add_link(number, "other")); };
  ASSERT_TRUE(shelf.add_link(number, "mine"));
  const auto index = shelf.open(number);
  ASSERT_TRUE(index && *index);
  EXPECT_EQ((*index)->links, (std::vector<std::string>{"other", "mine"}));
}

Request enrolment() {
  Request made{"00000000-0000-4000-8000-000000000001", "ENROL", number, {}, {}, {}};
  made.parameters = {"Roe", "Max", "1984-10-21", "7743"};
  return made;
}

TEST(Requests, WhatWasAskedIsForgottenAfterFortyDaysWithoutAnAnswer) {
  MemoryHost host;
  const sdk::Call call = host.call();
  const Requests requests(call);
  ASSERT_TRUE(requests.add(enrolment()));
  host.now += std::chrono::days{39};
  ASSERT_TRUE(requests.repeat_unheard(1));
  EXPECT_NE(host.all_octets().find("1984-10-21"), std::string::npos);
  host.now += std::chrono::days{1};
  ASSERT_TRUE(requests.repeat_unheard(1));
  EXPECT_EQ(host.all_octets().find("1984-10-21"), std::string::npos);
  EXPECT_EQ(requests.find(enrolment().id).value()->state, "closed");
}

TEST(Requests, WhatWasAskedIsForgottenAsSoonAsTheStateHasHeardIt) {
  MemoryHost host;
  const sdk::Call call = host.call();
  const Requests requests(call);
  ASSERT_TRUE(requests.add(enrolment()));
  ASSERT_TRUE(requests.apply({{enrolment().id, "RECEIVED", "001", "GAC-1", "", "2026-03-17T06:00:00Z"}}));
  EXPECT_EQ(host.all_octets().find("1984-10-21"), std::string::npos);
  EXPECT_EQ(requests.find(enrolment().id).value()->code, "001");
}

}  // namespace
}  // namespace casebridge::georgia_batch
