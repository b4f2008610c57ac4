// Version 2 of the PROXY protocol, whole, cut into octets, and broken.
#include "core/http/proxy_header.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace casebridge::http {
namespace {

using State = ProxyHeader::State;

const std::string signature("\r\n\r\n\0\r\nQUIT\n", 12);
const std::string v4_addresses("\xC6\x33\x64\x07\x7F\x00\x00\x01\x11\xD7\x01\xBB", 12);  // from 198.51.100.7

std::string header(char command, char family, const std::string& rest) {
  const auto size = static_cast<unsigned>(rest.size());
  return signature + command + family + static_cast<char>(size >> 8) + static_cast<char>(size & 0xFF) + rest;
}

// As a connection takes it: never more than is wanted.
State take(ProxyHeader& reader, std::string_view octets, std::size_t at_once = 4096) {
  State state = State::more;
  while (state == State::more && !octets.empty()) {
    const std::size_t some = std::min({reader.wanted(), octets.size(), at_once});
    state = reader.take(octets.substr(0, some));
    octets.remove_prefix(some);
  }
  return state;
}

TEST(ProxyHeader, NamesWhoConnectedOverIpv4) {
  ProxyHeader reader;
  EXPECT_EQ(take(reader, header(0x21, 0x11, v4_addresses)), State::done);
  EXPECT_EQ(reader.source(), "198.51.100.7");
}

TEST(ProxyHeader, NamesWhoConnectedOverIpv6) {
  std::string addresses(36, '\0');
  addresses.replace(0, 4, "\x20\x01\x0D\xB8");
  addresses[15] = 7;
  ProxyHeader reader;
  EXPECT_EQ(take(reader, header(0x21, 0x21, addresses)), State::done);
  EXPECT_EQ(reader.source(), "2001:db8::7");
}

TEST(ProxyHeader, ComesOctetByOctetAndLeavesWhatFollows) {
  const std::string octets = header(0x21, 0x11, v4_addresses + "\x04\x00\x03" + "abc");
  ProxyHeader reader;
  EXPECT_EQ(take(reader, octets.substr(0, octets.size() - 1), 1), State::more);
  EXPECT_EQ(reader.wanted(), 1U);
  EXPECT_EQ(take(reader, octets.substr(octets.size() - 1), 1), State::done);
  EXPECT_EQ(reader.source(), "198.51.100.7");
}

TEST(ProxyHeader, AProxyMaySpeakForItself) {
  ProxyHeader check, unknown, file;
  EXPECT_EQ(take(check, header(0x20, 0x00, "")), State::done);
  EXPECT_EQ(check.source(), "");
  EXPECT_EQ(take(unknown, header(0x21, 0x00, "")), State::done);
  EXPECT_EQ(unknown.source(), "");
  EXPECT_EQ(take(file, header(0x21, 0x31, std::string(216, 'a'))), State::done);
  EXPECT_EQ(file.source(), "");
}

TEST(ProxyHeader, RefusesWhatIsNotVersionTwo) {
  for (const std::string& octets :
       {std::string("PROXY TCP4 198.51.100.7 127.0.0.1 4567 443\r\n"), std::string("GET / HTTP/1.1\r\n"),
        header(0x11, 0x11, v4_addresses), header(0x31, 0x11, v4_addresses), header(0x22, 0x11, v4_addresses),
        header(0x21, 0x12, v4_addresses), header(0x21, 0x41, v4_addresses), header(0x21, 0x11, "short"),
        header(0x21, 0x21, v4_addresses), header(0x21, 0x11, std::string(5'000, 'a'))}) {
    ProxyHeader reader;
    EXPECT_EQ(take(reader, octets), State::refused) << octets;
  }
}

TEST(ProxyHeader, IsRefusedAtItsFirstWrongOctet) {
  ProxyHeader reader;
  EXPECT_EQ(reader.take("\r\n\r"), State::more);
  EXPECT_EQ(reader.take("X"), State::refused);
}

}  // namespace
}  // namespace casebridge::http
