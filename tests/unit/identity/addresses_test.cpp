// Addresses of both kinds: e-mail addresses that are taken, and network addresses made coarse.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/identity/email_address.hpp"
#include "core/identity/network_prefix.hpp"
#include "core/identity/personal_words.hpp"
#include "core/identity/sessions.hpp"
#include "core/identity/throttle.hpp"

namespace casebridge::identity {
namespace {

TEST(EmailAddress, TakesOrdinaryOnes) {
  for (const char* text :
       {"a@b.example", "first.last+tag@sub.mail.example", "o'neil@mail.example", "x_y-z@a-b.example"})
    EXPECT_TRUE(is_email_address(text)) << text;
}

TEST(EmailAddress, RefusesWhatCouldBeSomethingElse) {
  for (const std::string& text : {std::string(""),
                                  std::string("a"),
                                  std::string("@b.example"),
                                  std::string("a@"),
                                  std::string("a@b"),
                                  std::string("a@b..example"),
                                  std::string(".a@b.example"),
                                  std::string("a.@b.example"),
                                  std::string("a..b@c.example"),
                                  std::string("a b@c.example"),
                                  std::string("a@b.example\r\nBcc: c@d.example"),
                                  std::string("a@-b.example"),
                                  std::string("a@b-.example"),
                                  std::string("a@b@c.example"),
                                  std::string("\"a\"@b.example"),
                                  std::string("a@[127.0.0.1]"),
                                  std::string("a@127.0.0.1"),
                                  std::string("é@b.example"),
                                  std::string(65, 'a') + "@b.example",
                                  "a@" + std::string(64, 'b') + ".example",
                                  std::string("a\0@b.example", 12)})
    EXPECT_FALSE(is_email_address(text)) << text;
}

TEST(EmailAddress, CaseAndBlanksDoNotMakeAnother) {
  EXPECT_EQ(canonical_email("  Parent@Mail.EXAMPLE "), "parent@mail.example");
}

TEST(PersonalWords, AreThePartsOfTheAddress) {
  const auto words = personal_words("maria.gonzalez+cs@mail.example");
  for (const char* word :
       {"maria", "gonzalez", "mail", "maria.gonzalez+cs", "maria.gonzalez+cs@mail.example"})
    EXPECT_NE(std::find(words.begin(), words.end(), word), words.end()) << word;
  EXPECT_EQ(std::find(words.begin(), words.end(), "cs"), words.end());
}

TEST(NetworkPrefix, CutsBothFamilies) {
  EXPECT_EQ(coarse_address("198.51.100.77"), "198.51.100.0/24");
  EXPECT_EQ(coarse_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1::/48");
  EXPECT_EQ(coarse_address("::ffff:198.51.100.77"), "198.51.100.0/24");
  EXPECT_EQ(coarse_address("not an address"), "");
  EXPECT_EQ(counted_address("198.51.100.77"), "198.51.100.77/32");
  EXPECT_EQ(counted_address("2001:db8:1:2:3:4:5:6"), counted_address("2001:db8:1:2:ffff::1"));
}

}  // namespace
}  // namespace casebridge::identity
