// Which Accept fields an answer in JSON satisfies.
#include "core/http/accept.hpp"

#include <gtest/gtest.h>

namespace casebridge::http {
namespace {

bool takes_json(std::string_view accept) { return accepts(accept, "application/json"); }

TEST(Accept, WithoutAnyRangeTakesEverything) {
  for (const char* accept : {"", " ", ",", "q=0"}) EXPECT_TRUE(takes_json(accept)) << accept;
}

TEST(Accept, FitsByNameByTypeAndByStars) {
  for (const char* accept :
       {"application/json", "Application/JSON", "application/json;charset=utf-8", "application/*", "*/*",
        "text/html,application/xhtml+xml,*/*;q=0.8", "text/csv , application/json ; q=0.1"})
    EXPECT_TRUE(takes_json(accept)) << accept;
}

TEST(Accept, RefusesWhatItDoesNotName) {
  for (const char* accept : {"text/csv", "application/xml", "text/*", "application/problem+json",
                             "application/jsonl", "text/event-stream, text/html;q=0.9"})
    EXPECT_FALSE(takes_json(accept)) << accept;
}

TEST(Accept, GoesByTheMostSpecificRange) {
  EXPECT_FALSE(takes_json("application/json;q=0, */*"));
  EXPECT_FALSE(takes_json("*/*, application/*;q=0.000"));
  EXPECT_TRUE(takes_json("*/*;q=0, application/json;q=0.5"));
  EXPECT_TRUE(takes_json("application/*;q=0,application/json;Q=1"));
}

TEST(Accept, KnowsOtherFormsToo) {
  EXPECT_TRUE(accepts("text/event-stream", "text/event-stream"));
  EXPECT_FALSE(accepts("application/json", "text/event-stream"));
}

}  // namespace
}  // namespace casebridge::http
