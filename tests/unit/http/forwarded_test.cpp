// Who asked: the rightmost hop that nobody vouches for, and never further left.
#include "core/http/forwarded.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

Proxies proxies(ForwardedField field) {
  return {*AddressSet::parse({"127.0.0.1", "10.0.0.0/8", "2001:db8:aaaa::/48"}), field};
}

std::optional<std::string> by_list(const std::string& value) {
  Head head;
  head.fields.emplace_back("x-forwarded-for", value);
  return forwarded_address(head, proxies(ForwardedField::x_forwarded_for));
}

std::optional<std::string> by_standard(const std::string& value) {
  Head head;
  head.fields.emplace_back("forwarded", value);
  return forwarded_address(head, proxies(ForwardedField::forwarded));
}

TEST(Forwarded, TheOnlyHopIsWhoAsked) {
  EXPECT_EQ(by_list("198.51.100.7"), "198.51.100.7");
  EXPECT_EQ(by_list(" 2001:DB8::7 "), "2001:db8::7");
  EXPECT_EQ(by_standard("for=198.51.100.7"), "198.51.100.7");
}

TEST(Forwarded, WhatStandsFurtherLeftIsNotBelieved) {
  EXPECT_EQ(by_list("127.0.0.1, 203.0.113.9, 198.51.100.7"), "198.51.100.7");
  EXPECT_EQ(by_standard("for=127.0.0.1, for=198.51.100.7;proto=https"), "198.51.100.7");
}

TEST(Forwarded, TrustedHopsAreSteppedOver) {
  EXPECT_EQ(by_list("203.0.113.9, 198.51.100.7, 10.1.2.3, 127.0.0.1"), "198.51.100.7");
  EXPECT_EQ(by_standard("for=198.51.100.7, for=\"[2001:db8:aaaa::1]:4711\""), "198.51.100.7");
}

TEST(Forwarded, WhenAllAreTrustedTheFirstAsked) { EXPECT_EQ(by_list("10.9.9.9, 127.0.0.1"), "10.9.9.9"); }

TEST(Forwarded, AHiddenOrGarbledHopEndsTheWalk) {
  for (const char* hop : {"unknown", "_secret", "", "198.51.100.7:", "198.51.100.7:1234567", "[2001:db8::7",
                          "a.example", "[2001:db8::7]x"}) {
    EXPECT_EQ(by_list(hop), std::nullopt) << hop;
    EXPECT_EQ(by_list(std::string("203.0.113.9, ") + hop + ", 10.1.2.3"), "10.1.2.3") << hop;
  }
  EXPECT_EQ(by_standard("for=203.0.113.9, proto=https, for=10.1.2.3"), "10.1.2.3");
}

TEST(Forwarded, PortsAndBracketsAreNoPartOfAnAddress) {
  EXPECT_EQ(by_list("198.51.100.7:8080"), "198.51.100.7");
  EXPECT_EQ(by_list("[2001:db8::7]:443"), "2001:db8::7");
  EXPECT_EQ(by_standard("FOR=\"[2001:db8::7]\""), "2001:db8::7");
  EXPECT_EQ(by_standard("by=10.0.0.1;for=\"198.51.100.7:80\";host=a"), "198.51.100.7");
}

TEST(Forwarded, MarksInQuotesPartNothing) {
  EXPECT_EQ(by_standard("for=198.51.100.7;host=\"a, for=203.0.113.9\""), "198.51.100.7");
}

TEST(Forwarded, OnlyTheNamedFieldIsLookedAt) {
  Head head;
  head.fields.emplace_back("forwarded", "for=198.51.100.7");
  EXPECT_EQ(forwarded_address(head, proxies(ForwardedField::x_forwarded_for)), std::nullopt);
}

}  // namespace
}  // namespace casebridge::http
