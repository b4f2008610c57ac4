// Addresses and prefixes: one way of writing, and who is meant.
#include "core/http/address_set.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

bool holds(const std::vector<std::string>& texts, std::string_view address) {
  const auto set = AddressSet::parse(texts);
  return set && set->holds(address);
}

TEST(AddressSet, AnAddressIsWrittenInOneWay) {
  EXPECT_EQ(canonical_address("2001:DB8:0:0::1"), "2001:db8::1");
  EXPECT_EQ(canonical_address("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(canonical_address("192.0.2.1"), "192.0.2.1");
  for (const char* text : {"", "192.0.2", "192.0.2.256", "a.example", "192.0.2.1 ", "[::1]", "::1%lo"})
    EXPECT_EQ(canonical_address(text), std::nullopt) << text;
}

TEST(AddressSet, HoldsAddressesAndPrefixes) {
  EXPECT_TRUE(holds({"192.0.2.1"}, "192.0.2.1"));
  EXPECT_FALSE(holds({"192.0.2.1"}, "192.0.2.2"));
  EXPECT_TRUE(holds({"10.0.0.0/8", "2001:db8::/33"}, "10.255.0.1"));
  EXPECT_FALSE(holds({"10.0.0.0/8"}, "11.0.0.1"));
  EXPECT_TRUE(holds({"2001:db8::/33"}, "2001:db8:7fff::1"));
  EXPECT_FALSE(holds({"2001:db8::/33"}, "2001:db8:8000::1"));
  EXPECT_TRUE(holds({"0.0.0.0/0"}, "198.51.100.7"));
  EXPECT_FALSE(holds({"0.0.0.0/0"}, "2001:db8::1"));
}

TEST(AddressSet, WhatIpv6ShowsOfIpv4IsIpv4) {
  EXPECT_TRUE(holds({"10.0.0.0/8"}, "::ffff:10.0.0.1"));
  EXPECT_TRUE(holds({"::ffff:10.0.0.0/104"}, "10.0.0.1"));
}

TEST(AddressSet, ASocketFileIsNamedAndNothingElse) {
  EXPECT_TRUE(holds({"unix"}, "unix"));
  EXPECT_FALSE(holds({"0.0.0.0/0", "::/0"}, "unix"));
  EXPECT_FALSE(holds({"unix"}, "127.0.0.1"));
}

TEST(AddressSet, NobodyIsInAnEmptyOne) {
  EXPECT_FALSE(AddressSet().holds("127.0.0.1"));
  EXPECT_FALSE(holds({}, "127.0.0.1"));
}

TEST(AddressSet, RefusesWhatIsNoPrefix) {
  for (const char* text :
       {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/a", "::/129", "proxy.example", "/8"})
    EXPECT_FALSE(AddressSet::parse({text})) << text;
}

}  // namespace
}  // namespace casebridge::http
