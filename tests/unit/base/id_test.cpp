// Ids: made with their prefix, ordered by time, and read strictly.
#include "core/base/id.hpp"

#include <gtest/gtest.h>

#include <set>

namespace casebridge {
namespace {

using namespace std::chrono_literals;

const Instant noon = *parse_instant("2026-03-16T12:00:00Z");

TEST(Id, IsPrefixAndUlid) {
  const AccountId id = AccountId::make(noon);
  EXPECT_EQ(id.text().size(), 30U);
  EXPECT_TRUE(id.text().starts_with("acc_"));
  EXPECT_EQ(id.text().find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 4), std::string::npos);
}

TEST(Id, TheTimePartIsMillisecondsInBase32) {
  EXPECT_EQ(JobId::make(Instant{0s}).text().substr(0, 14), "job_0000000000");
  // 1 469 918 176 s: the ULID specification's sample time, with its 385 ms cut off.
  EXPECT_EQ(JobId::make(Instant{1469918176s}).text().substr(0, 14), "job_01ARYZ6RR0");
}

TEST(Id, TimesBeforeAndBehindTheRangeAreHeldInIt) {
  EXPECT_EQ(JobId::make(Instant{-5s}).text().substr(0, 14), "job_0000000000");
  EXPECT_EQ(JobId::make(Instant{10'000'000'000'000s}).text().substr(0, 14), "job_7ZZZZZZZZZ");
}

TEST(Id, LaterIsGreaterAndNoneIsTwice) {
  EXPECT_LT(LinkId::make(noon), LinkId::make(noon + 1s));
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(LinkId::make(noon).text()).second);
}

TEST(Id, ParsesWhatItMade) {
  const SessionId id = SessionId::make(noon);
  const auto parsed = SessionId::parse(id.text());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed, id);
}

TEST(Id, ParsesNothingElse) {
  const std::string good = "acc_01ARZ3NDEKTSV4RRFFQ69G5FAV";
  ASSERT_TRUE(AccountId::parse(good));
  EXPECT_FALSE(SessionId::parse(good));
  EXPECT_FALSE(AccountId::parse(""));
  EXPECT_FALSE(AccountId::parse("acc_"));
  EXPECT_FALSE(AccountId::parse(good + "0"));
  EXPECT_FALSE(AccountId::parse(good.substr(0, 29)));
  EXPECT_FALSE(AccountId::parse(" " + good.substr(0, 29)));
  EXPECT_FALSE(AccountId::parse("acc-01ARZ3NDEKTSV4RRFFQ69G5FAV"));
  EXPECT_FALSE(AccountId::parse("acc_01arz3ndektsv4rrffq69g5fav")) << "one id, one spelling";
  EXPECT_FALSE(AccountId::parse("acc_81ARZ3NDEKTSV4RRFFQ69G5FAV")) << "more than 128 bits";
  for (const char wrong : {'I', 'L', 'O', 'U', '-', '/', '\0'}) {
    std::string text = good;
    text[20] = wrong;
    EXPECT_FALSE(AccountId::parse(text)) << wrong;
  }
}

TEST(Id, KindsDoNotMix) { EXPECT_FALSE((std::is_convertible_v<AccountId, LinkId>)); }

TEST(RecordId, HasThePrefixItIsGiven) {
  const std::string id = new_record_id("cas", noon);
  EXPECT_TRUE(detail::is_id_text("cas", id));
  EXPECT_FALSE(detail::is_id_text("ord", id));
}

}  // namespace
}  // namespace casebridge
