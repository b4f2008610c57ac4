// Shares of the front: taken, refused, given back.
#include "core/http/crowd.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace casebridge::http {
namespace {

using Room = Crowd::Room;

TEST(Crowd, AnAddressHasSoManyConnections) {
  Crowd crowd({.address_connections_max = 1});
  auto first = std::make_unique<Crowd::Member>(crowd);
  EXPECT_EQ(first->enter("198.51.100.7"), Room::yes);
  {
    Crowd::Member second(crowd), other(crowd);
    EXPECT_EQ(second.enter("198.51.100.7"), Room::none_for_address);
    EXPECT_EQ(other.enter("198.51.100.8"), Room::yes);
  }
  first.reset();
  Crowd::Member third(crowd);
  EXPECT_EQ(third.enter("198.51.100.7"), Room::yes);
}

TEST(Crowd, WhoeverHasA64HasAllOfIt) {
  Crowd crowd({.address_connections_max = 1});
  Crowd::Member first(crowd), second(crowd), other(crowd);
  EXPECT_EQ(first.enter("2001:db8::1"), Room::yes);
  EXPECT_EQ(second.enter("2001:db8::2"), Room::none_for_address);
  EXPECT_EQ(other.enter("2001:db8:0:1::1"), Room::yes);
}

TEST(Crowd, WhatHasNoAddressIsNotCountedByIt) {
  Crowd crowd({.address_connections_max = 1});
  for (const char* address : {"", "unix"}) {
    Crowd::Member first(crowd), second(crowd);
    EXPECT_EQ(first.enter(address), Room::yes);
    EXPECT_EQ(second.enter(address), Room::yes);
  }
}

TEST(Crowd, HalfReadRequestsAreBoundedForAnAddressAndInAll) {
  Crowd crowd({.half_read_max = 2, .address_half_read_max = 1});
  Crowd::Member one(crowd), same(crowd), two(crowd), three(crowd);
  one.enter("198.51.100.1");
  same.enter("198.51.100.1");
  two.enter("198.51.100.2");
  three.enter("198.51.100.3");
  EXPECT_EQ(one.begin_half(), Room::yes);
  EXPECT_EQ(one.begin_half(), Room::yes);
  EXPECT_EQ(same.begin_half(), Room::none_for_address);
  EXPECT_EQ(two.begin_half(), Room::yes);
  EXPECT_EQ(three.begin_half(), Room::none);
  one.end_half();
  one.end_half();
  EXPECT_EQ(crowd.half_read(), 1);
  EXPECT_EQ(three.begin_half(), Room::yes);
}

TEST(Crowd, WaitingOctetsAreBoundedInAll) {
  Crowd crowd({.waiting_bytes_max = 100});
  Crowd::Member large(crowd);
  {
    Crowd::Member small(crowd);
    EXPECT_TRUE(large.hold(60));
    EXPECT_TRUE(small.hold(40));
    EXPECT_FALSE(small.hold(41));
    EXPECT_TRUE(large.hold(59));
    EXPECT_TRUE(small.hold(41));
    EXPECT_EQ(crowd.waiting_bytes(), 100U);
  }
  EXPECT_EQ(crowd.waiting_bytes(), 59U);
}

}  // namespace
}  // namespace casebridge::http
