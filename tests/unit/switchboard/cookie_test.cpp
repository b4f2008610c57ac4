// Cookies of a state session: what is kept, where it is sent, when it ends, and that it survives as octets.
#include <gtest/gtest.h>

#include "core/switchboard/cookie_jar.hpp"
#include "core/switchboard/cookie_line.hpp"

namespace casebridge::switchboard {
namespace {

const Instant noon = *parse_instant("2026-03-16T12:00:00Z");

Origin origin_of(std::string_view text) { return *Origin::parse(text); }

// What a jar with one cookie, set by `line` at https://cc.test/cconnect/login, sends to a place.
std::string sent(std::string_view line, std::string_view to_origin, std::string_view target,
                 Instant now = noon) {
  CookieJar jar;
  jar.take(line, origin_of("https://cc.test"), "/cconnect/login?lang=en", noon);
  return jar.header_for(origin_of(to_origin), target, now);
}

TEST(CookieDate, IsReadInTheFormsThatServersWrite) {
  const auto expected = parse_instant("2026-03-16T14:00:05Z");
  EXPECT_EQ(parse_cookie_date("Mon, 16 Mar 2026 14:00:05 GMT"), expected);
  EXPECT_EQ(parse_cookie_date("Monday, 16-Mar-26 14:00:05 GMT"), expected);
  EXPECT_EQ(parse_cookie_date("Mon Mar 16 14:00:05 2026"), expected);
  for (const char* wrong : {"", "Mon, 16 Mar 2026", "Mon, 31 Feb 2026 14:00:05 GMT", "16 Mar 2026 24:00:00"})
    EXPECT_EQ(parse_cookie_date(wrong), std::nullopt) << wrong;
}

TEST(CookieLine, IsIgnoredWholeWhenItIsNone) {
  for (const char* wrong : {"", "a", "=b", "a=b\r\nX: y", "__Host-a=b; Path=/", "__Secure-a=b"})
    EXPECT_FALSE(parse_cookie_line(wrong)) << wrong;
  EXPECT_FALSE(parse_cookie_line("a=" + std::string(4096, 'x')));
  EXPECT_TRUE(parse_cookie_line("__Host-a=b; Path=/; Secure"));
}

TEST(CookieJar, SendsBackToTheHostThatSetIt) {
  EXPECT_EQ(sent("S=1", "https://cc.test", "/cconnect/home"), "S=1");
  EXPECT_EQ(sent("S=1", "https://cc.test:8443", "/cconnect/home"), "S=1");
  EXPECT_EQ(sent("S=1", "https://www.cc.test", "/cconnect/home"), "");
  EXPECT_EQ(sent("S=1", "https://other.test", "/cconnect/home"), "");
}

TEST(CookieJar, ObeysTheDomain) {
  CookieJar jar;
  const auto setter = origin_of("https://app.cc.test");
  jar.take("wide=1; Domain=.CC.test", setter, "/", noon);
  jar.take("foreign=1; Domain=evil.test", setter, "/", noon);
  jar.take("below=1; Domain=x.app.cc.test", setter, "/", noon);
  jar.take("top=1; Domain=test", setter, "/", noon);
  EXPECT_EQ(jar.header_for(origin_of("https://pay.cc.test"), "/", noon), "wide=1");
  EXPECT_EQ(jar.header_for(origin_of("https://notcc.test"), "/", noon), "");
  EXPECT_EQ(jar.size(), 1U);
}

TEST(CookieJar, KnowsThatAddressesHaveNoDomains) {
  CookieJar jar;
  jar.take("a=1; Domain=0.0.1", origin_of("http://127.0.0.1"), "/", noon);
  jar.take("b=1; Domain=127.0.0.1", origin_of("http://127.0.0.1"), "/", noon);
  EXPECT_EQ(jar.header_for(origin_of("http://127.0.0.1:81"), "/", noon), "b=1");
}

TEST(CookieJar, ObeysThePath) {
  EXPECT_EQ(sent("S=1; Path=/cconnect", "https://cc.test", "/cconnect"), "S=1");
  EXPECT_EQ(sent("S=1; Path=/cconnect", "https://cc.test", "/cconnect/case?x=/"), "S=1");
  EXPECT_EQ(sent("S=1; Path=/cconnect", "https://cc.test", "/cconnect2"), "");
  EXPECT_EQ(sent("S=1; Path=/other", "https://cc.test", "/cconnect"), "");
  EXPECT_EQ(sent("S=1", "https://cc.test", "/elsewhere"), "");  // the default path is /cconnect
}

TEST(CookieJar, KeepsSecureOnesOffPlainConnections) {
  EXPECT_EQ(sent("S=1; Secure", "https://cc.test", "/cconnect/"), "S=1");
  EXPECT_EQ(sent("S=1; Secure", "http://cc.test", "/cconnect/"), "");
  CookieJar jar;
  jar.take("S=1; Secure", origin_of("http://cc.test"), "/", noon);
  EXPECT_EQ(jar.size(), 0U);
}

TEST(CookieJar, EndsThemInTime) {
  using std::chrono::seconds;
  EXPECT_EQ(sent("S=1; Max-Age=60", "https://cc.test", "/cconnect/", noon + seconds{59}), "S=1");
  EXPECT_EQ(sent("S=1; Max-Age=60", "https://cc.test", "/cconnect/", noon + seconds{60}), "");
  const std::string until = "S=1; Expires=Mon, 16 Mar 2026 12:01:00 GMT";
  EXPECT_EQ(sent(until, "https://cc.test", "/cconnect/", noon + seconds{59}), "S=1");
  EXPECT_EQ(sent(until, "https://cc.test", "/cconnect/", noon + seconds{60}), "");
  EXPECT_EQ(sent(until + "; Max-Age=600", "https://cc.test", "/cconnect/", noon + seconds{60}), "S=1");
}

TEST(CookieJar, ReplacesAndDeletes) {
  const auto origin = origin_of("https://cc.test");
  CookieJar jar;
  jar.take("S=old; Path=/", origin, "/", noon);
  jar.take("S=new; Path=/", origin, "/", noon);
  EXPECT_EQ(jar.header_for(origin, "/", noon), "S=new");
  jar.take("S=; Path=/; Max-Age=0", origin, "/", noon);
  EXPECT_EQ(jar.size(), 0U);
  EXPECT_TRUE(jar.write().empty());
}

TEST(CookieJar, PutsLongerPathsFirst) {
  const auto origin = origin_of("https://cc.test");
  CookieJar jar;
  jar.take("a=1; Path=/", origin, "/", noon);
  jar.take("b=2; Path=/x", origin, "/", noon);
  jar.take("c=3; Path=/", origin, "/", noon);
  EXPECT_EQ(jar.header_for(origin, "/x/y", noon), "b=2; a=1; c=3");
}

TEST(CookieJar, SurvivesAsOctets) {
  const auto origin = origin_of("https://cc.test");
  CookieJar jar;
  jar.take("S=7; Path=/; Secure; Max-Age=60", origin, "/", noon);
  jar.take("lang=en; Domain=cc.test", origin, "/", noon);
  auto again = CookieJar::read(jar.write().reveal());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->header_for(origin, "/", noon), "S=7; lang=en");
  EXPECT_EQ(again->header_for(origin, "/", noon + std::chrono::seconds{60}), "lang=en");
}

TEST(CookieJar, IsNotReadFromOctetsThatNoJarWrote) {
  CookieJar jar;
  jar.take("S=7", origin_of("https://cc.test"), "/", noon);
  const std::string octets(jar.write().reveal());
  EXPECT_TRUE(CookieJar::read(octets));
  EXPECT_FALSE(CookieJar::read("S=7"));
  for (std::size_t size = 4; size < octets.size(); ++size)
    EXPECT_FALSE(CookieJar::read(octets.substr(0, size))) << size;
}

TEST(CookieJar, HasABound) {
  const auto origin = origin_of("https://cc.test");
  CookieJar jar;
  for (int i = 0; i < 60; ++i) jar.take("c" + std::to_string(i) + "=1", origin, "/", noon);
  EXPECT_EQ(jar.size(), 50U);
}

}  // namespace
}  // namespace casebridge::switchboard
