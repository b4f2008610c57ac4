// What a refusal says about a write, and how contact data are spelled for states.
#include <gtest/gtest.h>

#include "plugins/sdk/contact_forms.hpp"
#include "plugins/sdk/repeated_write.hpp"

namespace casebridge::sdk {
namespace {

using model::Outcome;

TEST(LeavesOpen, LostOrUnreadableAnswerAndAFailingServer) {
  EXPECT_TRUE(leaves_open(refuse(Outcome::unavailable, "lost_answer")));
  EXPECT_TRUE(leaves_open(refuse(Outcome::timeout, "lost_answer")));
  EXPECT_TRUE(leaves_open(refuse(Outcome::unavailable, "internal_error")));
  EXPECT_TRUE(leaves_open(refuse(Outcome::unavailable, "http_502")));
  EXPECT_TRUE(leaves_open(drift("/status")));
}

TEST(LeavesOpen, NotWhereTheStateHasSpoken) {
  EXPECT_FALSE(leaves_open(refuse(Outcome::unavailable, "not_sent")));
  EXPECT_FALSE(leaves_open(refuse(Outcome::unavailable, "not_ready")));
  EXPECT_FALSE(leaves_open(refuse(Outcome::maintenance)));
  EXPECT_FALSE(leaves_open(refuse(Outcome::rate_limited)));
  EXPECT_FALSE(leaves_open(refuse(Outcome::invalid_field)));
  EXPECT_FALSE(leaves_open(refuse(Outcome::session_expired)));
  model::Refusal later = refuse(Outcome::unavailable, "http_503");
  later.until = Instant{};
  EXPECT_FALSE(leaves_open(later));
  model::Refusal away = drift("redirect away from the system");
  away.reason = "redirect_refused";
  EXPECT_FALSE(leaves_open(away));
}

TEST(ContactForms, LeaveOutOnlyWhatIsSurelyAPrefixOrAHyphen) {
  EXPECT_EQ(national_phone("+16145550143"), "6145550143");
  EXPECT_EQ(national_phone("6145550143"), "6145550143");
  EXPECT_EQ(national_phone("+446145550143"), "+446145550143");
  EXPECT_EQ(zip_digits("43202-1234"), "432021234");
  EXPECT_EQ(zip_digits("43202"), "43202");
  EXPECT_EQ(zip_digits("4320-21234"), "4320-21234");
}

}  // namespace
}  // namespace casebridge::sdk
