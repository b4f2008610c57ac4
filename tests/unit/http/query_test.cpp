// Query parameters: decoded once, nothing twice, nothing unknown; page limits.
#include "core/http/query.hpp"

#include <gtest/gtest.h>

#include "core/http/paging.hpp"

namespace casebridge::http {
namespace {

TEST(Query, Decodes) {
  const auto query = Query::parse("q=New+York%20%C3%A4&empty=&bare");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->find("q"), "New York \xC3\xA4");
  EXPECT_EQ(query->find("empty"), "");
  EXPECT_EQ(query->find("bare"), "");
  EXPECT_EQ(query->find("other"), std::nullopt);
  EXPECT_TRUE(query->only({"q", "empty", "bare"}));
  EXPECT_EQ(query->only({"q"}).error().code, TroubleCode::unsupported_parameter);
}

TEST(Query, IsEmptyForNoParameters) {
  const auto query = Query::parse("");
  ASSERT_TRUE(query);
  EXPECT_TRUE(query->only({}));
}

TEST(Query, RefusesWhatIsDoubtful) {
  for (const char* encoded :
       {"a=1&a=2", "a=1&%61=2", "a=%c3%28", "a=%00", "a=%0a", "=1", "a=1&&b=2", "a=%7f"}) {
    const auto query = Query::parse(encoded);
    ASSERT_FALSE(query) << encoded;
    EXPECT_EQ(query.error().code, TroubleCode::invalid_request) << encoded;
  }
}

TEST(PageLimit, IsBounded) {
  EXPECT_EQ(*page_limit(""), 100);
  EXPECT_EQ(*page_limit("1"), 1);
  EXPECT_EQ(*page_limit("500"), 500);
  for (const char* given : {"0", "501", "-1", "+1", "1e2", "abc", "99999999999999999999"}) {
    EXPECT_FALSE(page_limit(given)) << given;
  }
}

}  // namespace
}  // namespace casebridge::http
